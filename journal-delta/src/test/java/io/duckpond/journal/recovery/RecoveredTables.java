package io.duckpond.journal.recovery;

import io.duckpond.journal.arrow.InnerRow;
import io.duckpond.journal.arrow.RecordCodec;
import io.duckpond.journal.arrow.StreamMerger;
import io.duckpond.journal.commit.CommitQueue;
import io.duckpond.journal.commit.CommitSettings;
import io.duckpond.journal.commit.PendingEvent;
import io.duckpond.journal.commit.Receipt;
import io.duckpond.journal.commit.SequenceRange;
import io.duckpond.journal.commit.SequenceRule;
import io.duckpond.journal.commit.TextCodec;
import io.duckpond.journal.disk.Disk;
import io.duckpond.journal.disk.Machine;
import io.duckpond.journal.table.LogTable;
import io.duckpond.journal.table.PartIdRange;
import io.duckpond.journal.table.TableVersion;
import io.duckpond.journal.table.UpkeepSettings;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.apache.pekko.actor.ActorRef;
import org.apache.pekko.actor.ActorSystem;
import org.apache.pekko.persistence.PersistentRepr;
import org.apache.pekko.stream.javadsl.Sink;

/**
 * A table of texts that a test writes flush by flush, what it must recover to, and its recovery.
 */
final class RecoveredTables implements AutoCloseable, RecoverySource {
  private static final CommitSettings SETTINGS =
      new CommitSettings(
          Duration.ZERO,
          32 << 20,
          100_000,
          256 << 20,
          64 << 20,
          Duration.ofSeconds(30),
          SequenceRule.INCREASING,
          100_000,
          100);

  /** An event of the model: what it says, its sequence number and its transaction. */
  record Told(long seqNr, long txnSeq, String text) {}

  final ActorSystem system;
  final LogTable table;
  final TextCodec codec = new TextCodec();
  final Map<String, List<Told>> model = new TreeMap<>(PartIdRange.ORDER);
  final Map<String, Long> highest = new TreeMap<>(PartIdRange.ORDER);
  final Map<String, List<Told>> deletions = new TreeMap<>(PartIdRange.ORDER);
  private final CommitQueue queue;
  private final Deque<Runnable> tasks = new ArrayDeque<>();
  private final List<Runnable> onceStored = new ArrayList<>();

  RecoveredTables(ActorSystem system, Disk disk, Path directory) throws IOException {
    this.system = system;
    LogTable.create(disk, directory, Map.of()).close();
    this.table =
        LogTable.open(
            Machine.with(disk),
            directory,
            new UpkeepSettings(
                Optional.of(new StreamMerger(codec)), 0, 30_000, /* retention= */ Duration.ZERO));
    this.queue =
        new CommitQueue(
            table, codec, SETTINGS, Clock.systemUTC(), tasks::add, (delay, task) -> () -> {});
  }

  /** Queues an event, which the next flush stores. */
  void tell(String partId, String text) {
    long seqNr = highest.merge(partId, 1L, Long::sum);
    CompletableFuture<Receipt> stored =
        queue
            .submit(List.of(new PendingEvent(partId, seqNr, text, "w", "", List.of())))
            .toCompletableFuture();
    onceStored.add(
        () ->
            model
                .computeIfAbsent(partId, id -> new ArrayList<>())
                .add(new Told(seqNr, stored.join().txnSeq(), text)));
  }

  void delete(String partId, long to) {
    CompletableFuture<Receipt> stored =
        queue.delete(partId, List.of(new SequenceRange(1, to))).toCompletableFuture();
    onceStored.add(
        () ->
            deletions
                .computeIfAbsent(partId, id -> new ArrayList<>())
                .add(new Told(to, stored.join().txnSeq(), "")));
  }

  void flush() {
    while (!tasks.isEmpty()) {
      tasks.remove().run();
    }
    onceStored.forEach(Runnable::run);
    onceStored.clear();
  }

  /** Merges all files, and removes what was merged. */
  void maintain() {
    table.maintain().toCompletableFuture().join();
  }

  /** Returns what is to be recovered of the whole table, as {@link #shown} says it. */
  List<String> expected() {
    return expected(0, PartIdRange.ALL);
  }

  List<String> expected(long fromTxnSeq, PartIdRange range) {
    List<String> expected = new ArrayList<>();
    model.forEach(
        (partId, events) -> {
          List<Told> wanted = since(fromTxnSeq, events);
          long deleted = last(since(fromTxnSeq, deletions.getOrDefault(partId, List.of())));
          long last = Math.max(last(wanted), deleted);
          if (range.holds(partId) && last > 0) {
            expected.add(
                partId
                    + " "
                    + last
                    + " "
                    + wanted.stream()
                        .filter(event -> event.seqNr() > deleted)
                        .map(event -> event.seqNr() + ":" + event.text())
                        .toList());
          }
        });
    return expected;
  }

  private static List<Told> since(long fromTxnSeq, List<Told> told) {
    return told.stream().filter(event -> event.txnSeq() >= fromTxnSeq).toList();
  }

  private static long last(List<Told> told) {
    return told.stream().mapToLong(Told::seqNr).max().orElse(0);
  }

  static String shown(RecoveredPartition partition) {
    return partition.persistenceId()
        + " "
        + partition.highestSequenceNr()
        + " "
        + partition.events().stream().map(e -> e.sequenceNr() + ":" + e.payload()).toList();
  }

  List<String> recovered(RecoveryOptions options) throws Exception {
    return BulkRecovery.partitions(
            () -> CompletableFuture.completedFuture(this), options, system.dispatcher())
        .runWith(Sink.seq(), system)
        .toCompletableFuture()
        .get(60, TimeUnit.SECONDS)
        .stream()
        .map(RecoveredTables::shown)
        .toList();
  }

  @Override
  public RecordCodec records() {
    return queue.recordCodec();
  }

  @Override
  public List<PersistentRepr> events(List<InnerRow> rows) {
    InnerRow row = rows.get(0);
    return List.of(
        PersistentRepr.apply(
            codec.decode(rows),
            row.seqNr(),
            row.partId(),
            row.manifest(),
            false,
            ActorRef.noSender(),
            row.writer()));
  }

  @Override
  public CompletionStage<TableVersion> newest() {
    return CompletableFuture.completedFuture(table.head());
  }

  @Override
  public void close() {
    queue.close();
    table.close();
  }
}
