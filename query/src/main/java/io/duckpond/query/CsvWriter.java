package io.duckpond.query;

import java.io.IOException;
import java.io.Writer;
import java.sql.SQLException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Writes comma-separated values; a null is empty, an empty text is two quotes. */
final class CsvWriter extends ResultWriter {

  CsvWriter(Writer out) {
    super(out);
  }

  @Override
  long write(Cells cells) throws SQLException, IOException {
    List<String> names = cells.names();
    for (int i = 0; i < names.size(); i++) {
      out().write(i == 0 ? "" : ",");
      out().write(quoted(names.get(i)));
    }
    out().write('\n');
    long count = 0;
    for (; cells.next(); count++) {
      for (int i = 1; i <= names.size(); i++) {
        out().write(i == 1 ? "" : ",");
        out().write(text(cells.get(i)));
      }
      out().write('\n');
    }
    return count;
  }

  private static String text(@Nullable Object value) {
    if (value == null) {
      return "";
    } else if (value instanceof byte[] bytes) {
      return HexFormat.of().formatHex(bytes);
    } else if (value instanceof Instant instant) {
      return Cells.sqlInstant(instant);
    }
    return quoted(value.toString());
  }

  private static String quoted(String text) {
    boolean plain = !text.isEmpty() && text.chars().noneMatch(c -> c == ',' || c == '"' || c < ' ');
    return plain ? text : "\"" + text.replace("\"", "\"\"") + "\"";
  }
}
