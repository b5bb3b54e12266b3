package io.duckpond;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.duckpond.harness.Harness;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A pond of 1,000,000 nodes, eight levels deep, one directory with 200,000 entries, in a JVM of its
 * own with a heap of 1 GB; in the ordinary suite a small one of the same shape.
 */
final class MillionNodesTest {
  private static final LargeTree TREE =
      new LargeTree(
          Harness.size(254, 100_000), Harness.size(2, 6), 7, Harness.size(4_000, 200_000));

  @TempDir private Path temporary;

  @Test
  void aMillionNodesAreBuiltReadAndRestoredInAGigabyte() throws Exception {
    Process process =
        new ProcessBuilder(
                MillionNodes.command(
                    TREE, temporary.resolve("pond"), Harness.size(10_000, 100_000)))
            .redirectErrorStream(true)
            .start();
    String said = new String(process.getInputStream().readAllBytes(), UTF_8);

    assertThat(process.waitFor()).as(said).isZero();
    System.out.println(said);
  }
}
