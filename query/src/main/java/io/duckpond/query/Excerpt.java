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
    int to =
        Math.max(
            from + 1, Math.min(oneLine ? place.getEndColumnNum() : line.length(), line.length()));
    String margin = String.format("  %d | ", number);
    String before = line.substring(0, from);
    String marked = line.substring(from, Math.min(to, line.length()));
    return margin
        + Display.escaped(line)
        + "\n"
        + " ".repeat(margin.length() + Display.width(Display.escaped(before)))
        + "^".repeat(Math.max(1, Display.width(Display.escaped(marked))));
  }
}
