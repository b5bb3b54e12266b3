package io.duckpond.journal.table;

import io.duckpond.journal.disk.Disk;
import io.duckpond.journal.disk.DiskEntry;
import io.duckpond.journal.engine.DurableFiles;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Makes what a flush adds to the table: its data file, and the staged files that it lists. */
final class FlushFiles {
  private static final Comparator<FlushRecord> STORED_ORDER =
      Comparator.comparing(FlushRecord::kind)
          .thenComparing(FlushRecord::partId, Utf8Order.INSTANCE)
          .thenComparingLong(FlushRecord::version);

  private final Disk disk;
  private final Path directory;
  private final TimeOrderedIds ids;

  FlushFiles(Disk disk, Path directory, TimeOrderedIds ids) {
    this.disk = disk;
    this.directory = directory;
    this.ids = ids;
  }

  /** Writes a data file, durably under its name, which is new. */
  KernelTable.Addition write(List<? extends FlushRecord> records, long version) throws IOException {
    List<FlushRecord> sorted = new ArrayList<>(records);
    sorted.sort(STORED_ORDER);
    Set<String> partIds = new HashSet<>();
    for (FlushRecord record : sorted) {
      if (!record.partId().isEmpty()) {
        partIds.add(record.partId());
      }
    }
    String name = "flush-" + ids.next() + ".parquet";
    Path file = directory.resolve(name);
    RecordFileWriter.Finished finished;
    try (RecordFileWriter out = new RecordFileWriter(disk, file, partIds.size())) {
      for (FlushRecord record : sorted) {
        out.append(record.record());
      }
      finished = out.finish();
      disk.syncDirectory(directory);
    } catch (IOException | RuntimeException e) {
      DurableFiles.discard(disk, file, e);
      throw e;
    }
    DiskEntry entry = disk.stat(file).orElseThrow(() -> new NoSuchFileException(file.toString()));
    var statistics = finished.statistics().build();
    return new KernelTable.Addition(
        new DataFile(
            name,
            finished.size(),
            KeyRange.of(Optional.of(statistics)),
            PartIdFilter.of(partIds),
            Optional.of(finished.sha256()),
            Optional.of(finished.tail()),
            Optional.empty(),
            new DataFile.Position(version, 0)),
        entry.modifiedNanos() / 1_000_000,
        statistics);
  }

  /** Returns what the log is to say of a staged file. */
  static KernelTable.Addition listing(Flush.Staged staged, DataFile.Position position) {
    StagedFile file = staged.file();
    Set<String> partIds = new HashSet<>(file.innerPartIds());
    partIds.add(file.partId());
    var statistics = KeyStatistics.ofStaged(file);
    return new KernelTable.Addition(
        new DataFile(
            file.name(),
            file.size(),
            KeyRange.of(Optional.of(statistics)),
            PartIdFilter.of(partIds),
            Optional.of(file.sha256()),
            Optional.of(file.tail()),
            Optional.of(new DataFile.Assigned(staged.txnSeq(), staged.timestampMicros())),
            position),
        file.modifiedMillis(),
        statistics);
  }
}
