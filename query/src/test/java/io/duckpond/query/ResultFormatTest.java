package io.duckpond.query;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import org.junit.jupiter.api.Test;

class ResultFormatTest {

  private static final String VALUES =
      """
      select * from (values
        (1, 'plain', x'00ff', true, 1.5, timestamp '2026-11-22 13:01:02.345', date '2026-01-02'),
        (-20, 'a "b", c', x'000102030405060708090a0b0c0d0e0f10', false, 2.25, null, null),
        (3, '', null, null, null, null, null))
      t(n, text, bytes, flag, fraction, at, on_day)
      """;

  private final FakePond pond = new FakePond();

  private String run(String sql, ResultFormat format) throws Exception {
    return Sql.run(pond, sql, format);
  }

  @Test
  void tablesAreAlignedAndShortenBytes() throws Exception {
    assertThat(run(VALUES, ResultFormat.TABLE))
        .isEqualTo(
            """
              n  text      bytes                                            flag   fraction  at                       on_day
            ---  --------  -----------------------------------------------  -----  --------  -----------------------  ----------
              1  plain     x'00ff'                                          true       1.50  2026-11-22 13:01:02.345  2026-01-02
            -20  a "b", c  x'000102030405060708090a0b0c0d0e0f…' (17 bytes)  false      2.25
              3
            """);
  }

  @Test
  void csvTellsNullFromEmpty() throws Exception {
    assertThat(run(VALUES, ResultFormat.CSV))
        .isEqualTo(
            """
            n,text,bytes,flag,fraction,at,on_day
            1,plain,00ff,true,1.50,2026-11-22 13:01:02.345,2026-01-02
            -20,"a ""b"", c",000102030405060708090a0b0c0d0e0f10,false,2.25,,
            3,"",,,,,
            """);
  }

  @Test
  void jsonIsOneArray() throws Exception {
    assertThat(run(VALUES, ResultFormat.JSON))
        .isEqualTo(
            """
            [
            {"n":1,"text":"plain","bytes":"00ff","flag":true,"fraction":1.50,"at":"2026-11-22T13:01:02.345Z","on_day":"2026-01-02"},
            {"n":-20,"text":"a \\"b\\", c","bytes":"000102030405060708090a0b0c0d0e0f10","flag":false,"fraction":2.25,"at":null,"on_day":null},
            {"n":3,"text":"","bytes":null,"flag":null,"fraction":null,"at":null,"on_day":null}
            ]
            """);
    assertThat(run("select path from nodes where false", ResultFormat.JSON)).isEqualTo("[]\n");
  }

  @Test
  void ndjsonIsAnObjectALine() throws Exception {
    assertThat(run("select path, array[1, 2] as a from nodes limit 2", ResultFormat.NDJSON))
        .isEqualTo(
            """
            {"path":"/","a":[1,2]}
            {"path":"/d","a":[1,2]}
            """);
    assertThat(run("select path from nodes where false", ResultFormat.NDJSON)).isEmpty();
  }

  @Test
  void columnsOfOneNameAreToldApart() throws Exception {
    assertThat(
            run(
                "select a.name, b.name from nodes a join nodes b on a.node_id = b.node_id"
                    + " where a.path = '/d'",
                ResultFormat.NDJSON))
        .isEqualTo("{\"name\":\"d\",\"name_2\":\"d\"}\n");
  }

  @Test
  void controlCharactersAreShownInTablesOnly() throws Exception {
    String sql = "select 'a\tb\nc\u001b[31m' as t";

    assertThat(run(sql, ResultFormat.TABLE))
        .isEqualTo(
            """
            t
            -----------------
            a\\tb\\nc\\u001b[31m
            """);
    assertThat(run(sql, ResultFormat.CSV)).isEqualTo("t\n\"a\tb\nc\u001b[31m\"\n");
    assertThat(run(sql, ResultFormat.NDJSON)).isEqualTo("{\"t\":\"a\\tb\\nc\\u001b[31m\"}\n");
  }

  @Test
  void columnsWithoutANameAreCalledAsTheyAreWritten() throws Exception {
    assertThat(run("select count(*), 1 + 1, 'x' from nodes", ResultFormat.CSV))
        .isEqualTo("count(*),1 + 1,'x'\n6,2,x\n");
  }

  @Test
  void theRowsAreCounted() throws Exception {
    PondSql sql = new PondSql(pond);

    for (ResultFormat format : ResultFormat.values()) {
      assertThat(sql.run("select path from nodes", format, new ByteArrayOutputStream()))
          .isEqualTo(6);
    }
  }

  @Test
  void manyRowsAreAllWritten() throws Exception {
    String sql =
        """
        with recursive n(i) as (select 1 union all select i + 1 from n where i < 2500)
        select i from n
        """;

    assertThat(run(sql, ResultFormat.TABLE).lines()).hasSize(2502);
    assertThat(run(sql, ResultFormat.CSV).lines()).hasSize(2501);
  }
}
