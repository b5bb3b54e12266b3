package io.duckpond;

import java.time.Duration;
import java.util.Optional;

/**
 * How a transaction is opened. Start at {@link #DEFAULT}.
 *
 * @param maxDuration after which every call refuses with {@link TransactionExpiredException}
 * @param autoSync when it commits of itself
 */
public record TransactionOptions(
    Isolation isolation, Optional<Duration> maxDuration, Optional<AutoSync> autoSync) {

  /** Snapshot isolation, no time-out, committed when asked to. */
  public static final TransactionOptions DEFAULT =
      new TransactionOptions(Isolation.SNAPSHOT, Optional.empty(), Optional.empty());

  /**
   * When a transaction commits of itself: on the first call at which the last commit is {@code
   * every} ago or {@code maxDirtyNodes} nodes have uncommitted changes, whichever comes first.
   */
  public record AutoSync(Duration every, int maxDirtyNodes) {
    public AutoSync {
      if (every.isNegative() || every.isZero() || maxDirtyNodes < 1) {
        throw new IllegalArgumentException(
            "not a period and a number of nodes: " + every + ", " + maxDirtyNodes);
      }
    }
  }

  public TransactionOptions {
    if (maxDuration.filter(given -> given.isNegative() || given.isZero()).isPresent()) {
      throw new IllegalArgumentException("not a duration to allow: " + maxDuration.get());
    }
  }

  /** Returns the same with {@link Isolation#SERIALIZABLE}. */
  public TransactionOptions serializable() {
    return new TransactionOptions(Isolation.SERIALIZABLE, maxDuration, autoSync);
  }

  /** Returns the same with a time-out, counted from the opening. */
  public TransactionOptions atMost(Duration duration) {
    return new TransactionOptions(isolation, Optional.of(duration), autoSync);
  }

  /**
   * Returns the same that commits of itself when it is due, looked at before each call through its
   * directories, and when it is closed. What a call throws that found it due is what {@link
   * Transaction#commit} throws; the call itself was not made. After a conflict it can be read, and
   * every further change that finds it due throws again. A savepoint that such a commit has passed
   * is stale.
   */
  public TransactionOptions autoSync(Duration every, int maxDirtyNodes) {
    return new TransactionOptions(
        isolation, maxDuration, Optional.of(new AutoSync(every, maxDirtyNodes)));
  }
}
