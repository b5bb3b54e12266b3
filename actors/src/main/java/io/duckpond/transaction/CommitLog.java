package io.duckpond.transaction;

import io.duckpond.journal.disk.Sha256;
import io.duckpond.node.NodeId;
import io.duckpond.oplog.CommitReceipt;
import io.duckpond.oplog.DirectoryEvent;
import io.duckpond.oplog.Staging;
import io.duckpond.oplog.TransactionRow;
import java.io.IOException;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.actor.typed.ActorSystem;

/** What the Committer needs of the log, beside the directories that persist their events. */
public interface CommitLog {

  /** Makes the large contents durable that a transaction refers to; may block on a disk. */
  void syncContents(Collection<Sha256> written) throws IOException;

  /**
   * Shows readers what the log holds beyond the newest published transaction; may block on a disk.
   * Needed when a failure left it open whether a transaction became durable.
   */
  void catchUp() throws IOException;

  /**
   * Joins a transaction as its last participant; completes once the whole of it is durable, and
   * fails if it is not.
   */
  CompletionStage<CommitReceipt> contribute(
      ActorSystem<?> system,
      DirectoryEvent.Group group,
      List<DirectoryEvent> newborn,
      Staging staging,
      TransactionRow description);

  /** Fails a transaction whose other participants will not all come. */
  void abandon(ActorSystem<?> system, DirectoryEvent.Group group, RuntimeException cause);

  /** Learns which directories a transaction changed, once readers see it; never blocks. */
  default void published(Collection<NodeId> directories) {}
}
