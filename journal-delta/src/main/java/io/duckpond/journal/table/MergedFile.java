package io.duckpond.journal.table;

import io.delta.kernel.statistics.DataFileStatistics;
import io.duckpond.journal.disk.Disk;
import io.duckpond.journal.disk.DiskEntry;
import io.duckpond.journal.engine.DurableFiles;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/**
 * A data file that merging has made, durable but for its name.
 *
 * @param draft under the name of a draft, and at no place of the order of commits yet
 */
record MergedFile(DataFile draft, long modifiedMillis, DataFileStatistics statistics) {

  /** Returns what the log is to say of it. */
  KernelTable.Addition as(String name, DataFile.Position position, Run run) {
    return new KernelTable.Addition(
        new DataFile(
            name,
            draft.size(),
            draft.keys(),
            draft.partIds(),
            draft.sha256(),
            draft.tail(),
            Optional.empty(),
            position,
            Optional.of(run)),
        modifiedMillis,
        statistics);
  }

  /** Writes one. For one thread. */
  static final class Writer {
    /** Of more than these no filter is kept. */
    private static final int MOST_IDS = 1 << 13;

    private final Disk disk;
    private final Path directory;
    private final String name;
    private final RecordFileWriter out;
    private final Set<String> partIds = new HashSet<>();

    Writer(Disk disk, Path directory, String name) throws IOException {
      this.disk = disk;
      this.directory = directory;
      this.name = name;
      // Its pages are sorted by partition: their index finds one as well as a filter would.
      this.out = new RecordFileWriter(disk, directory.resolve(name), 1);
    }

    void append(LogRecord record) throws IOException {
      out.append(record);
      if (!record.partId().isEmpty() && partIds.size() <= MOST_IDS) {
        partIds.add(record.partId());
      }
    }

    long bytes() {
      return out.bytes();
    }

    MergedFile finish() throws IOException {
      RecordFileWriter.Finished finished = out.finish();
      out.close();
      Path file = directory.resolve(name);
      DiskEntry entry = disk.stat(file).orElseThrow(() -> new NoSuchFileException(file.toString()));
      DataFileStatistics statistics = finished.statistics().build();
      DataFile draft =
          new DataFile(
              name,
              finished.size(),
              KeyRange.of(Optional.of(statistics)),
              PartIdFilter.of(partIds),
              Optional.of(finished.sha256()),
              Optional.of(finished.tail()),
              Optional.empty(),
              new DataFile.Position(0, 0),
              Optional.empty());
      return new MergedFile(draft, entry.modifiedNanos() / 1_000_000, statistics);
    }

    void discard(Exception failure) {
      try {
        out.close();
      } catch (IOException | RuntimeException e) {
        failure.addSuppressed(e);
      }
      DurableFiles.discard(disk, directory.resolve(name), failure);
    }
  }
}
