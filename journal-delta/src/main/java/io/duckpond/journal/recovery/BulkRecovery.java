package io.duckpond.journal.recovery;

import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.Supplier;
import org.apache.pekko.stream.javadsl.Source;

/**
 * All events of a table, partition by partition, for applications that start all of their actors at
 * once, or none: one scan instead of a query for each persistence id.
 *
 * <pre>
 *   keys of all files ─► ranges of ids, each as large as the memory allows
 *   range: all files, in parallel, only what lies within ─► by partition ─► decode ─► downstream
 *          the next range is read while this one is handed out; then no more until it is gone
 * </pre>
 *
 * A record is read once, or a second time if a range turns out larger than was thought. Every file
 * that may hold an id of a range is opened for that range: how often depends on the memory.
 */
public final class BulkRecovery {
  private BulkRecovery() {}

  /**
   * Returns a source of the partitions that {@code options} ask for, each once, in the order of ids
   * but for those that are decoded at the same time. What it hands out is the state after the last
   * transaction that is durable when it begins, whatever is written, compacted and removed
   * meanwhile; but an event that is deleted meanwhile may be left out. It fails with a {@code
   * DamageException} if anything that it reads is damaged. Nothing is read ahead beyond {@code
   * memoryBytes}.
   *
   * @param opening finds the table, once for each run of the source
   * @param readers runs all that blocks
   */
  public static Source<RecoveredPartition, RecoveryProgress> partitions(
      Supplier<? extends CompletionStage<? extends RecoverySource>> opening,
      RecoveryOptions options,
      Executor readers) {
    return Source.<RecoveryRun>maybe()
        .mapMaterializedValue(
            started -> {
              RecoveryRun run = new RecoveryRun(options, readers);
              started.complete(Optional.of(run));
              return run.progress();
            })
        .flatMapConcat(run -> Source.completionStage(opening.get()).flatMapConcat(run::partitions))
        .named("bulkRecovery");
  }
}
