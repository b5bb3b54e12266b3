package io.duckpond.query;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.duckpond.FileOptions;
import io.duckpond.Pond;
import io.duckpond.PondSettings;
import io.duckpond.Transaction;
import io.duckpond.node.NodeType;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A table of one row group, which is larger than the heap of the process that reads it. */
class LargeTableTest {

  private static final int ROWS = 12_000_000;

  /** For the process that reads. */
  public static void main(String[] arguments) throws Exception {
    try (Pond pond = Pond.open(Path.of(arguments[0]))) {
      PondSql.over(pond)
          .run("select count(*), sum(n) from \"/large\"", ResultFormat.CSV, System.out);
    }
  }

  @Test
  void aTableLargerThanTheHeapIsRead(@TempDir Path temporary) throws Exception {
    assumeTrue("release".equals(System.getProperty("pond.test.size")), "for a release");
    Path folder = temporary.resolve("pond");
    write(folder);

    Process reading =
        new ProcessBuilder(
                List.of(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "--add-opens=java.base/java.nio=ALL-UNNAMED",
                    "-Xmx48m",
                    "-cp",
                    System.getProperty("java.class.path"),
                    LargeTableTest.class.getName(),
                    folder.toString()))
            .redirectErrorStream(true)
            .start();
    String told = new String(reading.getInputStream().readAllBytes(), UTF_8);

    assertThat(told).endsWith("\n" + ROWS + "," + ROWS / 2 * (ROWS - 1L) + "\n");
    assertThat(reading.waitFor()).isZero();
  }

  private static void write(Path folder) throws IOException {
    try (Pond pond = Pond.create(folder, PondSettings.load());
        Transaction transaction = pond.begin()) {
      byte[] table = ParquetSamples.counting(1, ROWS);
      assertThat(table.length).isGreaterThan(80 << 20);
      transaction
          .root()
          .createFile("/large", new ByteArrayInputStream(table), FileOptions.of(NodeType.TABLE));
      transaction.commit();
    }
  }
}
