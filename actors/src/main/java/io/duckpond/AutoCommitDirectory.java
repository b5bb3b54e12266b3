package io.duckpond;

import io.duckpond.node.Entry;
import io.duckpond.transaction.Standpoint;
import io.duckpond.transaction.TreeWorkingDirectory;
import java.io.IOException;
import java.io.InputStream;

/**
 * A directory of the newest state: every call sees what is committed when it is made, and one that
 * changes something is a transaction of its own. Any thread.
 */
final class AutoCommitDirectory extends CalledDirectory {
  /** Every conflict means that somebody else has committed; who loses this often is told so. */
  private static final int ATTEMPTS = 1000;

  private final Pond pond;

  AutoCommitDirectory(Pond pond, Standpoint standpoint) {
    super(standpoint);
    this.pond = pond;
  }

  @Override
  WorkingDirectory at(Standpoint other) {
    return new AutoCommitDirectory(pond, other);
  }

  @Override
  <T> T read(Read<T> call) throws IOException {
    return call.in(TreeWorkingDirectory.of(pond.newest(), standpoint()));
  }

  @Override
  <T> T change(Change<T> call) throws IOException {
    for (int attempt = 1; ; attempt++) {
      try (PondTransaction transaction = pond.open(TransactionOptions.DEFAULT)) {
        T result = call.in(transaction.at(standpoint()));
        if (commits(transaction, attempt)) {
          return result;
        }
      }
    }
  }

  /** The bytes come once: another attempt reads them from the workspace of the one before. */
  @Override
  Entry.File write(Write call, InputStream bytes) throws IOException {
    PondTransaction transaction = pond.open(TransactionOptions.DEFAULT);
    try {
      Entry.File written = call.in(transaction.at(standpoint()), bytes);
      for (int attempt = 1; !commits(transaction, attempt); attempt++) {
        PondTransaction next = pond.open(TransactionOptions.DEFAULT);
        try (PondTransaction before = transaction;
            InputStream again = before.reread(written)) {
          transaction = next;
          written = call.in(transaction.at(standpoint()), again);
        }
      }
      return written;
    } finally {
      transaction.close();
    }
  }

  /** Returns whether it is committed; if not, it is to be tried again on a newer state. */
  private static boolean commits(PondTransaction transaction, int attempt) throws IOException {
    try {
      transaction.commit();
      return true;
    } catch (ConflictException e) {
      if (attempt >= ATTEMPTS) {
        throw e;
      }
      return false;
    }
  }
}
