package io.duckpond;

import io.duckpond.transaction.Workspace;
import java.io.IOException;
import java.lang.ref.WeakReference;
import java.time.Clock;
import java.util.Iterator;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedQueue;

/** Opens a pond's transactions, runs functions in them, and frees those whose time is up. */
final class Transactions {
  private final Pond pond;
  private final Clock clock;

  /** Those that time out, open or not. */
  private final ConcurrentLinkedQueue<WeakReference<PondTransaction>> timed =
      new ConcurrentLinkedQueue<>();

  Transactions(Pond pond, Clock clock) {
    this.pond = pond;
    this.clock = clock;
  }

  PondTransaction begin(Workspace workspace, TransactionOptions options) {
    sweep();
    if (options.isolation() == Isolation.SERIALIZABLE) {
      workspace.rememberReads();
    }
    Optional<Expiry> expiry = options.maxDuration().map(allowed -> Expiry.in(allowed, clock));
    Optional<SyncSchedule> autoSync =
        options.autoSync().map(schedule -> new SyncSchedule(schedule, clock));
    PondTransaction transaction = new PondTransaction(pond, workspace, expiry, autoSync);
    if (expiry.isPresent()) {
      timed.add(new WeakReference<>(transaction));
    }
    return transaction;
  }

  /** A transaction that nobody calls any more is freed when another one begins. */
  private void sweep() {
    for (Iterator<WeakReference<PondTransaction>> each = timed.iterator(); each.hasNext(); ) {
      PondTransaction transaction = each.next().get();
      if (transaction == null || transaction.sweep()) {
        each.remove();
      }
    }
  }

  <T> T transact(Pond.Change<T> change, int attempts, TransactionOptions options)
      throws IOException {
    if (attempts < 1) {
      throw new IllegalArgumentException("attempts: " + attempts);
    }
    if (options.autoSync().isPresent()) {
      throw new IllegalArgumentException("a function's changes are committed all at once");
    }
    for (int attempt = 1; ; attempt++) {
      try (Transaction transaction = pond.begin(options)) {
        T result = change.apply(transaction.root());
        if (commits(transaction, attempt < attempts)) {
          return result;
        }
      }
    }
  }

  /** Returns whether it is committed; if not, it may be tried again. */
  private static boolean commits(Transaction transaction, boolean again) throws IOException {
    try {
      transaction.commit();
      return true;
    } catch (ConflictException e) {
      if (!again) {
        throw e;
      }
      return false;
    }
  }
}
