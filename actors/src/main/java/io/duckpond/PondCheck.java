package io.duckpond;

import io.duckpond.check.Inspection;
import io.duckpond.journal.disk.DamageException;
import io.duckpond.journal.disk.Machine;
import io.duckpond.oplog.Oplog;
import io.duckpond.oplog.Snapshots;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Looks for damage in a pond's files, which need not be a pond that can be opened. Takes no lock,
 * changes nothing, needs no writable medium, and may run while another process writes.
 */
public final class PondCheck {
  private PondCheck() {}

  /**
   * Checks a pond. Whatever is wrong with its files is in the report, not thrown.
   *
   * @throws NoSuchFileException if there is no pond
   * @throws io.duckpond.journal.disk.JournalException if it needs a newer program
   */
  public static CheckReport run(Path directory, CheckMode mode, Progress progress)
      throws IOException {
    return run(Machine.real(), directory, mode, progress);
  }

  /** The same on another machine, for those who simulate or watch one. */
  public static CheckReport run(Machine machine, Path directory, CheckMode mode, Progress progress)
      throws IOException {
    return run(PondFolder.at(machine, directory), mode, progress);
  }

  static CheckReport run(PondFolder folder, CheckMode mode, Progress progress) throws IOException {
    try (Threads threads = new Threads(folder.machine().threads())) {
      CheckReport report =
          new Inspection(folder.machine(), folder.oplog(), folder.contents(), mode, progress)
              .run(threads.work(), threads.parallelism());
      if (report.txnSeq() == 0 && !report.damaged()) {
        throw new NoSuchFileException(
            folder.directory().toString(),
            null,
            "no pond there yet: its init was interrupted, run it again");
      }
      List<Finding> findings = new ArrayList<>(report.findings());
      findings.addAll(folder.leftovers());
      staleSnapshots(folder, threads).ifPresent(findings::add);
      return new CheckReport(
          findings,
          report.txnSeq(),
          report.contentRoot(),
          report.partitions(),
          report.events(),
          report.files(),
          report.bytes(),
          report.took());
    } catch (NoSuchFileException e) {
      throw e.getReason() == null ? noPond(folder, e) : e;
    }
  }

  /** A log that cannot be opened tells nothing of its snapshots, and has been reported. */
  static Optional<Finding> staleSnapshots(PondFolder folder, Threads threads) throws IOException {
    try (Oplog oplog = Oplog.open(folder.machine(), folder.oplog());
        Snapshots snapshots = oplog.snapshots(folder.snapshots(), 0)) {
      return snapshots
          .staleness(threads.work(), threads.parallelism())
          .map(
              found ->
                  Finding.of(
                      Finding.Kind.STALE_SNAPSHOT,
                      false,
                      folder.snapshots().getFileName().toString(),
                      "snapshots that end with events of the log",
                      found,
                      "does no harm, as it is not used; pond restore writes new ones"));
    } catch (DamageException | NoSuchFileException e) {
      return Optional.empty();
    }
  }

  /** Refuses a folder in which there is nothing of a log. */
  static void requirePond(PondFolder folder) throws IOException {
    try {
      if (folder.disk().names(folder.oplog()).isEmpty()) {
        throw new NoSuchFileException(folder.oplog().toString());
      }
    } catch (NoSuchFileException | NotDirectoryException e) {
      throw noPond(folder, e);
    }
  }

  private static NoSuchFileException noPond(PondFolder folder, IOException cause) {
    NoSuchFileException missing =
        new NoSuchFileException(folder.directory().toString(), null, "no pond there");
    missing.initCause(cause);
    return missing;
  }
}
