package io.duckpond.journal.check;

import io.duckpond.journal.disk.DamageException;
import io.duckpond.journal.disk.Disk;
import io.duckpond.journal.disk.Machine;
import io.duckpond.journal.table.DataFile;
import io.duckpond.journal.table.LogTable;
import io.duckpond.journal.table.TableVersion;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * Looks for damage in a table's files. It needs no table that can be opened, writes nothing, takes
 * no lock, and goes on after whatever it finds. Beside a writer it may be run, too: what was moved
 * on while it looked is looked at again.
 *
 * <p>Set it up, then {@link #run} it; for one thread.
 */
public final class TableCheck {
  /** How often a check begins anew because the log has moved on under it. */
  private static final int ATTEMPTS = 10;

  private final Machine machine;
  private final Disk disk;
  private final Path table;
  private CheckDepth depth = CheckDepth.LOG;
  private Supplier<? extends RecordVisitor> visitors = () -> RecordVisitor.NONE;
  private boolean gapless;
  private boolean refusalsEnd;
  private CheckProgress progress = (files, bytes) -> {};

  /** Of the table in a folder; of the log, names and sizes only, unless it is told more. */
  public TableCheck(Machine machine, Path table) {
    this.machine = machine;
    this.disk = machine.disk();
    this.table = table;
  }

  /** Reads as much as that. */
  public TableCheck depth(CheckDepth wanted) {
    depth = wanted;
    return this;
  }

  /** Hands out records; {@code fresh} gives a visitor that has seen none, each time it begins. */
  public TableCheck visiting(Supplier<? extends RecordVisitor> fresh) {
    visitors = fresh;
    return this;
  }

  /** Demands that the events of each partition be numbered from 1 without gap. */
  public TableCheck gapless() {
    gapless = true;
    return this;
  }

  /** Ends with what the disk says of the first file that it does not hand out. */
  public TableCheck endingAtRefusals() {
    refusalsEnd = true;
    return this;
  }

  /** Says how far it is. */
  public TableCheck telling(CheckProgress told) {
    progress = told;
    return this;
  }

  /**
   * Checks, with up to {@code parallelism} tasks on {@code executor}. Whatever is wrong with the
   * files is in the report, not thrown.
   *
   * @throws NoSuchFileException if there is no table, nor what is left of one
   * @throws io.duckpond.journal.disk.JournalException if it needs a newer program
   */
  public TableReport run(Executor executor, int parallelism) throws IOException {
    for (int attempt = 1; ; attempt++) {
      boolean last = attempt == ATTEMPTS;
      Findings findings = new Findings(refusalsEnd);
      FolderListing listing = FolderListing.of(disk, table);
      if (!listing.isTable()) {
        throw new NoSuchFileException(table.toString());
      }
      LogState state = LogWalk.run(disk, table, listing, findings);
      if (findings.anyDamage() && !last && hasMovedOn(listing)) {
        continue;
      }
      if (!findings.anyDamage()) {
        compareWithReaders(state, findings);
      }
      RecordVisitor visitor = visitors.get();
      SequenceCheck sequences = new SequenceCheck(gapless ? visitor : RecordVisitor.NONE);
      DataFileCheck files =
          new DataFileCheck(disk, table, depth, gapless ? sequences : visitor, progress, findings);
      files.run(state.files(), executor, parallelism);
      if (!last && haveLeftTheTable(files.gone())) {
        continue;
      }
      if (gapless) {
        sequences.report(findings);
      }
      Leftovers.report(disk, table, state, findings);
      return new TableReport(state, findings.all(), files.damaged(), files.files(), files.bytes());
    }
  }

  private boolean hasMovedOn(FolderListing listing) throws IOException {
    return !FolderListing.of(disk, table).sameLog(listing);
  }

  /** Returns whether files that were not found are not in the newest version either. */
  private boolean haveLeftTheTable(List<DataFile> gone) throws IOException {
    if (gone.isEmpty()) {
      return false;
    }
    LogState newest =
        LogWalk.run(disk, table, FolderListing.of(disk, table), new Findings(refusalsEnd));
    Set<String> listed = newest.files().stream().map(DataFile::name).collect(Collectors.toSet());
    return gone.stream().noneMatch(file -> listed.contains(file.name()));
  }

  /** Sees that who opens the table sees what the files say; they are read by different code. */
  private void compareWithReaders(LogState state, Findings findings) throws IOException {
    try (LogTable opened = LogTable.open(machine, table)) {
      TableVersion head = opened.head();
      long bytes = state.files().stream().mapToLong(DataFile::size).sum();
      boolean same =
          head.files() == state.files().size()
              && head.bytes() == bytes
              && head.txnSeq() == state.soundHead().map(known -> known.txnSeq()).orElse(0L);
      if (state.sound().isPresent() && head.version() == state.sound().getAsLong() && !same) {
        findings.damage(
            FindingKind.BAD_RECORD,
            FolderListing.LOG,
            state.files().size() + " data files of " + bytes + " bytes, by its entries",
            head.files() + " of " + head.bytes() + " bytes, by who opens it",
            Findings.RESTORE);
      }
    } catch (DamageException e) {
      findings.damage(FindingKind.FLIPPED, FolderListing.LOG, e, Findings.RESTORE);
    }
  }
}
