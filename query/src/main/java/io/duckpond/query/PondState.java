package io.duckpond.query;

import io.duckpond.oplog.LogFilter;
import io.duckpond.oplog.OplogReader;
import io.duckpond.oplog.OplogRow;
import io.duckpond.view.Tree;
import java.util.List;

/**
 * What one statement reads, so that all its tables agree: the log up to a transaction, the tree
 * after it, and what is not committed yet.
 *
 * @param log the log; may know of later transactions
 * @param txnSeq the last transaction shown
 * @param tree the tree that {@code nodes} and {@code directory_entries} show
 * @param pending rows that a commit would write, without numbers; usually none
 * @param files what data files are read from
 */
record PondState(OplogReader log, long txnSeq, Tree tree, List<OplogRow> pending, PondFiles files) {

  PondState {
    pending = List.copyOf(pending);
  }

  /** A state whose tree has the contents, too. */
  PondState(OplogReader log, long txnSeq, Tree tree, List<OplogRow> pending) {
    this(log, txnSeq, tree, pending, PondFiles.of(tree));
  }

  /** Returns {@code filter} without the transactions that came after this state. */
  LogFilter upTo(LogFilter filter) {
    return new LogFilter(
        filter.partIds(), filter.fromTxnSeq(), Math.min(filter.toTxnSeq(), txnSeq));
  }
}
