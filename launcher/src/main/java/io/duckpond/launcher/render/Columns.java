package io.duckpond.launcher.render;

import java.util.ArrayList;
import java.util.List;

/** Rows of text whose columns stand below each other. */
final class Columns {
  private Columns() {}

  /** Returns a line per row, two spaces between columns; {@code right} is aligned to the right. */
  static List<String> of(List<List<String>> rows, int right) {
    List<String> lines = new ArrayList<>(rows.size());
    int columns = rows.isEmpty() ? 0 : rows.get(0).size();
    int[] widths = new int[columns];
    for (List<String> row : rows) {
      for (int i = 0; i < columns; i++) {
        widths[i] = Math.max(widths[i], row.get(i).length());
      }
    }
    for (List<String> row : rows) {
      StringBuilder line = new StringBuilder();
      for (int i = 0; i < columns; i++) {
        String blanks = " ".repeat(widths[i] - row.get(i).length());
        line.append(i == 0 ? "" : "  ")
            .append(i == right ? blanks : "")
            .append(row.get(i))
            .append(i == right || i == columns - 1 ? "" : blanks);
      }
      lines.add(line.toString());
    }
    return lines;
  }
}
