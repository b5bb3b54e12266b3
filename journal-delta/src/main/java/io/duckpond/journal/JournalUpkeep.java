package io.duckpond.journal;

import io.duckpond.journal.commit.CommitQueue;
import io.duckpond.journal.commit.CommitQueues;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.actor.ClassicActorSystemProvider;

/**
 * Upkeep of a journal or a snapshot store on request, as before a backup or in a quiet hour. What
 * goes on by itself, by the plugin's configuration, goes on all the same. Any thread.
 */
public final class JournalUpkeep {
  private JournalUpkeep() {}

  /**
   * What a plugin's table is after upkeep.
   *
   * @param version of the Delta table
   * @param txnSeq its last transaction
   * @param files data files that it lists
   * @param bytes of them
   */
  public record Report(long version, long txnSeq, int files, long bytes) {}

  /**
   * Merges all data files into as few as there can be, writes a checkpoint, and removes log entries
   * and merged files that nobody needs any more. Completes when that is done; writes and reads go
   * on meanwhile, and see the same events. Fails, with nothing lost, if the journal cannot start or
   * the disk fails.
   *
   * @param pluginId path of the journal's section, such as {@code pekko.persistence.delta.journal}
   */
  public static CompletionStage<Report> run(ClassicActorSystemProvider system, String pluginId) {
    return report(CommitQueues.get(system.classicSystem()).start(pluginId));
  }

  /**
   * The same for a snapshot store: whose deleted snapshots are gone then, but for the time that
   * merged files stay on disk.
   *
   * @param pluginId path of the store's section, such as {@code pekko.persistence.delta.snapshot}
   */
  public static CompletionStage<Report> runSnapshots(
      ClassicActorSystemProvider system, String pluginId) {
    return report(CommitQueues.get(system.classicSystem()).startSnapshots(pluginId));
  }

  private static CompletionStage<Report> report(CompletionStage<CommitQueue> queue) {
    return queue
        .thenCompose(CommitQueue::maintain)
        .thenApply(
            table -> new Report(table.version(), table.txnSeq(), table.files(), table.bytes()));
  }
}
