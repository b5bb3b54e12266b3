package io.duckpond.journal.arrow;

import java.util.List;

/**
 * Maps an application's events to rows of real columns. One codec serves one table; stateless and
 * safe for use by many threads.
 */
public interface EventCodec {

  /** Returns the columns, in order; the same at every call. */
  List<CodecColumn> columns();

  /**
   * Writes an event as one or more rows, at least one of them not an attachment. Throws {@link
   * IllegalArgumentException} if it cannot; the event is then refused before anything is stored.
   */
  void encode(Object event, RowSink sink);

  /** Returns the event of its rows, in the order written, attachments left out. */
  Object decode(List<InnerRow> rows);
}
