package io.duckpond.query;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** Runs statements for tests. */
final class Sql {

  private Sql() {}

  static String table(PondSource source, String sql) throws IOException, SqlRefusedException {
    return run(source, sql, ResultFormat.TABLE);
  }

  static String csv(PondSource source, String sql) throws IOException, SqlRefusedException {
    return run(source, sql, ResultFormat.CSV);
  }

  static String run(PondSource source, String sql, ResultFormat format)
      throws IOException, SqlRefusedException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    new PondSql(source).run(sql, format, out);
    return out.toString(StandardCharsets.UTF_8);
  }

  static String refusal(PondSource source, String sql) throws IOException {
    try {
      run(source, sql, ResultFormat.TABLE);
    } catch (SqlRefusedException e) {
      return e.getMessage() + "\n";
    }
    throw new AssertionError("not refused: " + sql);
  }
}
