package io.duckpond;

import io.duckpond.node.Entry;
import io.duckpond.transaction.Standpoint;
import io.duckpond.transaction.TreeWorkingDirectory;
import java.io.IOException;
import java.io.InputStream;

/** A directory as a transaction sees it, for as long as that is open. */
final class TransactionDirectory extends CalledDirectory {
  private final PondTransaction transaction;

  TransactionDirectory(PondTransaction transaction, Standpoint standpoint) {
    super(standpoint);
    this.transaction = transaction;
  }

  @Override
  WorkingDirectory at(Standpoint other) {
    return new TransactionDirectory(transaction, other);
  }

  @Override
  <T> T read(Read<T> call) throws IOException {
    return transaction.read(workspace -> call.in(TreeWorkingDirectory.of(workspace, standpoint())));
  }

  @Override
  <T> T change(Change<T> call) throws IOException {
    return transaction.change(
        workspace -> call.in(TreeWorkingDirectory.of(workspace, standpoint())));
  }

  @Override
  Entry.File write(Write call, InputStream bytes) throws IOException {
    return change(directory -> call.in(directory, bytes));
  }
}
