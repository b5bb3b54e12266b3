package io.duckpond.oplog;

import java.util.List;
import java.util.stream.Stream;

/**
 * Reads the log's rows for those who look at history. Needs no lock and starts no actor. The
 * streams hold files open and must be closed; damage is a {@code DamageException} from them.
 */
public interface OplogReader {

  /** Returns the number of the newest transaction. */
  long txnSeq();

  /** Outer records in commit order. */
  Stream<RecordRow> records(LogFilter filter, Bytes bytes);

  /**
   * Rows in commit order, attachments and staged files included. A partition filter goes by the
   * row's own {@code part_id}.
   */
  Stream<OplogRow> entries(LogFilter filter, Bytes bytes);

  /** Transactions, oldest first. */
  Stream<TransactionRow> transactions(LogFilter filter);

  /** Returns the names changed by a directory's row, as {@link OplogEntry.DirectoryChanged}. */
  List<DirectoryEntry> changes(OplogRow row);

  /** Returns how many data files a scan with this filter would open; for plans and tests. */
  int filesFor(LogFilter filter);

  /** Whether content columns are read. */
  enum Bytes {
    READ,
    SKIP
  }
}
