package io.duckpond.journal.table;

/**
 * A record of a flush, whose place in the file is known before its content is. A flush of any
 * number of partitions takes the memory of one row group, as each content is made when it is
 * written.
 */
public interface FlushRecord {

  /** Returns what the record holds. */
  RecordKind kind();

  /** Returns its partition; empty for none. */
  String partId();

  /** Returns its last sequence number. */
  long version();

  /** Makes the record; called once, on the thread that appends. */
  LogRecord record();
}
