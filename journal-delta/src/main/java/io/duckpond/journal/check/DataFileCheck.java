package io.duckpond.journal.check;

import io.duckpond.journal.disk.DamageException;
import io.duckpond.journal.disk.Disk;
import io.duckpond.journal.disk.DiskEntry;
import io.duckpond.journal.disk.Sha256;
import io.duckpond.journal.table.DataFile;
import io.duckpond.journal.table.DataFileRecords;
import io.duckpond.journal.table.LogRecord;
import io.duckpond.journal.table.PartIdRange;
import io.duckpond.journal.table.RecordKind;
import io.duckpond.journal.table.ScanRequest;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicLong;

/** Checks the data files that a version lists, one by one; a damaged one does not end it. */
final class DataFileCheck {
  /** Of a larger damaged file only what the log says is known. */
  private static final int MOST_KEYS = 1 << 20;

  private final Disk disk;
  private final Path table;
  private final CheckDepth depth;
  private final RecordVisitor visitor;
  private final CheckProgress progress;
  private final Findings findings;
  private final DataFileRecords records;
  private final Set<RecordKind> kinds;
  private final AtomicLong files = new AtomicLong();
  private final AtomicLong bytes = new AtomicLong();
  private final List<DamagedFile> damaged = new ArrayList<>();
  private final List<DataFile> gone = new ArrayList<>();

  DataFileCheck(
      Disk disk,
      Path table,
      CheckDepth depth,
      RecordVisitor visitor,
      CheckProgress progress,
      Findings findings) {
    this.disk = disk;
    this.table = table;
    this.depth = depth;
    this.visitor = visitor;
    this.progress = progress;
    this.findings = findings;
    this.records = new DataFileRecords(disk, table);
    this.kinds = depth == CheckDepth.EVERY_BYTE ? EnumSet.allOf(RecordKind.class) : visitor.kinds();
  }

  void run(List<DataFile> listed, Executor executor, int parallelism) throws IOException {
    new Crew<>(listed, this::check).run(executor, parallelism);
  }

  /** Returns the files that are damaged, or not there. */
  synchronized List<DamagedFile> damaged() {
    return List.copyOf(damaged);
  }

  /** Returns the files that are not there. */
  synchronized List<DataFile> gone() {
    return List.copyOf(gone);
  }

  long files() {
    return files.get();
  }

  long bytes() {
    return bytes.get();
  }

  private void check(DataFile file) throws IOException {
    try {
      Optional<DiskEntry> there = disk.stat(table.resolve(file.name()));
      if (there.isEmpty()) {
        missing(file);
      } else if (there.get().kind() != DiskEntry.Kind.FILE || there.get().size() != file.size()) {
        damage(
            file,
            FindingKind.WRONG_SIZE,
            file.size() + " bytes",
            there.get().kind() == DiskEntry.Kind.FILE
                ? there.get().size() + " bytes"
                : "no file but something else");
      } else {
        read(file);
      }
    } catch (NoSuchFileException e) {
      missing(file);
    } catch (IOException e) {
      findings.unreadable(file.name(), e);
      note(file);
    }
    files.incrementAndGet();
    progress.at(files.get(), bytes.get());
  }

  private void read(DataFile file) throws IOException {
    boolean intact = true;
    if (depth == CheckDepth.EVERY_BYTE && file.sha256().isPresent()) {
      Sha256 found = records.digest(file);
      if (!found.equals(file.sha256().get())) {
        intact = false;
        damage(file, FindingKind.FLIPPED, "SHA-256 " + file.sha256().get(), found.hex());
      }
    }
    if (kinds.isEmpty()) {
      return;
    }
    ScanRequest request =
        new ScanRequest(
            kinds, Optional.empty(), PartIdRange.ALL, 0, Long.MAX_VALUE, 0, Long.MAX_VALUE, true);
    boolean known = !intact;
    boolean[] wrong = {false};
    records.read(
        file,
        request,
        this::visit,
        damage -> {
          if (!known && !wrong[0]) {
            wrong[0] = true;
            damage(file, damage);
          }
        });
  }

  private void visit(LogRecord record) {
    bytes.addAndGet(record.content().length);
    if (visitor.kinds().contains(record.kind())) {
      try {
        visitor.visit(record);
      } catch (DamageException e) {
        throw e;
      } catch (RuntimeException e) { // a check goes on, whatever a record makes of its decoder
        throw new DamageException(
            String.format(
                "partition '%s', %s %d to %d: expected a record that can be decoded, found %s",
                record.partId(),
                record.kind().storedName(),
                record.firstVersion(),
                record.version(),
                e),
            e);
      }
    }
  }

  private void damage(DataFile file, DamageException damage) {
    findings.damage(FindingKind.BAD_RECORD, file.name(), damage, adviceOn(file));
    note(file);
  }

  private void damage(DataFile file, FindingKind kind, String expected, String found) {
    findings.damage(kind, file.name(), expected, found, adviceOn(file));
    note(file);
  }

  private void missing(DataFile file) {
    findings.damage(
        FindingKind.MISSING, file.name(), file.size() + " bytes", "no file", adviceOn(file));
    note(file);
    synchronized (this) {
      gone.add(file);
    }
  }

  private void note(DataFile file) {
    DamagedFile noted = new DamagedFile(file, keys(file));
    synchronized (this) {
      damaged.add(noted);
    }
  }

  /** Reads what is left of the keys of a damaged file. */
  private Optional<List<DamagedFile.Key>> keys(DataFile file) {
    List<DamagedFile.Key> keys = new ArrayList<>();
    try {
      boolean all =
          records.readKeysOfDamaged(
              file,
              record -> {
                if (keys.size() < MOST_KEYS) {
                  keys.add(DamagedFile.Key.of(record));
                }
              });
      return all && keys.size() < MOST_KEYS ? Optional.of(keys) : Optional.empty();
    } catch (IOException e) {
      return Optional.empty(); // that it cannot be read is noted; this was only to say more
    }
  }

  private static String adviceOn(DataFile file) {
    return Findings.RESTORE + "; it holds part of " + DamagedFile.transactions(file);
  }
}
