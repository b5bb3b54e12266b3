package io.duckpond.query;

import java.io.IOException;
import java.io.Writer;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Writes columns aligned by their longest cell, numbers to the right. Only the first rows decide of
 * the widths, so that a result of any length is written as it comes.
 */
final class TableWriter extends ResultWriter {

  private static final int MEASURED_ROWS = 1_000;
  private static final int SHOWN_BYTES = 16;

  TableWriter(Writer out) {
    super(out);
  }

  @Override
  long write(Cells cells) throws SQLException, IOException {
    List<String> names = cells.names().stream().map(Display::escaped).toList();
    int[] widths = names.stream().mapToInt(Display::width).toArray();
    boolean[] numbers = new boolean[widths.length];
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] = cells.isNumber(i + 1);
    }
    List<List<String>> measured = new ArrayList<>();
    while (measured.size() < MEASURED_ROWS && cells.next()) {
      List<String> row = row(cells);
      for (int i = 0; i < widths.length; i++) {
        widths[i] = Math.max(widths[i], Display.width(row.get(i)));
      }
      measured.add(row);
    }
    line(names, widths, numbers);
    List<String> rules = new ArrayList<>();
    for (int width : widths) {
      rules.add("-".repeat(width));
    }
    line(rules, widths, numbers);
    for (List<String> row : measured) {
      line(row, widths, numbers);
    }
    long count = measured.size();
    if (count == MEASURED_ROWS) {
      for (; cells.next(); count++) {
        line(row(cells), widths, numbers);
      }
    }
    return count;
  }

  private static List<String> row(Cells cells) throws SQLException {
    List<String> row = new ArrayList<>();
    for (int i = 1; i <= cells.count(); i++) {
      row.add(text(cells.get(i)));
    }
    return row;
  }

  private static String text(@Nullable Object value) {
    if (value == null) {
      return "";
    } else if (value instanceof byte[] bytes) {
      HexFormat hex = HexFormat.of();
      return bytes.length <= SHOWN_BYTES
          ? "x'" + hex.formatHex(bytes) + "'"
          : "x'" + hex.formatHex(bytes, 0, SHOWN_BYTES) + "…' (" + bytes.length + " bytes)";
    } else if (value instanceof Instant instant) {
      return Cells.sqlInstant(instant);
    }
    return Display.escaped(value.toString());
  }

  private void line(List<String> cells, int[] widths, boolean[] numbers) throws IOException {
    StringBuilder line = new StringBuilder();
    for (int i = 0; i < widths.length; i++) {
      String cell = cells.get(i);
      String padding = " ".repeat(Math.max(0, widths[i] - Display.width(cell)));
      line.append(i == 0 ? "" : "  ").append(numbers[i] ? padding + cell : cell + padding);
    }
    out().write(line.toString().stripTrailing());
    out().write('\n');
  }
}
