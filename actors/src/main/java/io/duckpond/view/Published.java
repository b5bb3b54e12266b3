package io.duckpond.view;

import io.duckpond.directory.DirectoryState;
import org.jspecify.annotations.Nullable;

/**
 * A committed state of one directory: what it holds from transaction {@link #txnSeq} on, until the
 * next one that changed it. States of one directory form a chain, newest first, of which only the
 * end is ever cut off.
 */
public final class Published {
  private final long txnSeq;
  private final long timestampMicros;
  private final DirectoryState state;

  /** States that only readers before it could see are cut off already. */
  private final long keptFrom;

  private volatile @Nullable Published previous;

  private Published(
      long txnSeq,
      long timestampMicros,
      DirectoryState state,
      @Nullable Published previous,
      long keptFrom) {
    this.txnSeq = txnSeq;
    this.timestampMicros = timestampMicros;
    this.state = state;
    this.previous = previous;
    this.keptFrom = keptFrom;
  }

  /** A state that was read from the log: the last one that transaction {@code txnSeq} made. */
  public static Published loaded(long txnSeq, long timestampMicros, DirectoryState state) {
    return new Published(txnSeq, timestampMicros, state, null, txnSeq);
  }

  /**
   * Returns the head of a longer chain, from whose end is cut what no reader of {@code oldestPin}
   * or a later transaction can see.
   */
  static Published after(
      @Nullable Published before,
      long txnSeq,
      long timestampMicros,
      DirectoryState state,
      long oldestPin) {
    Published head = new Published(txnSeq, timestampMicros, state, before, oldestPin);
    // The oldest reader may stay for long: then the chain grows, but is not walked every time.
    if (before != null && before.keptFrom != oldestPin) {
      head.forgetBefore(oldestPin);
    }
    return head;
  }

  /** Returns the transaction that made this state. */
  public long txnSeq() {
    return txnSeq;
  }

  /** Returns that transaction's time, microseconds since the epoch. */
  public long timestampMicros() {
    return timestampMicros;
  }

  /** Returns what the directory held. */
  public DirectoryState state() {
    return state;
  }

  /** Returns the state that a reader of {@code pin} sees, or null if it is no longer kept. */
  @Nullable Published asOf(long pin) {
    Published seen = this;
    while (seen != null && seen.txnSeq > pin) {
      seen = seen.previous;
    }
    return seen;
  }

  private void forgetBefore(long oldestPin) {
    Published last = asOf(oldestPin);
    if (last != null) {
      last.previous = null;
    }
  }
}
