package io.duckpond.journal.benchmark;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * Directories on the disk that the build lies on; never one in memory. They stay until the whole
 * run ends: an ext4 without a journal makes no file of an inode that was freed in the last minutes,
 * and looks at each of them before it finds another. After thousands of removals that is a
 * millisecond for each file made, which hits what writes many files and spares a peer that writes
 * one.
 */
final class Scratch {
  private static final Path ALL = Path.of("target", "benchmark-data");

  private Scratch() {}

  static Path directory(String name) throws IOException {
    return Files.createTempDirectory(Files.createDirectories(ALL), name).toAbsolutePath();
  }

  /** Returns the bytes of all files below a directory, while upkeep may remove any of them. */
  static long bytes(Path directory) throws IOException {
    long[] sum = {0};
    Files.walkFileTree(
        directory,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            sum[0] += attributes.size();
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFileFailed(Path file, IOException failure)
              throws IOException {
            if (failure instanceof NoSuchFileException) {
              return FileVisitResult.CONTINUE;
            }
            throw failure;
          }
        });
    return sum[0];
  }

  /** Removes all of them, of every JVM of the run. */
  static void removeAll() throws IOException {
    List<Path> all;
    try (Stream<Path> files = Files.walk(Files.createDirectories(ALL))) {
      all = files.sorted(Comparator.reverseOrder()).toList();
    }
    for (Path path : all) {
      Files.deleteIfExists(path);
    }
  }
}
