package io.duckpond.query;

import static org.assertj.core.api.Assertions.assertThat;

import io.duckpond.oplog.LogFilter;
import io.duckpond.oplog.OplogReader.Bytes;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
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
  void joinsFollowTheirConditionsHoweverTheTablesAreListed() throws Exception {
    String from =
        """
        from transactions t, nodes n, directory_entries d, oplog_entries o
        where o.txn_seq = t.txn_seq and o.node_id = n.node_id and d.child_node_id = n.node_id
        """;

    assertThat(Sql.table(pond, "explain select n.path " + from)).doesNotContain("NestedLoop");
    assertThat(
            Sql.table(
                pond, "select t.txn_seq, n.path, d.name, o.file_type " + from + "order by 1, 2"))
        .isEqualTo(
            """
            txn_seq  path           name          file_type
            -------  -------------  ------------  ---------
                  2  /d             d             directory
                  2  /d/l           l             symlink
                  2  /moved         moved         file
                  3  /naïve 🦆.txt  naïve 🦆.txt  file
                  3  /notes.txt     notes.txt     file
                  4  /d             d             directory
                  4  /moved         moved         file
            """);
  }

  @Test
  void anyOrderOfTheTablesAnswersAlike() throws Exception {
    List<String> tables =
        new ArrayList<>(
            List.of(
                "nodes n",
                "directory_entries d",
                "transactions t",
                "records r",
                "oplog_entries o"));
    String where =
        """
         where o.txn_seq = t.txn_seq and o.node_id = n.node_id and r.part_id = d.part_id
         and r.txn_seq >= o.txn_seq and d.mode <> n.mode""";
    Set<String> answers = new HashSet<>();
    for (int i = 0; i < 12; i++) {
      Collections.shuffle(tables, new Random(i));
      answers.add(
          Sql.csv(
              pond,
              "select count(*), sum(t.txn_seq * n.mode + r.version), min(d.name), max(o.file_type)"
                  + " from "
                  + String.join(", ", tables)
                  + " "
                  + where));
    }

    answers.add(
        Sql.csv(
            pond,
            "select count(*), sum(t.txn_seq * n.mode + r.version), min(d.name), max(o.file_type)"
                + " from oplog_entries o join transactions t on o.txn_seq = t.txn_seq"
                + " join nodes n on o.node_id = n.node_id"
                + " join records r on r.txn_seq >= o.txn_seq"
                + " join directory_entries d on r.part_id = d.part_id and d.mode <> n.mode"));
    assertThat(answers).hasSize(1);
  }

  @Test
  void whatIsReadAgainAndAgainIsReadTwice() throws Exception {
    assertThat(
            Sql.csv(
                pond,
                "select count(*) as n from transactions a, transactions b where a.txn_seq < b.txn_seq"))
        .isEqualTo("n\n6\n");
    assertThat(pond.log.scans).hasSizeLessThanOrEqualTo(4);
    assertThat(pond.log.open).isZero();

    assertThat(
            Sql.csv(
                pond,
                """
                select count(*) as n from oplog_entries o, lateral (
                  select txn_seq from transactions t where t.txn_seq <= o.txn_seq
                  order by 1 desc limit 1) t
                """))
        .isEqualTo("n\n11\n");
    assertThat(pond.log.scans).hasSizeLessThanOrEqualTo(8);
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
