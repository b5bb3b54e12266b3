package io.duckpond.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.duckpond.journal.disk.DamageException;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RefusalsTest {

  private final FakePond pond = new FakePond();

  private void refuses(String sql, String message) throws IOException {
    assertThat(Sql.refusal(pond, sql)).isEqualTo(message);
  }

  @Test
  void suggestsTheNearestColumn() throws Exception {
    refuses(
        """
        select path
        from nodes
        where sise > 3
        """,
        """
        column 'sise' not found; did you mean 'size'?
          3 | where sise > 3
                    ^^^^
        """);
    refuses(
        "select n.pth from nodes n",
        """
        column 'pth' not found; did you mean 'path'?
          1 | select n.pth from nodes n
                       ^^^
        """);
    refuses(
        "select quux from nodes",
        """
        column 'quux' not found
          1 | select quux from nodes
                     ^^^^
        """);
  }

  @Test
  void suggestsTheNearestTable() throws Exception {
    refuses(
        "select * from node",
        """
        table 'node' not found; did you mean 'nodes'?
          1 | select * from node
                            ^^^^
        """);
  }

  @Test
  void suggestsTheNearestFunction() throws Exception {
    refuses(
        "select uper(path) from nodes",
        """
        function 'uper' not found; did you mean 'upper'?
          1 | select uper(path) from nodes
                     ^^^^^^^^^^
        """);
  }

  @Test
  void pointsAtThePlaceBehindWideAndUnprintableText() throws Exception {
    refuses(
        "select '🦆\u0007', sise from nodes",
        """
        column 'sise' not found; did you mean 'size'?
          1 | select '🦆\\u0007', sise from nodes
                                 ^^^^
        """);
  }

  @Test
  void saysWhatIsNotExpected() throws Exception {
    refuses(
        "select path from nodes where",
        """
        the statement ends too early
          1 | select path from nodes where
                                     ^^^^^
        """);
    refuses(
        "select group from nodes",
        """
        'group from' is not expected here; if group is a name, write "group"
          1 | select group from nodes
                     ^^^^^
        """);
    refuses(
        "select 'abc from nodes",
        """
        this quote is not closed, or not expected here
          1 | select 'abc from nodes
                     ^
        """);
    refuses(
        "selct path from nodes",
        """
        a query begins with SELECT, WITH, VALUES or EXPLAIN, not 'selct'; did you mean 'select'?
        """);
  }

  @Test
  void refusesUngroupedColumns() throws Exception {
    refuses(
        "select path, count(*) from nodes",
        """
        expression 'path' is not being grouped
          1 | select path, count(*) from nodes
                     ^^^^
        """);
  }

  @Test
  void refusesWhatCannotBeComputed() throws Exception {
    refuses(
        "select percentile_cont(0.5) within group (order by size) from nodes",
        "this statement cannot be run: one of its functions or operators is not supported\n");
    refuses("select 1/0", "this statement cannot be run: division by zero\n");
    refuses(
        "select path from nodes where size > 'big'",
        "this statement cannot be run: not a number: \"big\"\n");
    refuses(
        "select 1 from transactions where timestamp > '2026-11-22T13:01:00Z'",
        "this statement cannot be run: invalid DATE value, '2026-11-22T13:01:00Z';"
            + " write it as '2026-11-22 13:01:00'\n");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "insert into nodes values (1)",
        "update nodes set path = '/x'",
        "delete from nodes",
        "merge into nodes using nodes on true when matched then delete",
        "drop table nodes",
        "create table t (x int)",
        "alter table nodes add column x int",
        "truncate table nodes",
        "explain plan for delete from nodes",
        "call nodes()",
        "set x = 1",
        "-- a comment\n  DROP TABLE nodes",
      })
  void refusesWhateverIsNoQuery(String sql) throws Exception {
    refuses(sql, "the pond is read-only in SQL; queries and EXPLAIN are what it answers\n");
  }

  @Test
  void runsOneStatementAtATime() throws Exception {
    refuses(
        "select 1; select 2",
        """
        one statement at a time, please
          1 | select 1; select 2
                        ^^^^^^^^
        """);
    refuses(
        "select path from nodes; drop table nodes",
        """
        one statement at a time, please
          1 | select path from nodes; drop table nodes
                                      ^^^^
        """);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "  \n", ";", " ; ; "})
  void refusesNothingAtAll(String sql) throws Exception {
    refuses(sql, "no SQL statement was given\n");
  }

  @Test
  void takesTrailingSemicolonsAndComments() throws Exception {
    assertThat(Sql.csv(pond, "select 1 as n ; ;\n")).isEqualTo("n\n1\n");
    assertThat(Sql.csv(pond, "-- one\nselect 1 as n -- two;")).isEqualTo("n\n1\n");
  }

  @Test
  void refusesWhatIsNestedTooDeeply() throws Exception {
    String deep = "select " + "(".repeat(20_000) + "1" + ")".repeat(20_000);

    assertThat(Sql.refusal(pond, deep)).contains("nested too deeply");
  }

  @Test
  void neverLoadsAClassThatAStatementNames() throws Exception {
    assertThat(Sql.refusal(pond, "select \"java.lang.System.exit\"(1)"))
        .startsWith("function 'java.lang.System.exit' not found");
    assertThat(Sql.refusal(pond, "select * from \"java.lang.Runtime\""))
        .startsWith("table 'java.lang.Runtime' not found");
  }

  @Test
  void letsDamageAndTroubleThrough() {
    PondSource damaged =
        () -> {
          throw new DamageException("partition [p]: hash differs");
        };
    PondSource gone =
        () -> {
          throw new NoSuchFileException("/gone");
        };

    assertThatThrownBy(() -> Sql.table(damaged, "select * from nodes"))
        .isExactlyInstanceOf(DamageException.class);
    assertThatThrownBy(() -> Sql.table(gone, "select * from nodes"))
        .isExactlyInstanceOf(NoSuchFileException.class);
  }

  @Test
  void letsOurOwnFaultsThrough() {
    PondSource broken =
        () -> {
          throw new IllegalStateException("a bug");
        };

    assertThatThrownBy(() -> Sql.table(broken, "select * from nodes"))
        .isExactlyInstanceOf(IllegalStateException.class)
        .hasMessage("a bug");
  }
}
