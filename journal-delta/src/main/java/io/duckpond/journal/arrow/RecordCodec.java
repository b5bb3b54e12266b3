package io.duckpond.journal.arrow;

import io.duckpond.journal.table.LogRecord;
import java.util.List;
import java.util.function.Consumer;

/**
 * Inner rows to and from the Arrow IPC stream that is a record's content. Any thread; closing it is
 * the leak check of its Arrow memory.
 */
public final class RecordCodec implements AutoCloseable {

  /** A codec for the rows of {@code columns} and the envelope around them. */
  public RecordCodec(List<CodecColumn> columns, long memoryLimit) {}

  /** Returns one complete IPC stream of one batch. */
  public byte[] encode(List<InnerRow> rows) {
    throw new IllegalStateException("contract");
  }

  /** Hands out the rows of a record in order; damage is a {@code DamageException}. */
  public void decode(LogRecord record, Consumer<InnerRow> sink) {
    throw new IllegalStateException("contract");
  }

  @Override
  public void close() {}
}
