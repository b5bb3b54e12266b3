package io.duckpond.restore;

import static io.duckpond.oplog.TestLog.event;
import static io.duckpond.oplog.TestLog.node;
import static io.duckpond.oplog.TestLog.put;
import static io.duckpond.oplog.TestLog.small;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.duckpond.content.ContentStore;
import io.duckpond.directory.DirectoryState;
import io.duckpond.journal.disk.DamageException;
import io.duckpond.journal.disk.RealDisk;
import io.duckpond.journal.disk.Sha256;
import io.duckpond.node.ContentLocator;
import io.duckpond.node.Entry;
import io.duckpond.node.NodeId;
import io.duckpond.oplog.DirectoryEntry;
import io.duckpond.oplog.DirectoryEvent;
import io.duckpond.oplog.OplogEntry;
import io.duckpond.oplog.TestLog;
import io.duckpond.path.EntryName;
import io.duckpond.view.Published;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class RestoreScanTest {
  @TempDir private Path folder;

  @Test
  void rebuildsEveryDirectoryAsOfAnyTransaction() throws IOException {
    try (TestLog log = TestLog.create(folder.resolve("oplog"))) {
      log.commit(log.oplog().stage(), event(NodeId.ROOT, List.of(put("d", node(1)))), empty(1));
      log.change(event(node(1), List.of(put("e", node(2)))));
      log.commit(log.oplog().stage(), empty(2));
      log.change(event(node(1), List.of(removed("e", node(2)), put("f", node(3)))));

      RestoreScan.Restored now = restore(log, Long.MAX_VALUE);
      RestoreScan.Restored then = restore(log, 2);

      assertThat(now.partitions()).isEqualTo(3);
      assertThat(now.events()).isEqualTo(5);
      assertThat(now.read().bytes()).isPositive();
      assertThat(names(now, node(1))).containsExactly("f");
      assertThat(published(now, node(1)).txnSeq()).isEqualTo(4);
      assertThat(published(now, NodeId.ROOT).state().own()).contains(TestLog.ATTRIBUTES);
      assertThat(then.directories()).hasSize(2);
      assertThat(names(then, node(1))).containsExactly("e");
    }
  }

  @Test
  void oneDirectoryIsRebuiltAsTheWholeTreeIs() throws IOException {
    try (TestLog log = TestLog.create(folder.resolve("oplog"))) {
      log.commit(log.oplog().stage(), empty(1));
      log.change(event(node(1), List.of(put("e", node(2)))));

      DirectoryState one = RestoreScan.one(log.oplog(), node(1), Long.MAX_VALUE).state();

      assertThat(one).isEqualTo(published(restore(log, 9), node(1)).state());
      assertThat(RestoreScan.one(log.oplog(), node(1), 1).state().entries()).isEmpty();
      assertThatThrownBy(() -> RestoreScan.one(log.oplog(), node(5), 1))
          .isInstanceOf(DamageException.class)
          .hasMessageContaining(node(5).hex());
    }
  }

  @Test
  void restoresAWideTreeAndSaysHowFarItIs() throws IOException {
    int directories = 3_000;
    try (TestLog log = TestLog.create(folder.resolve("oplog"))) {
      List<DirectoryEvent> events = new ArrayList<>();
      List<DirectoryEntry> names = new ArrayList<>();
      for (int i = 1; i <= directories; i++) {
        names.add(put("d" + i, node(i)));
        ContentLocator.Logged place = new ContentLocator.Logged(node(i).hex(), 1);
        OplogEntry.SmallFile file = small(node(i + 1_000_000), "content of " + i);
        events.add(event(node(i), List.of(put("f", file, place)), file));
      }
      events.add(event(NodeId.ROOT, names));
      log.commit(log.oplog().stage(), events.toArray(DirectoryEvent[]::new));
      AtomicLong seen = new AtomicLong();

      RestoreScan.Restored restored =
          RestoreScan.run(
              log.oplog(),
              1,
              ForkJoinPool.commonPool(),
              4,
              n -> seen.accumulateAndGet(n, Math::max));

      assertThat(restored.partitions()).isEqualTo(directories + 1);
      assertThat(published(restored, NodeId.ROOT).state().entries()).hasSize(directories);
      assertThat(seen.get()).isEqualTo(3_000);
    }
  }

  @Test
  void bytesOfFilesAreCheckedAgainstTheirEntry() throws IOException {
    OplogEntry.SmallFile file = small(node(7), "hello");
    ContentLocator.Logged place = new ContentLocator.Logged(NodeId.ROOT.hex(), 1);
    DirectoryEntry entry = put("f", file, place);
    try (TestLog log = TestLog.create(folder.resolve("oplog"))) {
      log.commit(log.oplog().stage(), event(NodeId.ROOT, List.of(entry), file));
      ContentStore contents = new ContentStore(new RealDisk(), folder.resolve("contents"), 65536);
      LogSource source = new LogSource(log.oplog(), contents, ForkJoinPool.commonPool(), 2);
      Entry.File good = (Entry.File) entry.entry();
      Entry.File other =
          new Entry.File(
              good.child(),
              good.type(),
              good.attributes(),
              good.version(),
              good.size(),
              Sha256.of(new byte[] {1}),
              place);

      try (InputStream in = source.open(good, "/f")) {
        assertThat(in.readAllBytes()).isEqualTo("hello".getBytes());
      }
      assertThatThrownBy(() -> source.open(other, "/f"))
          .isInstanceOf(DamageException.class)
          .hasMessageContaining("/f")
          .hasMessageContaining(file.sha256().hex());
    }
  }

  private static RestoreScan.Restored restore(TestLog log, long asOf) throws IOException {
    return RestoreScan.run(log.oplog(), asOf, ForkJoinPool.commonPool(), 4, events -> {});
  }

  private static Published published(RestoreScan.Restored restored, NodeId directory) {
    return Optional.ofNullable(restored.directories().get(directory)).orElseThrow();
  }

  private static List<String> names(RestoreScan.Restored restored, NodeId directory) {
    return published(restored, directory).state().entries().keySet().stream()
        .map(EntryName::value)
        .toList();
  }

  private static DirectoryEvent empty(long node) {
    return event(node(node), List.of());
  }

  private static DirectoryEntry removed(String name, NodeId directory) {
    return new DirectoryEntry.Remove(new EntryName(name), put(name, directory).entry());
  }
}
