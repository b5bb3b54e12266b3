package io.duckpond.journal.arrow;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

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

  /**
   * Returns the values of a row that holds nothing but a label and bytes. Together with {@link
   * #blob} it makes a codec one that takes attachments: a column of text and one of bytes will do,
   * and a way to tell such a row from those of an event. Unless overridden, throws {@link
   * IllegalArgumentException}: attachments are refused.
   */
  default @Nullable Object[] blobRow(Blob blob) {
    throw new IllegalArgumentException(getClass().getName() + " takes no attachments");
  }

  /** Returns what {@link #blobRow} was given; empty for the rows of an event. */
  default Optional<Blob> blob(InnerRow row) {
    return Optional.empty();
  }
}
