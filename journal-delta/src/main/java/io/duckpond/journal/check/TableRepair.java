package io.duckpond.journal.check;

import io.duckpond.journal.disk.DamageException;
import io.duckpond.journal.disk.DiskEntry;
import io.duckpond.journal.disk.Machine;
import io.duckpond.journal.disk.Quarantine;
import io.duckpond.journal.engine.LogEntry;
import io.duckpond.journal.table.DataFile;
import io.duckpond.journal.table.DataFileRecords;
import io.duckpond.journal.table.JournalHead;
import io.duckpond.journal.table.PastVersion;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/**
 * Sets aside what is in a table's way; never deletes, and never touches what a sound version lists.
 * The caller holds the table's write lock. Interrupted at any point, it has made nothing worse, and
 * doing it again finishes it.
 *
 * <p>For one thread.
 */
public final class TableRepair {
  private final Machine machine;
  private final Path table;
  private final Quarantine quarantine;

  /** Of the table in a folder, whose files go to {@code quarantine}. */
  public TableRepair(Machine machine, Path table, Quarantine quarantine) {
    this.machine = machine;
    this.table = table;
    this.quarantine = quarantine;
  }

  /** What has to be done about a log, or why nothing can. */
  public sealed interface Plan {
    /** Nothing has to be given up. */
    record NoLoss() implements Plan {}

    /** Transactions have to be given up. */
    record Cut(Loss loss) implements Plan {}

    /** No repair can help; {@code reason} says why, and what can. */
    record Hopeless(String reason) implements Plan {}
  }

  /** Says what a repair of what a check has found would have to give up; changes nothing. */
  public Plan plan(TableReport report) throws IOException {
    LogState state = report.state();
    for (Finding finding : report.findings()) {
      if (finding.kind() == FindingKind.UNREADABLE) {
        return new Plan.Hopeless(
            finding.file() + " cannot be read: look after the disk first, nothing is given up");
      }
    }
    OptionalLong keep = state.sound();
    for (DamagedFile damaged : report.damagedFiles()) {
      Long added = state.addedBy().get(damaged.name());
      long version = added == null ? damaged.file().position().version() : added;
      if (keep.isPresent() && version <= keep.getAsLong()) {
        keep = OptionalLong.of(version - 1);
      }
    }
    if (keep.isEmpty()) {
      return new Plan.Hopeless(
          "no version of the log can be rebuilt: put its files back from a copy");
    }
    if (state.isSound() && keep.equals(state.sound())) {
      return new Plan.NoLoss();
    }
    JournalHead head = state.soundHeads().get(keep.getAsLong());
    if (head == null || head.txnSeq() == 0) {
      return new Plan.Hopeless(
          "the damage begins before anything that could stay: put the files back from a copy");
    }
    Optional<String> gone = goneSince(keep.getAsLong());
    return gone.isPresent()
        ? new Plan.Hopeless(gone.get())
        : new Plan.Cut(loss(report, keep.getAsLong(), head));
  }

  /** Says why the log cannot be cut back to a version whose files were merged since. */
  private Optional<String> goneSince(long version) throws IOException {
    try {
      return PastVersion.missing(machine, table, version)
          .map(
              missing ->
                  "what version "
                      + version
                      + " lists was merged since, and removed: put the files back from a copy ("
                      + missing
                      + ")");
    } catch (DamageException e) {
      return Optional.of("version " + version + " cannot be read: " + e.getMessage());
    }
  }

  private Loss loss(TableReport report, long keep, JournalHead head) throws IOException {
    LogState state = report.state();
    List<String> entries =
        state.listing().entries().tailSet(keep, false).stream()
            .map(FolderListing::entryName)
            .toList();
    Map<Long, LogState.Beyond> beyond = new HashMap<>();
    state.beyond().forEach(entry -> beyond.put(entry.version(), entry));
    long last = report.txnSeq();
    boolean known = true;
    Set<String> added = new HashSet<>();
    for (long version : state.listing().entries().tailSet(keep, false)) {
      LogState.Beyond entry = beyond.get(version);
      if (entry == null) {
        continue; // sound, and so within what the report's last transaction says
      }
      if (entry.head().isPresent()) {
        last = Math.max(last, entry.head().get().txnSeq());
        known = true;
      } else {
        known = false;
      }
      entry.added().forEach(file -> added.add(file.name()));
    }
    state
        .addedBy()
        .forEach(
            (name, version) -> {
              if (version > keep) {
                added.add(name);
              }
            });
    return new Loss(
        keep,
        head.txnSeq(),
        known && last > head.txnSeq() ? OptionalLong.of(last) : OptionalLong.empty(),
        entries,
        partitions(report, keep));
  }

