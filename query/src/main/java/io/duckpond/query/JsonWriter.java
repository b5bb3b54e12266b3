package io.duckpond.query;

import java.io.IOException;
import java.io.Writer;
import java.sql.SQLException;
import java.util.List;

/** Writes an object per row: one a line, or the same in an array. */
final class JsonWriter extends ResultWriter {

  private final boolean array;

  JsonWriter(Writer out, boolean array) {
    super(out);
    this.array = array;
  }

  @Override
  long write(Cells cells) throws SQLException, IOException {
    List<String> names = cells.names();
    out().write(array ? "[" : "");
    long count = 0;
    for (; cells.next(); count++) {
      out().write(array ? (count == 0 ? "\n" : ",\n") : "");
      StringBuilder line = new StringBuilder("{");
      for (int i = 0; i < names.size(); i++) {
        line.append(i == 0 ? "" : ",");
        JsonText.string(line, names.get(i));
        JsonText.value(line.append(':'), cells.get(i + 1));
      }
      out().append(line.append('}'));
      out().write(array ? "" : "\n");
    }
    out().write(array ? (count == 0 ? "]\n" : "\n]\n") : "");
    return count;
  }
}
