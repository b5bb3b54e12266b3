package io.duckpond.query;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PondSqlTest {

  private final FakePond pond = new FakePond();

  @Test
  void countsWhatIsNoDirectory() throws Exception {
    assertThat(Sql.csv(pond, "select count(*) n from oplog_entries where file_type <> 'directory'"))
        .isEqualTo("n\n5\n");
  }

  @Test
  void joinsTheLogWithTheLivingNodes() throws Exception {
    String rows =
        Sql.csv(
            pond,
            """
            select n.path, count(*) as entries
            from oplog_entries o join nodes n on o.node_id = n.node_id
            group by n.path order by n.path
            """);

    assertThat(rows)
        .isEqualTo(
            """
            path,entries
            /,4
            /d,2
            /d/l,1
            /moved,2
            /naïve 🦆.txt,1
            /notes.txt,1
            """);
  }
}
