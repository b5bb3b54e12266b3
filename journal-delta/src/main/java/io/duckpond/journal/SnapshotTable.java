package io.duckpond.journal;

import io.duckpond.journal.commit.CommitQueue;
import io.duckpond.journal.commit.PendingEvent;
import io.duckpond.journal.commit.SequenceRange;
import io.duckpond.journal.table.TableVersion;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import org.apache.pekko.persistence.SelectedSnapshot;
import org.apache.pekko.persistence.SnapshotMetadata;
import org.apache.pekko.persistence.SnapshotSelectionCriteria;

/** The snapshot store's work, free of actors. */
final class SnapshotTable {
  private final CommitQueue queue;
  private final SnapshotCodec codec;
  private final Executor readers;

  SnapshotTable(CommitQueue queue, SnapshotCodec codec, Executor readers) {
    this.queue = queue;
    this.codec = codec;
    this.readers = readers;
  }

  CommitQueue queue() {
    return queue;
  }

  CompletionStage<Optional<SelectedSnapshot>> load(
      String partId, SnapshotSelectionCriteria criteria) {
    return queue
        .settled(partId)
        .thenApplyAsync(
            version -> {
              try {
                return find(version, partId, criteria)
                    .newest()
                    .map(row -> codec.decode(List.of(row)))
                    .map(stored -> new SelectedSnapshot(stored.metadata(), stored.snapshot()));
              } catch (IOException e) {
                throw new UncheckedIOException(e);
              }
            },
            readers);
  }

  CompletionStage<Void> save(SnapshotMetadata metadata, Object snapshot) {
    if (metadata.sequenceNr() < 1) {
      // Sequence number 0 is the log's way to say that there is none.
      return CompletableFuture.failedFuture(
          new IllegalArgumentException(
              "partition ["
                  + metadata.persistenceId()
                  + "]: a snapshot before the first event cannot be saved"));
    }
    try {
      return queue
          .submit(
              List.of(
                  new PendingEvent(
                      metadata.persistenceId(),
                      metadata.sequenceNr(),
                      new StoredSnapshot(metadata, snapshot),
                      "",
                      "",
                      List.of())))
          .thenApply(receipt -> null);
    } catch (RuntimeException refusal) {
      return CompletableFuture.failedFuture(refusal);
    }
  }

  /** Deletes what the criteria select now; what is saved later stays. */
  CompletionStage<Void> delete(String partId, SnapshotSelectionCriteria criteria) {
    return queue
        .settled(partId)
        .thenApplyAsync(
            version -> {
              try {
                return find(version, partId, criteria).selected();
              } catch (IOException e) {
                throw new UncheckedIOException(e);
              }
            },
            readers)
        .thenCompose(
            selected ->
                selected.isEmpty()
                    ? CompletableFuture.completedFuture(null)
                    : queue
                        .delete(
                            partId,
                            selected.stream().map(seq -> new SequenceRange(seq, seq)).toList())
                        .thenApply(receipt -> null));
  }

  private StoredSnapshots find(
      TableVersion version, String partId, SnapshotSelectionCriteria criteria) throws IOException {
    return new StoredSnapshots(version, queue.recordCodec(), partId, criteria);
  }
}
