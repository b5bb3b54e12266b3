package io.duckpond.journal.arrow;

import org.jspecify.annotations.Nullable;

/** Takes the rows of one event; values in the order of {@link EventCodec#columns}. */
public interface RowSink {

  /** Adds a row that recovery reads. */
  void event(@Nullable Object... values);

  /** Adds a row that recovery skips; it is fetched by partition and sequence number. */
  void attachment(@Nullable Object... values);
}
