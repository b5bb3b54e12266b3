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
  void averagesIntegersWithTheirFractions() throws Exception {
    answers(
        "select avg(size), avg(mode), sum(mode), count(size), min(size), max(size) from nodes",
        """
        avg(size)  avg(mode)  sum(mode)  count(size)  min(size)  max(size)
        ---------  ---------  ---------  -----------  ---------  ---------
              5.0      459.5       2757            3          0         12
        """);
  }

  @Test
  void averagesInWindowsAndOfDistinctValuesToo() throws Exception {
    answers(
        """
        select avg(distinct version) as d, stddev_pop(size) as s, var_pop(size) as v from nodes
        """,
        """
          d                   s     v
        ---  ------------------  ----
        1.5  5.0990195135927845  26.0
        """);
    answers(
        "select distinct avg(version) over () as w from nodes",
        """
                         w
        ------------------
        1.1666666666666667
        """);
    answers(
        "select type, avg(version) as a from nodes group by rollup(type) order by type",
        """
        type                        a
        ---------  ------------------
        directory                 1.0
        file       1.3333333333333333
        symlink                   1.0
                   1.1666666666666667
        """);
  }

  @Test
  void answersCorrelatedSubqueriesAndLateralJoins() throws Exception {
    answers(
        """
        select n.path, (select count(*) from oplog_entries o where o.node_id = n.node_id) as c,
          e.file_type
        from nodes n cross join lateral (
          select file_type from oplog_entries o where o.node_id = n.node_id
          order by txn_seq desc limit 1) e
        where n.size is null or n.size > (select avg(size) from nodes)
        order by n.path
        """,
        """
        path    c  file_type
        ------  -  ---------
        /       4  directory
        /d      2  directory
        /d/l    1  symlink
        /moved  2  file
        """);
  }

  @Test
  void tellsNullFromNotEqual() throws Exception {
    answers(
        "select path from nodes where not (size > 3) order by 1",
        """
        path
        -------------
        /naïve 🦆.txt
        /notes.txt
        """);
    answers(
        "select count(*) as n from nodes where size not in (12, null)",
        """
        n
        -
        0
        """);
    answers(
        "table directory_entries limit 0",
        """
        part_id  name  child_node_id  entry_type  mode  modified  modified_nanos  version  size  sha256  target
        -------  ----  -------------  ----------  ----  --------  --------------  -------  ----  ------  ------
        """);
  }

  @Test
  void ordersWhatIsNullLast() throws Exception {
    answers(
        "select name, size from nodes order by size desc, name limit 4",
        """
        name          size
        ------------  ----
        moved           12
        notes.txt        3
        naïve 🦆.txt     0
        /
        """);
    answers(
        "select name, size from nodes order by size limit 1",
        """
        name          size
        ------------  ----
        naïve 🦆.txt     0
        """);
  }

  @Test
  void sumsBeyondThirtyTwoBits() throws Exception {
    answers(
        "select sum(n) as s from (values (2147483647), (2147483647)) t(n)",
        """
                 s
        ----------
        4294967294
        """);
  }

  @Test
  void comparesTextsOfAnyScriptExactly() throws Exception {
    answers(
        "select path from nodes where name = 'naïve 🦆.txt' or name like '%🦆%' and name <> 'é'",
        """
        path
        -------------
        /naïve 🦆.txt
        """);
    answers(
        "select 'A' = 'a' as letters, 'é' = 'e' as accents, 'a' = 'a ' as blanks",
        """
        letters  accents  blanks
        -------  -------  ------
        false    false    false
        """);
  }

  @Test
  void doesNotPadTextsInUnionsOrCases() throws Exception {
    answers(
        "select x || '!' as x from (select 'a' as x union select 'bcd') order by 1",
        """
        x
        ----
        a!
        bcd!
        """);
    answers(
        "select case when size > 3 then 'big' else 'x' end || '!' as x from nodes where size = 3",
        """
        x
        --
        x!
        """);
  }

  @Test
  void takesColumnsThatAreKeywordsWithoutQuotes() throws Exception {
    answers(
        """
        select t.timestamp, timestamp as at, user, command, message, bytes, entries
        from transactions t
        where timestamp > timestamp '2026-11-22 13:02:30' order by timestamp
        """,
        """
        timestamp                at                       user  command         message     bytes  entries
        -----------------------  -----------------------  ----  --------------  ----------  -----  -------
        2026-11-22 13:03:00.120  2026-11-22 13:03:00.120  ann   mv /d/f /moved  it's moved     12        3
        """);
    answers(
        "select max(timestamp) as latest, extract(hour from max(timestamp)) as h from oplog_entries",
        """
        latest                    h
        -----------------------  --
        2026-11-22 13:03:00.120  13
        """);
    answers(
        "select sum(count), kind from records group by kind order by kind",
        """
        sum(count)  kind
        ----------  -----------
                 1  attachment
                 3  event
                 1  transaction
        """);
    answers(
        "select cast('2026-11-22 13:00:00' as timestamp) a, '2026-11-22'::timestamp b",
        """
        a                        b
        -----------------------  -----------------------
        2026-11-22 13:00:00.000  2026-11-22 00:00:00.000
        """);
  }

  @Test
  void takesNamesInAnyCase() throws Exception {
    answers(
        "SELECT Path FROM NODES WHERE \"Size\" = 12",
        """
        Path
        ------
        /moved
        """);
  }

  @Test
  void answersSubqueriesSetsAndWindows() throws Exception {
    answers(
        """
        select path from nodes n
        where not exists (
          select 1 from oplog_entries o where o.node_id = n.node_id and o.txn_seq > 2)
        """,
        """
        path
        ----
        /d/l
        """);
    answers(
        """
        select path from nodes where node_id in (select node_id from oplog_entries where size = 5)
        except select '/x' order by 1
        """,
        """
        path
        ------
        /moved
        """);
    answers(
        """
        with sized as (select path, rank() over (order by size desc) as r
                       from nodes where size is not null)
        select * from sized where r <= 2 order by r
        """,
        """
        path        r
        ----------  -
        /moved      1
        /notes.txt  2
        """);
  }

  @Test
  void followsDirectoriesRecursively() throws Exception {
    answers(
        """
        with recursive below(node_id, depth) as (
          select node_id, 0 from nodes where path = '/'
          union all
          select e.child_node_id, b.depth + 1
          from below b join directory_entries e on e.part_id = b.node_id)
        select depth, count(*) as nodes from below group by depth order by depth
        """,
        """
        depth  nodes
        -----  -----
            0      1
            1      4
            2      1
        """);
  }

  @Test
  void readsJsonAndBytes() throws Exception {
    answers(
        """
        select json_value(metadata, '$.size') as size, content, octet_length(content) as bytes
        from oplog_entries where txn_seq = 2 and file_type = 'file'
        """,
        """
        size  content        bytes
        ----  -------------  -----
        5     x'68656c6c6f'      5
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
