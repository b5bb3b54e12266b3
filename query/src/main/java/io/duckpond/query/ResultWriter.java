package io.duckpond.query;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;

/** Writes the rows of a result in one format. Closing it flushes, but leaves the stream open. */
abstract class ResultWriter implements AutoCloseable {

  private final Writer out;

  ResultWriter(Writer out) {
    this.out = out;
  }

  static ResultWriter of(ResultFormat format, boolean explains, OutputStream stream) {
    Writer out = new BufferedWriter(new OutputStreamWriter(stream, StandardCharsets.UTF_8));
    return switch (format) {
      case TABLE -> explains ? new PlanWriter(out) : new TableWriter(out);
      case CSV -> new CsvWriter(out);
      case JSON -> new JsonWriter(out, true);
      case NDJSON -> new JsonWriter(out, false);
    };
  }

  /** Writes all rows and returns how many there were. */
  abstract long write(Cells cells) throws SQLException, IOException;

  final Writer out() {
    return out;
  }

  @Override
  public final void close() throws IOException {
    out.flush();
  }

  /** Writes a plan as the lines that it is. */
  private static final class PlanWriter extends ResultWriter {
    PlanWriter(Writer out) {
      super(out);
    }

    @Override
    long write(Cells cells) throws SQLException, IOException {
      long count = 0;
      for (; cells.next(); count++) {
        out().write(String.valueOf(cells.get(1)).stripTrailing());
        out().write('\n');
      }
      return count;
    }
  }
}
