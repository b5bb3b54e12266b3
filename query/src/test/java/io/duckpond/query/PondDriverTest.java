package io.duckpond.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PondDriverTest {

  private final FakePond pond = new FakePond();

  @Test
  void isFoundByItsAddress() throws Exception {
    assertThat(DriverManager.getDriver("jdbc:pond:/data/mypond")).isInstanceOf(PondDriver.class);
    assertThat(new PondDriver().connect("jdbc:other:/x", new Properties())).isNull();
  }

  @Test
  void saysWhichPondCannotBeOpened(@TempDir Path directory) {
    String path = directory.resolve("none").toString();

    assertThatThrownBy(() -> DriverManager.getConnection("jdbc:pond:" + path))
        .isInstanceOf(SQLException.class)
        .hasMessageContaining(path);
  }

  @Test
  void takesNoPropertiesThatCouldLoadClasses() {
    for (String name : List.of("model", "schemaFactory", "parserFactory", "typeSystem", "fun")) {
      Properties properties = new Properties();
      properties.setProperty(name, "inline:{}");

      assertThatThrownBy(() -> DriverManager.getConnection("jdbc:pond:/x", properties))
          .isInstanceOf(SqlRefusedException.class)
          .hasMessage("jdbc:pond: takes no property '" + name + "'");
    }
  }

  @Test
  void runsPreparedStatementsAgain() throws Exception {
    try (Connection connection = new PondDriver().connect(pond);
        var statement =
            connection.prepareStatement(
                "select path from oplog_entries where part_id = ? and txn_seq >= ? order by 1")) {
      assertThat(paths(statement, FakePond.ROOT, 3))
          .containsExactly("/", "/", "/moved", "/naïve 🦆.txt", "/notes.txt");
      assertThat(paths(statement, FakePond.D.hex(), 1)).containsExactly("/d", "/d", "/d/f", "/d/l");
    }
  }

  private static List<String> paths(java.sql.PreparedStatement statement, String part, long txn)
      throws SQLException {
    statement.setString(1, part);
    statement.setLong(2, txn);
    List<String> paths = new ArrayList<>();
    try (ResultSet rows = statement.executeQuery()) {
      while (rows.next()) {
        paths.add(rows.getString(1));
      }
    }
    return paths;
  }

  @Test
  void everyExecutionSeesTheNewestState() throws Exception {
    try (Connection connection = new PondDriver().connect(pond);
        var statement = connection.prepareStatement("select count(*) from nodes")) {
      statement.executeQuery().close();
      statement.executeQuery().close();
    }

    assertThat(pond.states).isEqualTo(2);
  }

  @Test
  void listsTablesAndColumns() throws Exception {
    List<String> tables = new ArrayList<>();
    List<String> columns = new ArrayList<>();
    try (Connection connection = new PondDriver().connect(pond)) {
      try (ResultSet rows = connection.getMetaData().getTables(null, null, null, null)) {
        while (rows.next()) {
          tables.add(rows.getString("TABLE_NAME"));
        }
      }
      try (ResultSet rows =
          connection.getMetaData().getColumns(null, null, "directory_entries", "%")) {
        while (rows.next()) {
          columns.add(rows.getString("COLUMN_NAME") + " " + rows.getString("TYPE_NAME"));
        }
      }
    }

    assertThat(tables)
        .containsExactlyInAnyOrder(
            "transactions", "records", "oplog_entries", "directory_entries", "nodes");
    assertThat(columns).contains("part_id VARCHAR NOT NULL", "modified TIMESTAMP(3)");
  }

  @Test
  void refusesToChangeAnything() throws Exception {
    try (Connection connection = new PondDriver().connect(pond);
        var statement = connection.createStatement()) {
      assertThatThrownBy(() -> statement.executeUpdate("delete from nodes"))
          .isInstanceOf(SQLException.class)
          .hasStackTraceContaining("the pond is read-only in SQL");
      assertThatThrownBy(() -> statement.execute("insert into nodes select * from nodes"))
          .isInstanceOf(SQLException.class)
          .hasStackTraceContaining("the pond is read-only in SQL");
    }
  }

  @Test
  void givesInstantsInUtc() throws Exception {
    try (Connection connection = new PondDriver().connect(pond);
        var statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("select timestamp from transactions limit 1")) {
      rows.next();

      assertThat(
              rows.getTimestamp(
                      1,
                      java.util.Calendar.getInstance(
                          java.util.TimeZone.getTimeZone("UTC"), java.util.Locale.ROOT))
                  .toInstant())
          .isEqualTo("2026-11-22T13:00:00.120Z");
    }
  }
}
