package io.duckpond.journal.benchmark;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** Directories on the disk that the build lies on; never one in memory. */
final class Scratch {
  private Scratch() {}

  static Path directory(String name) throws IOException {
    Path all = Files.createDirectories(Path.of("target", "benchmark-data"));
    return Files.createTempDirectory(all, name).toAbsolutePath();
  }

  /** Returns the bytes of all files below a directory. */
  static long bytes(Path directory) throws IOException {
    try (Stream<Path> files = Files.walk(directory)) {
      long sum = 0;
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        try {
          sum += Files.size(file);
        } catch (NoSuchFileException e) {
          continue; // upkeep removes files at any time
        }
      }
      return sum;
    }
  }

  static void remove(Path directory) throws IOException {
    List<Path> all;
    try (Stream<Path> files = Files.walk(directory)) {
      all = files.sorted(Comparator.reverseOrder()).toList();
    }
    for (Path path : all) {
      Files.deleteIfExists(path);
    }
  }
}
