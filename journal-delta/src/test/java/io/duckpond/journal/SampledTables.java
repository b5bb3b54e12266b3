package io.duckpond.journal;

import io.duckpond.journal.disk.Disk;
import io.duckpond.journal.disk.DiskEntry;
import io.duckpond.journal.disk.DiskReader;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Tables of a simulated disk as real directories, for readers that know nothing of this module:
 * {@code src/test/scripts/stock-reader} has them read. Beside each stands what it must hold.
 *
 * <pre>
 *   0001/                   the table
 *   0001.expected           number of its transactions
 * </pre>
 */
final class SampledTables {
  private final Path folder;
  private int count;

  private SampledTables(Path folder) {
    this.folder = folder;
  }

  /** Returns where {@code -Dpond.sampled.tables} says, if it does. */
  static Optional<SampledTables> wanted() {
    String folder = System.getProperty("pond.sampled.tables", "");
    return folder.isEmpty() ? Optional.empty() : Optional.of(new SampledTables(Path.of(folder)));
  }

  /** Keeps a table as it is; returns where. */
  Path keep(Disk disk, Path directory) throws IOException {
    Path kept = folder.resolve("%04d".formatted(++count));
    copy(disk, directory, kept);
    return kept;
  }

  /** Tells how many transactions a kept table must hold. */
  static void expect(Path kept, long transactions) throws IOException {
    Files.writeString(kept.resolveSibling(kept.getFileName() + ".expected"), transactions + "\n");
  }

  private static void copy(Disk disk, Path from, Path to) throws IOException {
    Files.createDirectories(to);
    for (DiskEntry entry : disk.list(from)) {
      Path source = from.resolve(entry.name());
      Path target = to.resolve(entry.name());
      if (entry.kind() == DiskEntry.Kind.DIRECTORY) {
        copy(disk, source, target);
      } else {
        Files.write(target, bytes(disk, source));
      }
    }
  }

  private static byte[] bytes(Disk disk, Path file) throws IOException {
    try (DiskReader reader = disk.open(file)) {
      ByteBuffer bytes = ByteBuffer.allocate(Math.toIntExact(reader.size()));
      while (bytes.hasRemaining() && reader.read(bytes, bytes.position()) > 0) {}
      return bytes.array();
    }
  }
}
