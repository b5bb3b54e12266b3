package io.duckpond.oplog;

import static io.duckpond.oplog.TestLog.event;
import static io.duckpond.oplog.TestLog.node;
import static io.duckpond.oplog.TestLog.put;
import static io.duckpond.oplog.TestLog.small;
import static org.assertj.core.api.Assertions.assertThat;

import io.duckpond.node.ContentLocator;
import io.duckpond.node.NodeId;
import io.duckpond.oplog.OplogReader.Bytes;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class PendingRowsTest {
  @TempDir private Path folder;

  @Test
  void areTheRowsThatTheCommitStores() throws IOException {
    OplogEntry.SmallFile inline = small(node(2), "inline");
    OplogEntry.SmallFile staged = small(node(3), "staged");
    OplogEntry.Link link = new OplogEntry.Link(node(4), 1, "f");
    ContentLocator.Logged place = new ContentLocator.Logged(NodeId.ROOT.hex(), 1);
    DirectoryEntry put = put("f", inline, place);
    try (TestLog log = TestLog.create(folder.resolve("oplog"))) {
      Staging staging = log.oplog().stage();
      DirectoryEntry putStaged = put("s", staged, staging.stage(NodeId.ROOT.hex(), staged));
      DirectoryEvent event = event(NodeId.ROOT, List.of(put, putStaged), inline, link);

      List<OplogRow> pending = PendingRows.of(List.of(event), staging);
      long received = log.commit(staging, event).entries();

      assertThat(received).isEqualTo(pending.size());
      try (Stream<OplogRow> stored = log.oplog().reader().entries(LogFilter.ALL, Bytes.SKIP)) {
        assertThat(pending)
            .extracting(PendingRowsTest::identity)
            .containsExactlyInAnyOrderElementsOf(stored.map(PendingRowsTest::identity).toList());
      }
      assertThat(pending).allMatch(row -> row.txnSeq() == 0 && row.seqNr() == 0);
      assertThat(log.oplog().reader().changes(pending.get(0)))
          .extracting(change -> change.name().value())
          .containsExactly("f", "s");
    }
  }

  private static String identity(OplogRow row) {
    return String.join(
        " ",
        row.partId(),
        row.nodeId(),
        row.type().storedName(),
        row.metadata(),
        String.valueOf(row.attachment()));
  }
}
