package io.duckpond.query;

import static org.assertj.core.api.Assertions.assertThat;

import io.duckpond.oplog.LogFilter;
import io.duckpond.oplog.OplogReader.Bytes;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class PushDownTest {

  private static final String D = FakePond.D.hex();

  private final FakePond pond = new FakePond();

  private FakeLog.Scan onlyScan() {
    assertThat(pond.log.scans).hasSize(1);
    return pond.log.scans.get(0);
  }

  @Test
  void thePlanShowsThePartition() throws Exception {
    assertThat(
            Sql.table(
                pond,
                "explain plan for select node_id, content from oplog_entries where part_id = 'p'"))
        .isEqualTo(
            """
            PondScan(table=[[pond, oplog_entries]], partitions=[[p]], columns=[[node_id, content]])
            """);
  }

  @Test
  void thePlanShowsWhatIsLeftToFilter() throws Exception {
    assertThat(
            Sql.table(
                pond,
                """
                explain select count(*) from oplog_entries
                where part_id in ('a', 'b') and txn_seq between 2 and 3 and size > 3
                """))
        .isEqualTo(
            """
            EnumerableAggregate(group=[{}], EXPR$0=[COUNT()])
              EnumerableCalc(expr#0=[{inputs}], expr#1=[3:BIGINT], expr#2=[>($t0, $t1)], size=[$t0], $condition=[$t2])
                PondScan(table=[[pond, oplog_entries]], partitions=[[a, b]], transactions=[2..3], columns=[[size]])
            """);
  }

  @Test
  void filtersGoThroughJoinsIntoTheScans() throws Exception {
    assertThat(
            Sql.table(
                pond,
                """
                explain select n.path, o.size
                from oplog_entries o join nodes n on o.node_id = n.node_id
                where o.txn_seq = 3 and n.part_id = 'p'
                """))
        .contains("PondScan(table=[[pond, nodes]], partitions=[[p]], columns=[[node_id, path]])")
        .contains(
            "PondScan(table=[[pond, oplog_entries]], transactions=[3..3], columns=[[node_id, size]])");
  }

  @Test
  void onlyRowsOfThePartitionAreRead() throws Exception {
    Sql.table(pond, "select node_id from oplog_entries where part_id = '" + D + "'");

    assertThat(onlyScan().filter).isEqualTo(new LogFilter(Optional.of(Set.of(D)), 1, 4));
    assertThat(onlyScan().rows).isEqualTo(4);
  }

  @Test
  void partitionsThatContradictReadNothing() throws Exception {
    Sql.table(pond, "select node_id from oplog_entries where part_id = 'a' and part_id = 'b'");

    assertThat(pond.log.scans).isEmpty();
  }

  @Test
  void boundsOnTransactionsNarrowTheScan() throws Exception {
    Sql.table(pond, "select node_id from oplog_entries where txn_seq > 1 and 3 > txn_seq");

    assertThat(onlyScan().filter).isEqualTo(new LogFilter(Optional.empty(), 2, 2));
  }

  @Test
  void countingReadsNoColumnAndNoBytes() throws Exception {
    assertThat(Sql.table(pond, "explain select count(*) from oplog_entries where part_id = 'p'"))
        .contains("columns=[[]]");

    Sql.table(pond, "select count(*) from oplog_entries");

    assertThat(onlyScan().bytes).isEqualTo(Bytes.SKIP);
  }

  @Test
  void bytesAreReadOnlyForTheirColumn() throws Exception {
    Sql.table(pond, "select sha256, size from oplog_entries");
    Sql.table(pond, "select content from oplog_entries");

    assertThat(pond.log.scans)
        .extracting(scan -> scan.bytes)
        .containsExactly(Bytes.SKIP, Bytes.READ);
  }

  @Test
  void namesAreReplayedOnlyForPaths() throws Exception {
    Sql.table(pond, "select node_id from oplog_entries where txn_seq <= 2");
    assertThat(pond.log.scans).hasSize(1);

    Sql.table(pond, "select path from oplog_entries where txn_seq <= 2");
    assertThat(pond.log.scans).hasSize(3);
    assertThat(pond.log.scans.get(1).filter).isEqualTo(new LogFilter(Optional.empty(), 1, 2));
  }

  @Test
  void theRootsOwnNodesNeedNoTree() throws Exception {
    String rows =
        Sql.csv(pond, "select path from nodes where part_id = '" + FakePond.ROOT + "' order by 1");

    assertThat(rows).isEqualTo("path\n/d\n/moved\n/naïve 🦆.txt\n/notes.txt\n");
    assertThat(pond.tree.loads).isZero();
  }

  @Test
  void aLongListOfPartitionsIsTakenOverToo() throws Exception {
    StringBuilder list = new StringBuilder("'" + D + "'");
    for (int i = 0; i < 100; i++) {
      list.append(",'p").append(i).append('\'');
    }

    Sql.table(pond, "select node_id from oplog_entries where part_id in (" + list + ")");

    assertThat(onlyScan().filter.partIds().orElseThrow()).hasSize(101);
    assertThat(onlyScan().rows).isEqualTo(4);
  }
}
