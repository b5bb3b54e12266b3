package io.duckpond.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import io.duckpond.harness.MemoryDisk;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * A pond that verbs have made, kept in memory, so that each test damages a folder of its own.
 *
 * <pre>
 *   /notes.txt                   two versions
 *   /link -> notes.txt
 *   /docs/one  /docs/three       and /docs/two, which is removed
 *   /many/tree/small … sub/large one transaction; the large one in contents/
 *   /last/file                   the newest transaction, in a directory of its own
 * </pre>
 */
final class StoredPond {
  /** Where the pond stands on the disk in memory. */
  static final Path FOLDER = Path.of("/pond");

  /** What can be read, but for the link. */
  static final List<String> FILES =
      List.of(
          "/notes.txt",
          "/docs/one",
          "/docs/three",
          "/many/tree/small",
          "/many/tree/sub/large",
          "/last/file");

  private StoredPond() {}

  /** Makes the pond below {@code place} and returns its files. */
  static MemoryDisk make(Path place) throws IOException {
    Path folder = place.resolve("made");
    Path tree = Files.createDirectories(place.resolve("tree"));
    Files.createDirectory(tree.resolve("sub"));
    Files.writeString(tree.resolve("small"), "small\n");
    Files.writeString(tree.resolve("sub/large"), "0123456789abcde\n".repeat(10_000));
    CommandLineFixture pond =
        CommandLineFixture.bare()
            .variable("POND", folder.toString())
            .configured("pond.log { checkpoint-interval = 5, merge-fan-in = 0 }");
    pond.run("init", folder.toString());
    pond.run("put", "--text", "first", "/notes.txt").ok();
    pond.run("mkdir", "/docs").ok();
    pond.run("put", "--text", "one", "/docs/one").ok();
    pond.run("put", "--text", "two", "/docs/two").ok();
    pond.run("mkdir", "/many").ok();
    pond.run("copy", "-q", tree.toString(), "pond:/many/tree").ok();
    pond.run("put", "--text", "three", "/docs/three").ok();
    pond.run("ln", "-s", "notes.txt", "/link").ok();
    pond.run("put", "--text", "second", "/notes.txt").ok();
    pond.run("rm", "/docs/two").ok();
    pond.run("mkdir", "/last").ok();
    pond.run("put", "--text", "the last", "/last/file").ok();
    return read(folder);
  }

  /** Returns the files of a pond's folder. */
  static MemoryDisk read(Path folder) throws IOException {
    MemoryDisk disk = new MemoryDisk();
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.toList()) {
        Path there = FOLDER.resolve(folder.relativize(file).toString());
        if (Files.isDirectory(file)) {
          disk.createDirectory(there);
        } else {
          disk.put(there, Files.readAllBytes(file));
        }
      }
    }
    return disk;
  }

  /** Puts the files of a pond into a new folder and returns the command on it. */
  static CommandLineFixture write(MemoryDisk disk, Path folder) throws IOException {
    assertThat(folder).doesNotExist();
    for (Path file : disk.files()) {
      Path real = folder.resolve(FOLDER.relativize(file).toString());
      Files.createDirectories(real.getParent());
      Files.write(real, disk.bytes(file));
    }
    return CommandLineFixture.bare().variable("POND", folder.toString());
  }
}
