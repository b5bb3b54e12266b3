package io.duckpond.journal.query;

import java.util.Comparator;
import org.apache.pekko.persistence.query.NoOffset;
import org.apache.pekko.persistence.query.Offset;
import org.apache.pekko.persistence.query.Sequence;

/**
 * Where an event stands in the order of commits: the number of its transaction, then its place
 * among the events of that. No two events of a table share one, and it never changes. A query from
 * an offset begins after it: handing back the offset of the last event goes on with the next.
 *
 * <p>It has a Pekko serializer, {@link CommitOffsetSerializer}.
 */
public final class CommitOffset extends Offset implements Comparable<CommitOffset> {
  /** Before all events. */
  public static final CommitOffset START = afterTransaction(0);

  private static final Comparator<CommitOffset> ORDER =
      Comparator.comparingLong(CommitOffset::txnSeq).thenComparingInt(CommitOffset::index);

  private final long txnSeq;
  private final int index;

  private CommitOffset(long txnSeq, int index) {
    if (txnSeq < 0 || index < 0) {
      throw new IllegalArgumentException("no offset: [" + txnSeq + "] [" + index + "]");
    }
    this.txnSeq = txnSeq;
    this.index = index;
  }

  /**
   * Returns an offset.
   *
   * @param txnSeq number of the transaction, from 1
   * @param index number of the event in it, from 0
   */
  public static CommitOffset of(long txnSeq, int index) {
    return new CommitOffset(txnSeq, index);
  }

  /** Returns the offset after all events of a transaction. */
  public static CommitOffset afterTransaction(long txnSeq) {
    return new CommitOffset(txnSeq, Integer.MAX_VALUE);
  }

  /**
   * Returns what an application's offset stands for: {@link NoOffset} for {@link #START}, and
   * {@link Sequence} for {@link #afterTransaction}.
   *
   * @throws IllegalArgumentException if it is of another kind
   */
  static CommitOffset from(Offset offset) {
    if (offset instanceof CommitOffset commit) {
      return commit;
    }
    if (offset instanceof Sequence sequence) {
      return afterTransaction(sequence.value());
    }
    if (offset == NoOffset.getInstance()) {
      return START;
    }
    throw new IllegalArgumentException(
        "no offset of a delta journal: [" + offset + "] of " + offset.getClass().getName());
  }

  /** Returns the number of the transaction; 0 before the first. */
  public long txnSeq() {
    return txnSeq;
  }

  /** Returns the number of the event in its transaction. */
  public int index() {
    return index;
  }

  @Override
  public int compareTo(CommitOffset other) {
    return ORDER.compare(this, other);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof CommitOffset that && compareTo(that) == 0;
  }

  @Override
  public int hashCode() {
    return 31 * Long.hashCode(txnSeq) + index;
  }

  @Override
  public String toString() {
    return index == Integer.MAX_VALUE
        ? "CommitOffset(after " + txnSeq + ")"
        : "CommitOffset(" + txnSeq + ", " + index + ")";
  }
}
