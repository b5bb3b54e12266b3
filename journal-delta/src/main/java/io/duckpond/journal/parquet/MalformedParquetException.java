package io.duckpond.journal.parquet;

import java.io.IOException;

/**
 * Bytes are no Parquet file that can be read; the message says why in one line, and does not name
 * the file.
 */
public final class MalformedParquetException extends IOException {

  MalformedParquetException(String message) {
    super(oneLine(message));
  }

  MalformedParquetException(String message, Exception cause) {
    super(oneLine(message), cause);
  }

  /** What is quoted from the file may hold anything. */
  private static String oneLine(String message) {
    StringBuilder line = new StringBuilder();
    message
        .codePoints()
        .forEach(
            point -> {
              if (Character.isISOControl(point)) {
                line.append(String.format("\\u%04x", point));
              } else {
                line.appendCodePoint(point);
              }
            });
    return line.toString();
  }
}
