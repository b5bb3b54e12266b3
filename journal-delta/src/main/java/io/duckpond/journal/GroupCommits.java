package io.duckpond.journal;

import io.duckpond.journal.commit.Contribution;
import io.duckpond.journal.commit.Receipt;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.actor.ActorSystem;
import org.apache.pekko.actor.Extension;

/** The journal's side door for owners of transactions: contributions in, receipts out. */
public final class GroupCommits implements Extension {

  private GroupCommits() {}

  /** Returns the extension of a system. */
  public static GroupCommits get(ActorSystem system) {
    throw new IllegalStateException("contract");
  }

  /**
   * Joins transaction {@code txnId} as one of its {@code participants}; the stage completes with
   * the receipt once the whole transaction is durable, or fails with {@code JournalException} if it
   * is not (a missing participant, a codec's refusal, an I/O error).
   */
  public CompletionStage<Receipt> contribute(
      String journalPluginId, String txnId, int participants, Contribution contribution) {
    throw new IllegalStateException("contract");
  }
}
