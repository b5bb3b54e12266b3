package io.duckpond.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import io.duckpond.harness.Harness;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Commands that change one pond at the same time, half of them one and the same file. */
class SeveralCommandsTest {
  private static final int SERIES = Harness.size(3, 8);
  private static final int EACH = Harness.size(2, 10);

  @TempDir private Path temporary;

  @Test
  void eachWaitsForItsTurnAndGoesOnFromWhatTheOthersHaveLeft() throws Exception {
    Harness harness = Harness.named("several-commands");
    Path folder = temporary.resolve("pond");
    CommandLineFixture pond = CommandLineFixture.withPond(folder);
    ExecutorService threads = Executors.newFixedThreadPool(SERIES);
    List<Callable<Void>> all = new ArrayList<>();
    for (int series = 0; series < SERIES; series++) {
      int number = series;
      all.add(() -> putAll(harness, folder, number));
    }

    for (Future<Void> done : threads.invokeAll(all)) {
      done.get();
    }
    threads.shutdown();

    assertThat(pond.run("ls").ok().lines()).hasSize(SERIES * EACH / 2 + 1);
    assertThat(pond.run("stat", "--json", "/shared").ok())
        .contains("\"version\":" + SERIES * EACH / 2);
    assertThat(pond.run("status", "--json").ok()).contains(String.valueOf(1 + SERIES * EACH));
    pond.run("restore", "--verify", "-q").ok();
    harness.report();
  }

  private static @Nullable Void putAll(Harness harness, Path folder, int series) throws Exception {
    for (int i = 0; i < EACH; i++) {
      String path = i % 2 == 0 ? "/shared" : "/f" + series + "-" + i;
      String step = series + "." + i;
      try (JavaProcess put = JavaProcess.pond(folder, "--lock-wait", "100", "put", path)) {
        try (OutputStream in = put.process().getOutputStream()) {
          in.write(step.getBytes(StandardCharsets.UTF_8));
        }
        assertThat(put.end()).as(harness.at(step) + ": " + put.errors()).isZero();
        assertThat(put.errors()).as(harness.at(step)).isEmpty();
        harness.count("commands", 1);
      }
    }
    return null;
  }
}
