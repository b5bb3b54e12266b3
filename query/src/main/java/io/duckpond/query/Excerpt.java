package io.duckpond.query;

import java.util.List;
import org.apache.calcite.sql.parser.SqlParserPos;

/** A place in a statement as people see it: its line with carets below. */
final class Excerpt {

  private Excerpt() {}

  /** Returns two lines; empty if the statement has no such place. */
  static String of(String sql, SqlParserPos place) {
    List<String> lines = sql.lines().toList();
    int number = place.getLineNum();
    if (number < 1 || number > lines.size()) {
      return "";
    }
    String line = lines.get(number - 1);
    int from = Math.max(0, Math.min(place.getColumnNum() - 1, line.length()));
    boolean oneLine = place.getEndLineNum() == number;
    int to = oneLine ? Math.min(place.getEndColumnNum(), line.length()) : line.length();
    String margin = "  " + number + " | ";
    return margin
        + Display.escaped(line)
        + "\n"
        + " ".repeat(margin.length() + width(line.substring(0, from)))
        + "^".repeat(Math.max(1, width(line.substring(from, Math.max(from, to)))));
  }

  /** Returns the place of a name in double quotes; empty if it is not there. */
  static String ofName(String sql, String name) {
    String quoted = '"' + name.replace("\"", "\"\"") + '"';
    int at = sql.indexOf(quoted);
    if (at < 0) {
      return "";
    }
    int line = (int) sql.substring(0, at).chars().filter(c -> c == '\n').count() + 1;
    int column = at - sql.lastIndexOf('\n', at);
    return of(sql, new SqlParserPos(line, column, line, column + quoted.length() - 1));
  }

  private static int width(String text) {
    return Display.width(Display.escaped(text));
  }

  /** Returns the statement from a place on. */
  static String from(String sql, SqlParserPos place) {
    return sql.substring(offset(sql, place));
  }

  /** Returns the statement up to a place. */
  static String before(String sql, SqlParserPos place) {
    return sql.substring(0, offset(sql, place));
  }

  private static int offset(String sql, SqlParserPos place) {
    int offset = 0;
    for (int line = 1; line < place.getLineNum(); line++) {
      offset = sql.indexOf('\n', offset) + 1;
    }
    return Math.max(0, Math.min(offset + place.getColumnNum() - 1, sql.length()));
  }
}
