package io.duckpond.journal;

import static org.assertj.core.api.Assertions.assertThat;

import io.duckpond.journal.JournalModel.Entry;
import io.duckpond.journal.arrow.StreamMerger;
import io.duckpond.journal.check.CheckDepth;
import io.duckpond.journal.check.TableCheck;
import io.duckpond.journal.commit.CommitQueue;
import io.duckpond.journal.commit.CommitSettings;
import io.duckpond.journal.commit.PendingEvent;
import io.duckpond.journal.commit.SequenceRule;
import io.duckpond.journal.commit.TextCodec;
import io.duckpond.journal.disk.Machine;
import io.duckpond.journal.disk.SimulatedDisk;
import io.duckpond.journal.table.LaterThreads;
import io.duckpond.journal.table.LogTable;
import io.duckpond.journal.table.RecordCursor;
import io.duckpond.journal.table.RecordKind;
import io.duckpond.journal.table.RecordMerger;
import io.duckpond.journal.table.ScanRequest;
import io.duckpond.journal.table.TableVersion;
import io.duckpond.journal.table.UpkeepSettings;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.apache.pekko.actor.ActorSystem;
import org.apache.pekko.persistence.SelectedSnapshot;
import org.apache.pekko.persistence.SnapshotSelectionCriteria;

/** A journal and a snapshot store on a simulated disk, whose threads the test drives. */
final class SimulatedPlugins implements AutoCloseable {
  static final Clock CLOCK = Clock.fixed(Instant.parse("2024-01-01T00:00:00Z"), ZoneOffset.UTC);
  static final Path JOURNAL = Path.of("/data/journal");
  private static final Path SNAPSHOTS = Path.of("/data/snapshots");

  final LaterThreads threads = new LaterThreads();
  final LogTable journalTable;
  final LogTable snapshotTable;
  final CommitQueue journal;
  final SnapshotTable store;
  private final Machine machine;
  private final StoredEvents events;
  private final Deque<Runnable> tasks = new ArrayDeque<>();

  private SimulatedPlugins(SimulatedDisk disk, Random random, ActorSystem system, boolean create)
      throws IOException {
    machine = new Machine(disk, CLOCK, new Random(random.nextLong()), threads);
    if (create) {
      Map<String, String> soon = Map.of(LogTable.CHECKPOINT_INTERVAL, "5");
      LogTable.create(machine, JOURNAL, soon).close();
      LogTable.create(
              machine,
              SNAPSHOTS,
              Map.of(LogTable.CHECKPOINT_INTERVAL, "5", LogTable.APPEND_ONLY, "false"))
          .close();
    }
    SnapshotCodec snapshotCodec = new SnapshotCodec(system);
    journalTable =
        LogTable.open(machine, JOURNAL, upkeep(random, new StreamMerger(new TextCodec())));
    snapshotTable =
        LogTable.open(machine, SNAPSHOTS, upkeep(random, new SnapshotMerger()).forgettingDeleted());
    journal =
        new CommitQueue(
            journalTable,
            new TextCodec(),
            settings(SequenceRule.INCREASING),
            CLOCK,
            tasks::add,
            (delay, task) -> () -> {});
    store =
        new SnapshotTable(
            new CommitQueue(
                snapshotTable,
                snapshotCodec,
                settings(SequenceRule.FREE),
                CLOCK,
                tasks::add,
                (delay, task) -> () -> {}),
            snapshotCodec,
            Runnable::run);
    events = new StoredEvents(journal.events(), journal.recordCodec(), SequenceRule.GAPLESS);
  }

  /** Makes the tables, and opens them. */
  static SimulatedPlugins create(SimulatedDisk disk, Random random, ActorSystem system)
      throws IOException {
    return new SimulatedPlugins(disk, random, system, true);
  }

  /** Opens the tables that a process has left. */
  static SimulatedPlugins open(SimulatedDisk disk, Random random, ActorSystem system)
      throws IOException {
    return new SimulatedPlugins(disk, random, system, false);
  }

