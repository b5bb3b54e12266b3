package io.duckpond.query;

import io.duckpond.Pond;
import io.duckpond.Transaction;
import java.io.IOException;

/** The committed state of a pond with what a transaction would make of it. */
record PendingState(Pond pond, Transaction transaction) implements PondSource {

  @Override
  public PondState state() throws IOException {
    var log = pond.oplog();
    return new PondState(
        log,
        log.txnSeq(),
        WalkedTree.of(transaction.root(), log.txnSeq()),
        transaction.pendingRows(),
        files());
  }

  @Override
  public PondFiles files() {
    return new PondFiles(transaction.root(), transaction.tree());
  }
}
