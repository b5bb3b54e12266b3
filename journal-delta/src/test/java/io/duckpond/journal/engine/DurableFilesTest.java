package io.duckpond.journal.engine;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.delta.kernel.internal.util.Utils;
import io.duckpond.journal.disk.DamageException;
import io.duckpond.journal.disk.Machine;
import io.duckpond.journal.disk.RealDisk;
import io.duckpond.journal.disk.TapeDisk;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DurableFilesTest {
  @TempDir private Path directory;

  private final TapeDisk disk = new TapeDisk(new RealDisk());

  @Test
  void ofManyWritersOfOneNameExactlyOneWinsAndNothingIsMixed() throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(8);
    try {
      for (int round = 0; round < 30; round++) {
        Path file = directory.resolve("entry-" + round);
        List<Callable<Integer>> writers = new ArrayList<>();
        for (int writer = 0; writer < 8; writer++) {
          byte[] own = ("writer " + writer + "\n").repeat(50).getBytes(UTF_8);
          writers.add(
              () -> {
                try {
                  DurableFiles.publish(Machine.with(disk), file, false, out -> out.write(own));
                  return 1;
                } catch (FileAlreadyExistsException e) {
                  return 0;
                }
              });
        }
        int won = 0;
        for (Future<Integer> result : threads.invokeAll(writers)) {
          won += result.get();
        }

        assertThat(won).isEqualTo(1);
        assertThat(Files.readAllLines(file))
            .hasSize(50)
            .containsOnly(Files.readAllLines(file).get(0));
      }
    } finally {
      threads.shutdownNow();
    }
    assertThat(directory).isDirectoryNotContaining("glob:**.tmp");
  }

  @Test
  void failureAtAnyStepLeavesTheNameFreeOrTheFileWhole() throws Exception {
    byte[] text = "text".getBytes(UTF_8);
    for (int step = 0; step < 6; step++) {
      Path file = directory.resolve("f" + step);
      disk.failAt(step, true);
      boolean failed = false;
      try {
        DurableFiles.publish(Machine.with(disk), file, false, out -> out.write(text));
      } catch (IOException e) {
        failed = true;
      }
      disk.heal();

      assertThat(failed).isEqualTo(step != 4); // the fifth step removes the temporary file
      if (Files.exists(file)) {
        assertThat(file).hasContent("text");
      } else {
        assertThat(failed).isTrue();
      }
    }
  }

  @Test
  void trailerTellsACutOrChangedEntryFromAWholeOne() throws Exception {
    Path file = LogEntry.pathOf(directory, 7);
    Files.createDirectories(DurableFiles.parentOf(file));
    String lines = "{\"commitInfo\":{\"engineInfo\":\"x\"}}\n{\"add\":{\"path\":\"p\"}}\n";

    new LogOutput(Machine.with(disk), file)
        .writeAtomically(Utils.toCloseableIterator(lines.lines().iterator()), false);

    assertThat(Files.readString(file)).startsWith(lines).contains("\"io.duckpond.trailer\"");
    LogEntry entry = LogEntry.read(disk, file);
    assertThat(entry.trailed()).isTrue();
    assertThat(entry.addedPaths()).containsExactly("p");
    Files.writeString(file, Files.readString(file).replace("\"p\"", "\"q\""));
    assertThatThrownBy(() -> LogEntry.read(disk, file)).isInstanceOf(DamageException.class);
    Files.writeString(file, lines);
    assertThat(LogEntry.read(disk, file).trailed()).isFalse();
  }
}
