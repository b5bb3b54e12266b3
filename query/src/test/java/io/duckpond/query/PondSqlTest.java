package io.duckpond.query;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Answers computed by hand for {@link FakePond}. */
class PondSqlTest {

  private final FakePond pond = new FakePond();

  private void answers(String sql, String rows) throws Exception {
    assertThat(Sql.table(pond, sql)).isEqualTo(rows);
  }

  @Test
  void transactionsSayWhatWasRun() throws Exception {
    answers(
        "select * from transactions where txn_seq > 2",
        """
        txn_seq  timestamp                timestamp_micros  command         message     user  operations  partitions  entries  bytes
        -------  -----------------------  ----------------  --------------  ----------  ----  ----------  ----------  -------  -----
              3  2026-11-22 13:02:00.120  1795352520120133  put /notes.txt              ann            2           1        3      3
              4  2026-11-22 13:03:00.120  1795352580120133  mv /d/f /moved  it's moved  ann            2           2        3     12
        """);
  }

  @Test
  void recordsShowTheOuterRows() throws Exception {
    answers(
        "select part_id, kind, first_version, version, first_txn_seq, txn_seq, count, content"
            + " from records",
        """
        part_id                           kind         first_version  version  first_txn_seq  txn_seq  count  content
        --------------------------------  -----------  -------------  -------  -------------  -------  -----  -------------------------
        00000000000070008000000000000000  event                    1        1              1        1      1  x'6576656e74'
        00000000000070008000000000000000  event                    2        4              2        4      1  x'6576656e74'
        019a9b0000007000800000000000000d  event                    1        2              2        4      1  x'6576656e74'
        019a9b0000007000800000000000000d  attachment               1        1              2        2      1  x'6174746163686d656e74'
                                          transaction                                      1        4      1  x'7472616e73616374696f6e'
        """);
  }

  @Test
  void entriesHaveThePathsTheyHadThen() throws Exception {
    answers(
        "select txn_seq, seq_nr, txn_index, file_type, kind, version, size, path"
            + " from oplog_entries",
        """
        txn_seq  seq_nr  txn_index  file_type  kind        version  size  path
        -------  ------  ---------  ---------  ----------  -------  ----  -------------
              1       1          0  directory  event                      /
              2       2          0  directory  event                      /
              2       1          1  directory  event                      /d
              2       1          2  file       attachment        1     5  /d/f
              2       1          3  symlink    event             1        /d/l
              3       3          0  directory  event                      /
              3       3          1  file       attachment        1     3  /notes.txt
              3       3          2  file       attachment        1     0  /naïve 🦆.txt
              4       4          0  directory  event                      /
              4       2          1  directory  event                      /d
              4       4          2  file       attachment        2    12  /moved
        """);
  }

  @Test
  void nodesAreTheLivingTree() throws Exception {
    answers(
        "select path, name, type, size, version, modified, modified_nanos, target, mode from nodes",
        """
        path           name          type       size  version  modified                      modified_nanos  target  mode
        -------------  ------------  ---------  ----  -------  -----------------------  -------------------  ------  ----
        /              /             directory              1  2026-11-22 13:00:00.120  1795352400120133007           493
        /d             d             directory              1  2026-11-22 13:01:00.120  1795352460120133007           493
        /d/l           l             symlink                1  2026-11-22 13:01:00.120  1795352460120133007  f        511
        /moved         moved         file         12        2  2026-11-22 13:03:00.120  1795352580120133007           420
        /naïve 🦆.txt  naïve 🦆.txt  file          0        1  2026-11-22 13:02:00.120  1795352520120133007           420
        /notes.txt     notes.txt     file          3        1  2026-11-22 13:02:00.120  1795352520120133007           420
        """);
  }

  @Test
  void directoryEntriesAreTheNamesInDirectories() throws Exception {
    answers(
        "select part_id, name, child_node_id, entry_type, size, target from directory_entries",
        """
        part_id                           name          child_node_id                     entry_type  size  target
        --------------------------------  ------------  --------------------------------  ----------  ----  ------
        00000000000070008000000000000000  d             019a9b0000007000800000000000000d  directory
        019a9b0000007000800000000000000d  l             019a9b00000070008000000000000001  symlink           f
        00000000000070008000000000000000  moved         019a9b0000007000800000000000000f  file          12
        00000000000070008000000000000000  naïve 🦆.txt  019a9b00000070008000000000000003  file           0
        00000000000070008000000000000000  notes.txt     019a9b00000070008000000000000002  file           3
        """);
  }

  @Test
  void countsWhatIsNoDirectory() throws Exception {
    answers(
        "select count(*) from oplog_entries where file_type <> 'directory'",
        """
        count(*)
        --------
               5
        """);
  }

  @Test
  void joinsTheLogWithTheLivingNodes() throws Exception {
    answers(
        """
        select n.path, count(*) as entries
        from oplog_entries o join nodes n on o.node_id = n.node_id
        group by n.path order by 2 desc, 1
        """,
        """
        path           entries
        -------------  -------
        /                    4
        /d                   2
        /moved               2
        /d/l                 1
        /naïve 🦆.txt        1
        /notes.txt           1
        """);
  }

  @Test
  void joinsThreeTables() throws Exception {
    answers(
        """
        select t.command, count(distinct n.node_id) as living, sum(o.size) as bytes
        from oplog_entries o
        join transactions t on t.txn_seq = o.txn_seq
        join nodes n using (node_id)
        group by t.command order by 1
        """,
        """
        command         living  bytes
        --------------  ------  -----
        init                 1
        mkdir /d             4      5
        mv /d/f /moved       3     12
        put /notes.txt       3      3
        """);
  }

  @Test
  void keepsWhatAnOuterJoinDoesNotFind() throws Exception {
    answers(
        """
        select n.path, o.txn_seq
        from nodes n left join oplog_entries o on o.node_id = n.node_id and o.txn_seq = 4
        order by n.path
        """,
        """
        path           txn_seq
        -------------  -------
        /                    4
        /d                   4
        /d/l
        /moved               4
        /naïve 🦆.txt
        /notes.txt
        """);
  }

  @Test
  void oneStatementReadsOneState() throws Exception {
    Sql.table(pond, "select 1 from nodes a, nodes b, oplog_entries c, directory_entries d");

    assertThat(pond.states).isEqualTo(1);
  }

  @Test
  void leavesNoScanOpen() throws Exception {
    Sql.table(
        pond, "select o.size from oplog_entries o join records r on o.part_id = r.part_id limit 1");

    assertThat(pond.log.scans).hasSize(2);
    assertThat(pond.log.open).isZero();
  }
}
