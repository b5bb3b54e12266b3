package io.duckpond.journal.table;

import java.io.Closeable;
import java.io.IOException;

/** Records one after another; for one thread. Holds a file open until closed. */
public interface RecordCursor extends Closeable {

  /** Moves to the next record; false at the end. Damage is a {@code DamageException}. */
  boolean next() throws IOException;

  /** Returns the record moved to. */
  LogRecord record();
}
