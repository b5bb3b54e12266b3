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

  /** Outer records, in the order of the data files and of partitions in each. */
  Stream<RecordRow> records(LogFilter filter, Bytes bytes);

  /**
   * Rows, attachments and staged files included, in the order of the data files and of partitions
   * in each: those of one transaction may stand apart. A partition filter goes by the row's own
   * {@code part_id}.
   */
  Stream<OplogRow> entries(LogFilter filter, Bytes bytes);

  /** The same rows transaction by transaction, oldest first; some megabytes of them are held. */
  default Stream<OplogRow> entriesInCommitOrder(LogFilter filter, Bytes bytes) {
    return CommitOrder.of(this, filter, bytes, CommitOrder.SPAN_BYTES);
  }

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