  /** Returns the partitions in the files that go, of those that can be read. */
  private Set<String> partitions(TableReport report, long keep) throws IOException {
    LogState state = report.state();
    List<DataFile> files = new ArrayList<>();
    state.beyond().forEach(entry -> files.addAll(entry.added()));
    for (DataFile file : state.files()) {
      if (state.addedBy().getOrDefault(file.name(), 0L) > keep) {
        files.add(file);
      }
    }
    Set<String> partitions = new HashSet<>();
    DataFileRecords records = new DataFileRecords(machine.disk(), table);
    for (DataFile file : files) {
      partitions.addAll(records.partitionsOf(file));
    }
    return partitions;
  }

  /**
   * Cuts the log after the last version that {@code loss} leaves, then sets aside checkpoints and
   * entries that are of no use. The table can be opened then.
   */
  public void cut(TableReport report, Loss loss) throws IOException {
    LogState state = report.state();
    Path log = table.resolve(FolderListing.LOG);
    // The checkpoints go first: one that had its entries taken away could not be relied on.
    List<Path> first = new ArrayList<>();
    if (state.listing().logOthers().contains(FolderListing.LAST_CHECKPOINT)) {
      first.add(log.resolve(FolderListing.LAST_CHECKPOINT));
    }
    state
        .listing()
        .checkpoints()
        .tailMap(loss.lastVersion(), false)
        .descendingMap()
        .values()
        .forEach(name -> first.add(log.resolve(name)));
    quarantine.move(first);
    // Newest first, so that the first damaged one, which keeps the table shut, is the last to go.
    List<Path> entries = new ArrayList<>();
    for (long version :
        state.listing().entries().tailSet(loss.lastVersion(), false).descendingSet()) {
      entries.add(LogEntry.pathOf(table, version));
    }
    quarantine.move(entries);
  }

  /**
   * Sets aside what a sound log does not need: checkpoints that cannot be relied on, a wrong hint,
   * damaged entries that a checkpoint covers, and, if no data file is damaged either, leftovers.
   */
  public void tidy(TableReport report) throws IOException {
    LogState state = report.state();
    if (!state.isSound()) {
      throw new IllegalArgumentException("the log of " + table + " is not sound");
    }
    Path log = table.resolve(FolderListing.LOG);
    List<Path> useless = new ArrayList<>();
    if (state.badHint() || !state.badCheckpoints().isEmpty()) {
      useless.add(log.resolve(FolderListing.LAST_CHECKPOINT));
    }
    state.badCheckpoints().forEach(name -> useless.add(log.resolve(name)));
    state.useless().forEach(version -> useless.add(LogEntry.pathOf(table, version)));
    quarantine.move(useless);
    if (report.damagedFiles().isEmpty()) {
      List<Path> leftovers = new ArrayList<>();
      for (Finding finding : report.findings()) {
        if (isLeftover(finding) && isFile(finding)) {
          leftovers.add(table.resolve(finding.file()));
        }
      }
      quarantine.move(leftovers);
    }
  }

  private static boolean isLeftover(Finding finding) {
    return finding.kind() == FindingKind.ORPHAN
        || finding.kind() == FindingKind.TEMPORARY
        || finding.kind() == FindingKind.STALE_CRC;
  }

  private boolean isFile(Finding finding) throws IOException {
    return machine
        .disk()
        .stat(table.resolve(finding.file()))
        .filter(entry -> entry.kind() == DiskEntry.Kind.FILE)
        .isPresent();
  }
}
