package io.duckpond.journal;

import static org.assertj.core.api.Assertions.assertThat;

import io.duckpond.harness.Harness;
import io.duckpond.journal.JournalModel.Deletion;
import io.duckpond.journal.JournalModel.Entry;
import io.duckpond.journal.commit.PendingEvent;
import io.duckpond.journal.commit.Receipt;
import io.duckpond.journal.commit.SequenceRange;
import io.duckpond.journal.disk.SimulatedDisk;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import org.apache.pekko.actor.ActorSystem;
import org.apache.pekko.persistence.SnapshotMetadata;
import org.apache.pekko.persistence.SnapshotSelectionCriteria;

/**
 * One random life of a journal and a snapshot store: events alone and together, transactions over
 * several persistence ids, tags, deletions, snapshots, merges that forget what is deleted,
 * checkpoints and the removal of files. Before some of its operations on the disk the process ends,
 * and the next one must find what was acknowledged.
 */
final class JournalSimulation {
  static final List<String> IDS = List.of("a", "b", "c", "d");

  /** One crash point in so many leaves a table for other readers, if that is wanted. */
  private static final int SAMPLED = 100;

  private final Harness harness;
  private final Random random;
  private final ActorSystem system;
  private final Optional<SampledTables> samples;
  private final SimulatedDisk disk = new SimulatedDisk(SimulatedPlugins.CLOCK);
  private final JournalModel events = new JournalModel();
  private final JournalModel snapshots = new JournalModel();
  private final Map<String, Long> seqNrs = new HashMap<>();
  private boolean watched;
  private long groups;

  JournalSimulation(
      Harness harness, long seed, ActorSystem system, Optional<SampledTables> samples) {
    this.harness = harness;
    this.samples = samples;
    this.random = new Random(seed);
    this.system = system;
  }

  /** Lives through it, and ends at about every fourth operation. */
  void run() throws Exception {
    SimulatedPlugins plugins = SimulatedPlugins.create(disk, random, system);
    disk.beforeEach(this::before);
    watched = true;
    for (int step = 0; step < 40; step++) {
      step(plugins);
    }
    plugins.close();
    watched = false;
    harness.count("scripts", 1);
    check(disk.afterKill());
  }

  private void step(SimulatedPlugins plugins) {
    switch (random.nextInt(12)) {
      case 0, 1, 2 -> persist(plugins, id());
      case 3 -> group(plugins);
      case 4 -> delete(plugins, id());
      case 5, 6 -> save(plugins, id());
      case 7 -> forget(plugins, id());
      case 8 -> plugins.threads.run();
      case 9 -> plugins.maintain(random.nextBoolean());
      default -> plugins.flush();
    }
  }

  private String id() {
    return IDS.get(random.nextInt(IDS.size()));
  }

  private List<Entry> entries(String id) {
    List<Entry> entries = new ArrayList<>();
    for (int count = 1 + random.nextInt(3); count > 0; count--) {
      long seqNr = seqNrs.merge(id, 1L, Long::sum);
      String text = id + seqNr + "-" + "x".repeat(random.nextInt(200));
      entries.add(new Entry(id, seqNr, text, random.nextBoolean()));
    }
    return entries;
  }

  private static List<PendingEvent> pending(List<Entry> entries) {
    return entries.stream()
        .map(
            entry ->
                new PendingEvent(
                    entry.partId(),
                    entry.seqNr(),
                    entry.text(),
                    "w",
                    "",
                    entry.tagged() ? List.of("tag") : List.of()))
        .toList();
  }

  private void persist(SimulatedPlugins plugins, String id) {
    List<Entry> entries = entries(id);
    events.submitted(
        entries, List.of(), plugins.journal.submit(pending(entries)).toCompletableFuture());
  }

  private void group(SimulatedPlugins plugins) {
    String name = "group-" + groups++;
    List<Entry> all = new ArrayList<>();
    CompletableFuture<Receipt> done = new CompletableFuture<>();
    List<String> participants = IDS.subList(0, 2 + random.nextInt(3));
    for (String id : participants) {
      List<Entry> entries = entries(id);
      all.addAll(entries);
      done =
          plugins.journal.join(name, participants.size(), pending(entries)).toCompletableFuture();
    }
    events.submitted(all, List.of(), done);
  }

  private void delete(SimulatedPlugins plugins, String id) {
    long highest = seqNrs.getOrDefault(id, 0L);
    if (highest > 0) {
      long upTo = 1 + random.nextInt(Math.toIntExact(highest));
      events.submitted(
          List.of(),
          List.of(new Deletion(id, upTo)),
          plugins.journal.delete(id, List.of(new SequenceRange(1, upTo))).toCompletableFuture());
    }
  }

  private void save(SimulatedPlugins plugins, String id) {
    long seqNr = 1 + random.nextInt(20);
    String text = "snapshot " + snapshots.submitted() + "y".repeat(random.nextInt(500));
    snapshots.submitted(
        List.of(new Entry(id, seqNr, text, false)),
        List.of(),
        plugins.store.save(new SnapshotMetadata(id, seqNr, 1), text).toCompletableFuture());
  }

  private void forget(SimulatedPlugins plugins, String id) {
    plugins.flush(); // a deletion is of what is stored, and reads that first
    long upTo = 1 + random.nextInt(20);
    if (!snapshots.after(snapshots.submitted()).of(id).headMap(upTo, true).isEmpty()) {
      snapshots.submitted(
          List.of(),
          List.of(new Deletion(id, upTo)),
          plugins
              .store
              .delete(id, SnapshotSelectionCriteria.create(upTo, Long.MAX_VALUE))
              .toCompletableFuture());
    }
  }

  private void before(String operation, Path path) {
    String name = String.valueOf(path.getFileName());
    if (operation.equals("link") && name.startsWith("merged-")) {
      harness.count("merged files", 1);
    } else if (operation.equals("delete") && name.endsWith(".parquet")) {
      harness.count("data files removed", 1);
    }
    if (!watched || random.nextInt(4) > 0) {
      return;
    }
    watched = false;
    harness.count("crash points", 1);
    boolean cut = random.nextInt(4) > 0;
    harness.count(cut ? "power cuts" : "kills", 1);
    try {
      check(cut ? disk.afterPowerCut(random) : disk.afterKill());
    } catch (Exception e) {
      throw new AssertionError("unreadable before " + operation + " " + path + ": " + e, e);
    }
    watched = true;
  }

  private void check(SimulatedDisk left) throws Exception {
    Optional<Path> sample = Optional.empty();
    if (samples.isPresent() && harness.counted("crash points") % SAMPLED == 0) {
      sample = Optional.of(samples.get().keep(left, SimulatedPlugins.JOURNAL));
    }
    try (SimulatedPlugins next = SimulatedPlugins.open(left, random, system)) {
      long stored = next.journalTable.head().txnSeq();
      assertThat(stored)
          .as("transactions of the journal")
          .isBetween((long) events.acknowledged(), (long) events.submitted());
      if (sample.isPresent()) {
        SampledTables.expect(sample.get(), stored);
      }
      next.checkEvents(events.after(stored));
      long saved = next.snapshotTable.head().txnSeq();
      assertThat(saved)
          .as("transactions of the snapshot store")
          .isBetween((long) snapshots.acknowledged(), (long) snapshots.submitted());
      next.checkSnapshots(snapshots.after(saved));
      next.writeOneMore(events.after(stored).highest("a") + 1);
      if (random.nextInt(20) == 0) {
        harness.count("tables checked", next.checkTables());
      }
    }
  }
}
