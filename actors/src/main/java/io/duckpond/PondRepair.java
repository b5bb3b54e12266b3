package io.duckpond;

import io.duckpond.check.Inspection;
import io.duckpond.journal.disk.DiskEntry;
import io.duckpond.journal.disk.Machine;
import io.duckpond.journal.disk.Quarantine;
import io.duckpond.oplog.LogRepair;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Sets aside what is in a pond's way, into a folder of its own below {@code quarantine/}; deletes
 * nothing. Interrupted at any point, it has made nothing worse, and doing it again finishes it.
 */
public final class PondRepair {
  private final PondFolder folder;
  private final CheckMode depth;
  private final RepairMode mode;
  private final Progress progress;
  private final Threads threads;
  private final Quarantine quarantine;

  private PondRepair(
      PondFolder folder, CheckMode depth, RepairMode mode, Progress progress, Threads threads) {
    this.folder = folder;
    this.depth = depth;
    this.mode = mode;
    this.progress = progress;
    this.threads = threads;
    this.quarantine = new Quarantine(folder.disk(), folder.directory(), freshFolder(folder));
  }

  /**
   * Repairs a pond, holding its write lock.
   *
   * @param depth how much is read to find what is to be repaired
   * @param mode what may be given up
   * @param settings says how long to wait for the lock
   * @throws java.nio.file.NoSuchFileException if there is no pond
   * @throws io.duckpond.journal.disk.JournalException if another process writes
   */
  public static RepairReport run(
      Path directory, CheckMode depth, RepairMode mode, PondSettings settings, Progress progress)
      throws IOException {
    return run(Machine.real(), directory, depth, mode, settings, progress);
  }

  static RepairReport run(
      Machine machine,
      Path directory,
      CheckMode depth,
      RepairMode mode,
      PondSettings settings,
      Progress progress)
      throws IOException {
    PondFolder folder = PondFolder.at(machine, directory);
    PondCheck.requirePond(folder);
    try (Threads threads = new Threads(machine.threads());
        Closeable lock =
            LogRepair.lock(machine, folder.lock(), settings.lockWait(), settings.command())) {
      return new PondRepair(folder, depth, mode, progress, threads).run();
    }
  }

  /** Returns a name that says when, and that nobody has given before. */
  private static Path freshFolder(PondFolder folder) {
    Machine machine = folder.machine();
    String when = machine.clock().instant().truncatedTo(ChronoUnit.SECONDS).toString();
    return folder
        .quarantine()
        .resolve(when.replace(':', '-') + "-" + machine.uuid().substring(0, 8));
  }

  private RepairReport run() throws IOException {
    Inspection before = inspection();
    before.run(threads.work(), threads.parallelism());
    LogRepair.Outcome outcome =
        new LogRepair(
                folder.machine(), folder.oplog(), quarantine, threads.work(), threads.parallelism())
            .run(mode, depth);
    Optional<RepairReport.Loss> loss = Optional.empty();
    Optional<String> refusal = Optional.empty();
    boolean cut = false;
    if (outcome instanceof LogRepair.Outcome.Sound sound) {
      cut = sound.given().isPresent();
      loss = sound.given().map(lost -> inWords(lost, before));
      setAsideLeftovers();
    } else if (outcome instanceof LogRepair.Outcome.NeedsLoss needed) {
      loss = Optional.of(inWords(needed.loss(), before));
    } else if (outcome instanceof LogRepair.Outcome.Hopeless hopeless) {
      refusal = Optional.of(hopeless.reason());
    }
    List<String> moved = quarantine.moved().stream().map(Path::toString).toList();
    return new RepairReport(
        moved,
        moved.isEmpty() ? Optional.empty() : Optional.of(quarantine.folder()),
        loss,
        cut,
        refusal,
        PondCheck.run(folder, depth, progress));
  }

  private Inspection inspection() {
    return new Inspection(
        folder.machine(), folder.oplog(), folder.contents(), CheckMode.USUAL, progress);
  }

  private static RepairReport.Loss inWords(LogRepair.LostEnd lost, Inspection before) {
    return new RepairReport.Loss(
        lost.first(),
        lost.last(),
        lost.entries(),
        lost.partitions().stream().map(before::pathOf).sorted().toList());
  }

  /** What nothing refers to is known only if all that could refer to it was read. */
  private void setAsideLeftovers() throws IOException {
    Inspection now = inspection();
    List<Finding> leftovers =
        new ArrayList<>(now.run(threads.work(), threads.parallelism()).findings());
    if (!now.knowsAllReferences()) {
      return;
    }
    leftovers.addAll(folder.leftovers());
    PondCheck.staleSnapshots(folder, threads).ifPresent(leftovers::add);
    List<Path> files = new ArrayList<>();
    for (Finding leftover : leftovers) {
      Path path = folder.directory().resolve(leftover.subject());
      Optional<DiskEntry> there = leftover.damage() ? Optional.empty() : folder.disk().stat(path);
      if (folder.isCache(path) && there.isPresent()) {
        quarantine.moveCache(path);
      } else if (leftover.kind() != Finding.Kind.GAP
          && there.filter(entry -> entry.kind() == DiskEntry.Kind.FILE).isPresent()) {
        files.add(path);
      }
    }
    quarantine.move(files);
  }
}
