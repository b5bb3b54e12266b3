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

  /**
   * What a flush has added.
   *
   * @param additions what the log is to say of each file, the data file first
   * @param records all of the data file, in their order there; none if they are too many
   */
  record Added(List<KernelTable.Addition> additions, List<LogRecord> records) {}

  FlushFiles(Disk disk, Path directory, TimeOrderedIds ids) {
    this.disk = disk;
    this.directory = directory;
    this.ids = ids;
  }

  /**
   * Makes what a flush adds durable, under names that are new since the head was read that the
   * commit follows: of a name that is older, somebody who tidies up may think that nobody will list
   * it. Staged files, which had a draft's name so far, are linked to theirs.
   *
   * @param memory as many bytes of the data file's records are returned, if that is all of them
   */
  Added add(Flush flush, long version, long memory) throws IOException {
    List<KernelTable.Addition> additions = new ArrayList<>();
    List<LogRecord> written = new ArrayList<>();
    List<Path> made = new ArrayList<>();
    try {
      if (!flush.records().isEmpty()) {
        Path file = nameFor(made, "flush-");
        additions.add(write(flush.records(), file, version, memory, written));
      }
      for (Flush.Staged staged : flush.staged()) {
        Path file = nameFor(made, "staged-");
        disk.link(directory.resolve(staged.file().name()), file);
        DataFile.Position position = new DataFile.Position(version, additions.size());
        additions.add(listing(staged, String.valueOf(file.getFileName()), position));
      }
      for (Flush.Prepared prepared : flush.prepared()) {
        Path file = nameFor(made, "staged-");
        disk.link(directory.resolve(prepared.file().name()), file);
        additions.add(
            prepared
                .file()
                .as(
                    String.valueOf(file.getFileName()),
                    new DataFile.Assigned(prepared.txnSeq(), prepared.timestampMicros()),
                    new DataFile.Position(version, additions.size())));
      }
      if (!additions.isEmpty()) {
        disk.syncDirectory(directory);
      }
    } catch (IOException | RuntimeException e) {
      made.forEach(file -> DurableFiles.discard(disk, file, e)); // no commit was tried yet
      throw e;
    }
    boolean complete = written.size() == flush.records().size();
    return new Added(additions, complete ? written : List.of());
  }

  /** Writes records of a transaction that has no number yet, under a draft's name. Any thread. */
  PreparedRecords prepare(List<? extends FlushRecord> records, String draft) throws IOException {
    Path file = directory.resolve(draft);
    try {
      return new PreparedRecords(write(records, file, 0, 0, new ArrayList<>()));
    } catch (IOException | RuntimeException e) {
      DurableFiles.discard(disk, file, e);
      throw e;
    }
  }

  /**
   * Gives merged files their names, likewise, and the places of some of the files that they were
   * made of.
   */
  List<KernelTable.Addition> link(List<MergedFile> merged, List<DataFile> inputs, int level)
      throws IOException {
    Run run = new Run(level, ids.next());
    List<KernelTable.Addition> additions = new ArrayList<>();
    List<Path> made = new ArrayList<>();
    try {
      for (MergedFile file : merged) {
        Path name = nameFor(made, "merged-");
        disk.link(directory.resolve(file.draft().name()), name);
        DataFile.Position position = inputs.get(additions.size()).position();
        additions.add(file.as(String.valueOf(name.getFileName()), position, run));
      }
      disk.syncDirectory(directory);
    } catch (IOException | RuntimeException e) {
      made.forEach(file -> DurableFiles.discard(disk, file, e)); // no commit was tried yet
      throw e;
    }
    return additions;
  }

  private Path nameFor(List<Path> made, String kind) {
    Path file = directory.resolve(kind + ids.next() + ".parquet");
    made.add(file);
    return file;
  }

  /** Writes a data file; its first records, so many bytes of them, are added to {@code first}. */
  private KernelTable.Addition write(
      List<? extends FlushRecord> records,
      Path file,
      long version,
      long firstBytes,
      List<LogRecord> first)
      throws IOException {
    List<FlushRecord> sorted = new ArrayList<>(records);
    sorted.sort(STORED_ORDER);
    Set<String> partIds = new HashSet<>();
    for (FlushRecord record : sorted) {
      if (!record.partId().isEmpty()) {
        partIds.add(record.partId());
      }
    }
    RecordFileWriter.Finished finished;
    try (RecordFileWriter out = new RecordFileWriter(disk, file, partIds.size())) {
      long left = firstBytes;
      for (FlushRecord each : sorted) {
        LogRecord record = each.record();
        out.append(record);
        left -= RememberedFlush.most(record);
        if (left >= 0) {
          first.add(record);
        }
      }
      finished = out.finish();
    }
    DiskEntry entry = disk.stat(file).orElseThrow(() -> new NoSuchFileException(file.toString()));
    var statistics = finished.statistics().build();
    return new KernelTable.Addition(
        new DataFile(
            String.valueOf(file.getFileName()),
            finished.size(),
            KeyRange.of(Optional.of(statistics)),
            PartIdFilter.of(partIds),
            Optional.of(finished.sha256()),
            Optional.of(finished.tail()),
            Optional.empty(),
            new DataFile.Position(version, 0),
            Optional.empty()),
        entry.modifiedNanos() / 1_000_000,
        statistics);
  }

  /** Returns what the log would say of a staged file under a name. */
  static KernelTable.Addition listing(
      Flush.Staged staged, String name, DataFile.Position position) {
    StagedFile file = staged.file();
    Set<String> partIds = new HashSet<>(file.innerPartIds());
    partIds.add(file.partId());
    var statistics = KeyStatistics.ofStaged(file);
    return new KernelTable.Addition(
        new DataFile(
            name,
            file.size(),
            KeyRange.of(Optional.of(statistics)),
            PartIdFilter.of(partIds),
            Optional.of(file.sha256()),
            Optional.of(file.tail()),
            Optional.of(new DataFile.Assigned(staged.txnSeq(), staged.timestampMicros())),
            position,
            Optional.empty()),
        file.modifiedMillis(),
        statistics);
  }
}