  private static UpkeepSettings upkeep(Random random, RecordMerger merger) {
    return new UpkeepSettings(
            Optional.of(merger),
            2 + random.nextInt(3),
            1 + random.nextInt(4_000),
            random.nextInt(4) == 0 ? Duration.ofHours(1) : Duration.ZERO)
        .remembering(random.nextInt(3) == 0 ? 1 << 20 : 0);
  }

  private static CommitSettings settings(SequenceRule rule) {
    return new CommitSettings(
        Duration.ZERO, 1 << 20, 1_000, 1 << 20, 16 << 20, Duration.ofSeconds(30), rule, 100, 100);
  }

  /** Runs what was handed to the committing thread. */
  void flush() {
    while (!tasks.isEmpty()) {
      tasks.remove().run();
    }
  }

  /** Has one of the tables merged as far as can be. */
  void maintain(boolean ofSnapshots) {
    (ofSnapshots ? snapshotTable : journalTable).maintain();
    threads.run();
  }

  void checkEvents(JournalModel.State expected) throws IOException {
    TableVersion version = journalTable.head();
    for (String id : JournalSimulation.IDS) {
      List<String> found = new ArrayList<>();
      events.replay(
          version,
          id,
          1,
          Long.MAX_VALUE,
          Long.MAX_VALUE,
          event -> found.add(event.sequenceNr() + " " + event.payload()));
      assertThat(found)
          .as("events of " + id)
          .containsExactlyElementsOf(
              expected.of(id).values().stream()
                  .map(entry -> entry.seqNr() + " " + entry.text())
                  .toList());
      assertThat(StoredEvents.highest(version, id, 0))
          .as("highest of " + id)
          .isEqualTo(expected.highest(id));
    }
    assertThat(taggedInOrder(version, expected))
        .as("tagged events in the order of commits")
        .containsExactlyElementsOf(
            expected.order().stream().filter(Entry::tagged).map(Entry::text).toList());
  }

  private List<String> taggedInOrder(TableVersion version, JournalModel.State expected)
      throws IOException {
    record Found(long txnSeq, int index, String text) {}
    List<Found> found = new ArrayList<>();
    try (RecordCursor cursor = version.scan(ScanRequest.of(RecordKind.EVENT))) {
      while (cursor.next()) {
        journal
            .recordCodec()
            .decode(
                cursor.record(),
                row -> {
                  if (row.tags().contains("tag")
                      && expected.of(row.partId()).containsKey(row.seqNr())) {
                    String text = String.valueOf(row.values().get(0));
                    found.add(new Found(row.txnSeq(), row.txnIndex(), text));
                  }
                });
      }
    }
    return found.stream()
        .sorted(Comparator.comparingLong(Found::txnSeq).thenComparingInt(Found::index))
        .map(Found::text)
        .toList();
  }

  void checkSnapshots(JournalModel.State expected) {
    for (String id : JournalSimulation.IDS) {
      for (long most : new long[] {Long.MAX_VALUE, 10}) {
        Optional<SelectedSnapshot> found =
            store
                .load(id, SnapshotSelectionCriteria.create(most, Long.MAX_VALUE))
                .toCompletableFuture()
                .join();
        Map.Entry<Long, Entry> newest = expected.of(id).floorEntry(most);
        assertThat(found.map(SelectedSnapshot::snapshot))
            .as("snapshot of " + id)
            .isEqualTo(Optional.ofNullable(newest).map(entry -> entry.getValue().text()));
      }
    }
  }

  /** The next process goes on where the one before has ended. */
  void writeOneMore(long seqNr) {
    var done =
        journal
            .submit(List.of(new PendingEvent("a", seqNr, "one more", "w", "", List.of())))
            .toCompletableFuture();
    flush();
    assertThat(done).isCompleted();
  }

  /** Returns how many were found sound. */
  int checkTables() throws IOException {
    for (Path table : List.of(JOURNAL, SNAPSHOTS)) {
      assertThat(
              new TableCheck(machine, table)
                  .depth(CheckDepth.EVERY_BYTE).run(Runnable::run, 1).findings().stream()
                      .filter(finding -> finding.damage()))
          .isEmpty();
    }
    return 2;
  }

  @Override
  public void close() {
    journal.close();
    store.queue().close();
    journalTable.close();
    snapshotTable.close();
  }
}
