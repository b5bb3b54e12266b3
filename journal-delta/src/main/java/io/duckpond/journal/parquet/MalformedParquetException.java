package io.duckpond.journal.parquet;

import java.io.IOException;

/** Bytes are no Parquet file that can be read; the message says why, and does not name the file. */
public final class MalformedParquetException extends IOException {

  MalformedParquetException(String message) {
    super(message);
  }

  MalformedParquetException(String message, Exception cause) {
    super(message, cause);
  }
}
