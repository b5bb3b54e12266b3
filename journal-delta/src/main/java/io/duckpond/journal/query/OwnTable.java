package io.duckpond.journal.query;

import io.duckpond.journal.arrow.RecordCodec;
import io.duckpond.journal.attachment.EventReader;
import io.duckpond.journal.commit.CommitQueue;
import io.duckpond.journal.disk.JournalException;
import io.duckpond.journal.table.TableVersion;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** The table that a journal of this system writes: commits tell of themselves. */
record OwnTable(CommitQueue queue, Deletions deletions) implements EventTable {

  @Override
  public EventReader events() {
    return queue.events();
  }

  @Override
  public RecordCodec records() {
    return queue.recordCodec();
  }

  @Override
  public CompletionStage<TableVersion> newest() {
    return queue.isClosed()
        ? CompletableFuture.failedFuture(
            JournalException.notStored(
                "the journal that is queried has stopped", new IllegalStateException("closed")))
        : queue.readable();
  }

  @Override
  public CompletionStage<TableVersion> known() {
    return newest();
  }

  @Override
  public Runnable watch(Runnable changed) {
    return queue.watch(changed);
  }
}
