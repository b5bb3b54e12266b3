package io.duckpond.journal;

import io.duckpond.journal.commit.CommitQueue;
import io.duckpond.journal.commit.CommitQueues;
import io.duckpond.journal.commit.Contribution;
import io.duckpond.journal.commit.Receipt;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.actor.AbstractExtensionId;
import org.apache.pekko.actor.ActorSystem;
import org.apache.pekko.actor.ExtendedActorSystem;
import org.apache.pekko.actor.Extension;

/** The journal's side door for owners of transactions: contributions in, receipts out. */
public final class GroupCommits implements Extension {
  private static final Id ID = new Id();

  private final ExtendedActorSystem system;

  private GroupCommits(ExtendedActorSystem system) {
    this.system = system;
  }

  /** Returns the extension of a system. */
  public static GroupCommits get(ActorSystem system) {
    return ID.get(system);
  }

  /**
   * Joins transaction {@code txnId} as one of its {@code participants}; the stage completes with
   * the receipt once the whole transaction is durable, or fails with {@code JournalException} if it
   * is not (a missing participant, a codec's refusal, an I/O error). The events go to the codec as
   * they are, past any event adapter. The stage completes on the committing thread: do not block
   * there.
   *
   * @param journalPluginId path of the journal's section, which is started if need be; empty for
   *     the system's default
   */
  public CompletionStage<Receipt> contribute(
      String journalPluginId, String txnId, int participants, Contribution contribution) {
    return queue(journalPluginId)
        .thenCompose(queue -> queue.contribute(txnId, participants, contribution));
  }

  /**
   * Returns the receipt of a transaction that is durable, if it is one of the last (as many as
   * {@code remembered-transactions}) of a journal that has started.
   */
  public Optional<Receipt> receipt(String journalPluginId, String txnId) {
    return started(journalPluginId).flatMap(queue -> queue.receipt(txnId));
  }

  /**
   * Fails a transaction that waits for a participant of which its owner knows that it will not
   * come, instead of letting it wait for {@code group-timeout}. Does nothing if the transaction is
   * complete, has ended or has not begun.
   */
  public void abandon(String journalPluginId, String txnId, RuntimeException cause) {
    started(journalPluginId).ifPresent(queue -> queue.abandon(txnId, cause));
  }

  private Optional<CommitQueue> started(String journalPluginId) {
    return CommitQueues.get(system).started(pluginId(journalPluginId));
  }

  private CompletionStage<CommitQueue> queue(String journalPluginId) {
    String pluginId = pluginId(journalPluginId);
    String plugin = system.settings().config().getString(pluginId + ".class");
    if (!plugin.equals(DeltaJournal.class.getName())) {
      throw new IllegalArgumentException(
          "[" + pluginId + "] is a " + plugin + " and knows no transactions");
    }
    return CommitQueues.get(system).start(pluginId);
  }

  private String pluginId(String journalPluginId) {
    return journalPluginId.isEmpty()
        ? system.settings().config().getString("pekko.persistence.journal.plugin")
        : journalPluginId;
  }

  private static final class Id extends AbstractExtensionId<GroupCommits> {
    @Override
    public GroupCommits createExtension(ExtendedActorSystem system) {
      return new GroupCommits(system);
    }
  }
}
