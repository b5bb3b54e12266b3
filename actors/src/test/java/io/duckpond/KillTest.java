package io.duckpond;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A process that commits is killed, again and again; what it was told is there, and whole. */
final class KillTest {
  private static final int KILLS = 3;

  @TempDir private Path temporary;

  @Test
  void whatWasAcknowledgedSurvivesAKill() throws Exception {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    Path folder = temporary.resolve("pond");
    Pond.create(folder, PondSettings.load()).close();
    long acknowledged = 1;

    for (int kill = 0; kill < KILLS; kill++) {
      acknowledged = Math.max(acknowledged, commitUntilKilled(folder, 1 + random.nextInt(20)));
      try (Pond pond = Pond.open(folder, PondSettings.load())) {
        long txnSeq = pond.view().txnSeq();
        assertThat(txnSeq).as("seed %d, kill %d", seed, kill).isGreaterThanOrEqualTo(acknowledged);
        assertThat(pond.status().lockHolder()).isEmpty();
        assertWhole(pond, txnSeq);
      }
    }
  }

  /** Every transaction made one file in each of two directories, and wrote a third anew. */
  private static void assertWhole(Pond pond, long txnSeq) throws IOException {
    WorkingDirectory root = pond.view().root();
    if (txnSeq > 1) {
      assertThat(root.list("/a").keySet()).isEqualTo(root.list("/b").keySet());
      assertThat(root.list("/a")).hasSize((int) txnSeq - 1);
      assertThat(new String(root.readBytes("/last"), UTF_8)).isEqualTo(Long.toString(txnSeq));
    }
    assertThat(pond.restore(RestoreMode.VERIFY, Progress.NONE).txnSeq()).isEqualTo(txnSeq);
  }

  private long commitUntilKilled(Path folder, int commits) throws Exception {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("--add-opens=java.base/java.nio=ALL-UNNAMED", "-Xmx256m"));
    command.addAll(List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC"));
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.addAll(List.of(Committing.class.getName(), folder.toString()));
    Path told = temporary.resolve("told");
    Process process =
        new ProcessBuilder(command)
            .redirectOutput(told.toFile())
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    Awaitility.await()
        .atMost(Duration.ofMinutes(2))
        .pollInterval(Duration.ofMillis(5))
        .until(() -> Files.readString(told).lines().count() >= commits);
    process.destroyForcibly().waitFor();
    String all = Files.readString(told);
    String whole = all.substring(0, all.lastIndexOf('\n'));
    return Long.parseLong(whole.substring(whole.lastIndexOf('\n') + 1));
  }

  /** Commits for ever and prints the number of each transaction once it is acknowledged. */
  static final class Committing {
    private Committing() {}

    public static void main(String[] args) throws IOException {
      Pond pond = Pond.open(Path.of(args[0]), PondSettings.load());
      while (true) {
        String done =
            pond.transact(
                root -> {
                  root.createDirectories("/a");
                  root.createDirectories("/b");
                  String next = Long.toString(root.list("/a").size() + 2L);
                  root.write("/a/" + next, bytes("a"));
                  root.write("/b/" + next, bytes("b".repeat(70_000)));
                  root.write("/last", bytes(next));
                  return next;
                },
                1);
        System.out.println(done);
      }
    }

    private static ByteArrayInputStream bytes(String text) {
      return new ByteArrayInputStream(text.getBytes(UTF_8));
    }
  }
}
