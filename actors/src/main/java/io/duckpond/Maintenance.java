package io.duckpond;

import io.duckpond.content.Collected;
import io.duckpond.content.ContentStore;
import io.duckpond.content.References;
import io.duckpond.journal.disk.DamageException;
import io.duckpond.journal.disk.Sha256;
import io.duckpond.journal.disk.Stopwatch;
import io.duckpond.oplog.LoggedEvent;
import io.duckpond.oplog.Oplog;
import io.duckpond.oplog.OplogEntry;
import io.duckpond.restore.ContentRoot;
import java.io.IOException;
import java.util.Set;
import java.util.function.Consumer;

/** One run of upkeep, in the process that holds the write lock. */
final class Maintenance {
  private final Pond pond;
  private final Oplog oplog;
  private final ContentStore contents;
  private final Progress progress;
  private final Stopwatch stopwatch;

  Maintenance(
      Pond pond, Oplog oplog, ContentStore contents, Progress progress, Stopwatch stopwatch) {
    this.pond = pond;
    this.oplog = oplog;
    this.contents = contents;
    this.progress = progress;
    this.stopwatch = stopwatch;
  }

  MaintenanceReport run(Set<MaintenanceTask> tasks) throws IOException {
    PondView view = pond.view();
    Sha256 root = ContentRoot.of(view.tree());
    Oplog.TableSize before = oplog.size();
    pond.threads().await(oplog.maintain(tasks));
    Collected collected =
        tasks.contains(MaintenanceTask.VACUUM)
            ? contents.collect(new Logged(), progress)
            : Collected.NOTHING;
    requireSame(root, pond.restore(view, RestoreMode.LOG, progress).contentRoot());
    return new MaintenanceReport(
        view.txnSeq(), before, oplog.size(), collected, root, stopwatch.elapsed());
  }

  private void requireSame(Sha256 before, Sha256 after) {
    if (!after.equals(before)) {
      throw new DamageException(
          pond.directory() + ": upkeep changed the content root from " + before + " to " + after);
    }
  }

  /** The large contents of all versions in the log. */
  private final class Logged implements References {
    private long seen;

    @Override
    public void all(Consumer<Sha256> sink) throws IOException {
      oplog.refresh();
      seen = oplog.txnSeq();
      Threads threads = pond.threads();
      oplog.replayAll(
          Long.MAX_VALUE, threads.work(), threads.parallelism(), event -> name(event, sink));
    }

    @Override
    public void fence(Consumer<Sha256> sink) throws IOException {
      oplog.fence();
      if (oplog.txnSeq() > seen) {
        oplog.replayTransactions(seen + 1, Long.MAX_VALUE, event -> name(event, sink));
      }
    }

    private static void name(LoggedEvent event, Consumer<Sha256> sink) {
      for (OplogEntry row : event.event().entries()) {
        if (row instanceof OplogEntry.LargeFile large) {
          sink.accept(large.sha256());
        }
      }
    }
  }
}
