package io.duckpond.query;

import static org.assertj.core.api.Assertions.assertThat;

import io.duckpond.directory.DirectoryState;
import io.duckpond.node.Attributes;
import io.duckpond.node.Entry;
import io.duckpond.node.NodeId;
import io.duckpond.node.NodeType;
import io.duckpond.oplog.DirectoryEntry;
import io.duckpond.oplog.OplogRow;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A transaction that made /e and put /e/new into it. */
class PendingTest {

  private final FakePond pond = new FakePond();

  @BeforeEach
  void change() {
    Entry.Directory e = new Entry.Directory(FakePond.id(0xe), new Attributes(0755, 0));
    Entry.File added = FakePond.file(FakePond.id(0xa), 1, "fresh", e.child().hex(), 0);
    pending(FakePond.ROOT, NodeType.DIRECTORY, "{}", new DirectoryEntry.Put(FakePond.name("e"), e));
    pending(
        e.child().hex(),
        NodeType.DIRECTORY,
        "{}",
        new DirectoryEntry.Put(FakePond.name("new"), added));
    pond.pending.add(
        row(e.child().hex(), added.child().hex(), NodeType.FILE, FakePond.metadata(added)));
    DirectoryState root = pond.tree.directory(NodeId.ROOT);
    pond.tree.directories.put(
        NodeId.ROOT, new DirectoryState(4, root.own(), root.entries().plus(FakePond.name("e"), e)));
    pond.tree.directories.put(
        e.child(),
        new DirectoryState(
            0,
            DirectoryState.EMPTY.own(),
            DirectoryState.EMPTY.entries().plus(FakePond.name("new"), added)));
  }

  private void pending(String id, NodeType type, String metadata, DirectoryEntry change) {
    OplogRow row = row(id, id, type, metadata);
    pond.pending.add(row);
    pond.log.changes.put(row, List.of(change));
  }

  private static OplogRow row(String partId, String nodeId, NodeType type, String metadata) {
    return new OplogRow(
        partId, nodeId, type, type == NodeType.FILE, metadata, new byte[] {7}, 0, 0, 0, 0);
  }

  @Test
  void pendingRowsComeLastAndWithoutNumbers() throws Exception {
    assertThat(
            Sql.table(
                pond,
                """
                select txn_seq, seq_nr, timestamp, file_type, size, path
                from oplog_entries where txn_seq is null or txn_seq = 4
                """))
        .isEqualTo(
            """
            txn_seq  seq_nr  timestamp                file_type  size  path
            -------  ------  -----------------------  ---------  ----  ------
                  4       4  2026-11-22 13:03:00.120  directory        /
                  4       2  2026-11-22 13:03:00.120  directory        /d
                  4       4  2026-11-22 13:03:00.120  file         12  /moved
                                                      directory        /
                                                      directory        /e
                                                      file          5  /e/new
            """);
  }

  @Test
  void pendingRowsCountWithTheCommitted() throws Exception {
    assertThat(Sql.csv(pond, "select count(*) n from oplog_entries where file_type <> 'directory'"))
        .isEqualTo("n\n6\n");
  }

  @Test
  void limitsOnTransactionsLeaveThemOut() throws Exception {
    assertThat(Sql.csv(pond, "select count(*) n from oplog_entries where txn_seq >= 1"))
        .isEqualTo("n\n11\n");
    assertThat(Sql.csv(pond, "select count(*) n from oplog_entries where txn_seq >= 2"))
        .isEqualTo("n\n10\n");
    assertThat(Sql.csv(pond, "select count(*) n from oplog_entries where txn_seq < 1000000"))
        .isEqualTo("n\n11\n");
  }

  @Test
  void theTreeIsTheTransactions() throws Exception {
    assertThat(Sql.csv(pond, "select path from nodes where path like '/e%' order by path"))
        .isEqualTo("path\n/e\n/e/new\n");
  }
}
