package io.duckpond.query;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** What SQL means here: values, nulls, names and functions. */
class DialectTest {

  private final FakePond pond = new FakePond();

  private void answers(String sql, String rows) throws Exception {
    assertThat(Sql.table(pond, sql)).isEqualTo(rows);
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
}
