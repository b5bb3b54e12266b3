package io.duckpond.journal.recovery;

import io.duckpond.journal.disk.JournalException;
import io.duckpond.journal.table.PartIdRange;
import io.duckpond.journal.table.RecordKind;
import io.duckpond.journal.table.ScanRequest;
import io.duckpond.journal.table.TableVersion;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.NoSuchFileException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.pekko.NotUsed;
import org.apache.pekko.japi.Pair;
import org.apache.pekko.stream.OverflowStrategy;
import org.apache.pekko.stream.javadsl.Source;

/**
 * One run of a recovery. The stream takes one step after another: of a range being handed out, one
 * that waits, and one that is being read, no more than two exist at a time.
 */
final class RecoveryRun {
  /** Files may be rewritten while a range is read; then it is read again from a newer version. */
  private static final int ATTEMPTS = 5;

  private static final int LARGEST_PIECE = 512 << 10;

  /** Compressed bytes become about as many. */
  private static final int FIRST_GUESS = 4;

  private final RecoveryOptions options;
  private final Executor readers;
  private final RecoveryProgress progress = new RecoveryProgress();
  private final AtomicBoolean cancelled = new AtomicBoolean();
  private final KeySample sample = new KeySample();
  private final long stretchBytes;
  private final long pieceBytes;

  // Written by one step, read by the next.
  private volatile long toTxnSeq;
  private volatile long bytesPerRow = 1;

  RecoveryRun(RecoveryOptions options, Executor readers) {
    this.options = options;
    this.readers = readers;
    this.stretchBytes = Math.max(1, options.memoryBytes() / 3);
    this.pieceBytes =
        Math.max(1, Math.min(LARGEST_PIECE, stretchBytes / (4L * options.parallelism())));
  }

  RecoveryProgress progress() {
    return progress;
  }

  Source<RecoveredPartition, NotUsed> partitions(RecoverySource source) {
    return Source.completionStage(source.newest().thenApplyAsync(reading(this::survey), readers))
        .flatMapConcat(surveyed -> stretches(source))
        .buffer(1, OverflowStrategy.backpressure())
        .mapConcat(stretch -> stretch.pieces(pieceBytes))
        .mapAsyncUnordered(
            options.parallelism(),
            piece -> CompletableFuture.supplyAsync(() -> decode(piece, source), readers))
        .mapConcat(decoded -> decoded)
        .map(this::handOut)
        .watchTermination(
            (unused, done) -> {
              CompletionStage<?> ended = done.whenComplete((any, failure) -> cancelled.set(true));
              return unused;
            });
  }

  /** Looks through the keys, without the events. */
  private boolean survey(TableVersion version) throws IOException {
    toTxnSeq = version.txnSeq();
    ScanRequest keys = request(options.persistenceIds()).withoutContent();
    version.scanParallel(keys, readers, options.parallelism(), sample::add);
    sample.sort();
    long bytes = version.bytesFor(keys);
    bytesPerRow = Math.max(1, bytes * FIRST_GUESS / Math.max(1, sample.rows()));
    progress.total(sample.rows(), bytes);
    return true;
  }

  private ScanRequest request(PartIdRange range) {
    return ScanRequest.of(RecordKind.EVENT, RecordKind.DELETION)
        .within(range)
        .transactions(options.fromTxnSeq(), toTxnSeq);
  }

  private Source<Stretch, NotUsed> stretches(RecoverySource source) {
    return Source.unfoldAsync(
        Optional.of(options.persistenceIds().from()),
        next ->
            next.isEmpty()
                ? CompletableFuture.completedFuture(Optional.empty())
                : read(source, next.get(), ATTEMPTS)
                    .thenApply(read -> Optional.of(Pair.create(following(read), read))));
  }

  /** Returns where the next stretch begins. */
  private Optional<String> following(Stretch read) {
    bytesPerRow = read.bytesPerRow();
    return read.range().to().equals(options.persistenceIds().to())
        ? Optional.empty()
        : read.range().to();
  }

  private CompletionStage<Stretch> read(RecoverySource source, String from, int attempts) {
    long wanted = stretchBytes * 3 / 4 / bytesPerRow;
    Optional<String> to = sample.after(from, wanted).or(() -> options.persistenceIds().to());
    Stretch stretch = new Stretch(new PartIdRange(from, to), stretchBytes, progress, cancelled);
    return source
        .newest()
        .thenApplyAsync(reading(version -> fill(stretch, version)), readers)
        .exceptionallyCompose(
            failure -> {
              stretch.clear();
              return attempts > 1 && isRewritten(failure)
                  ? read(source, from, attempts - 1)
                  : CompletableFuture.failedFuture(failure);
            });
  }

  private Stretch fill(Stretch stretch, TableVersion version) throws IOException {
    version.scanParallel(request(stretch.range()), readers, options.parallelism(), stretch::add);
    return stretch;
  }

  /** Nothing of the stretch has been handed out, so a newer version will do as well. */
  private static boolean isRewritten(Throwable failure) {
    Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
    return cause instanceof JournalException && cause.getCause() instanceof NoSuchFileException;
  }

  private List<StoredPartition.Decoded> decode(List<StoredPartition> piece, RecoverySource source) {
    return piece.stream()
        .map(partition -> partition.decode(source, options.fromTxnSeq(), toTxnSeq))
        .toList();
  }

  private RecoveredPartition handOut(StoredPartition.Decoded decoded) {
    progress.hold(-decoded.bytes());
    progress.handedOut(decoded.partition().events().size(), decoded.rows());
    return decoded.partition();
  }

  /** What reads a version, as a function that stages take. */
  @FunctionalInterface
  private interface Reading<T> {
    T of(TableVersion version) throws IOException;
  }

  private static <T> java.util.function.Function<TableVersion, T> reading(Reading<T> reading) {
    return version -> {
      try {
        return reading.of(version);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    };
  }
}
