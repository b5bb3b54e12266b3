package io.duckpond.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A stock Delta reader sees what we see. Fetches Spark, hence outside the ordinary run: {@code
 * ./mvnw -Pspark verify}. Spark 4.0 wants JDK 17 or 21: that of the build, or the one that {@code
 * SPARK_JAVA_HOME} names.
 */
@Tag("spark")
class StockReaderTest {
  private static final Path PROGRAM = Path.of("src/test/spark").toAbsolutePath();
  private static final List<String> OPENED =
      List.of(
          "java.lang",
          "java.lang.invoke",
          "java.net",
          "java.nio",
          "java.util",
          "sun.nio.ch",
          "sun.security.action",
          "sun.util.calendar");

  @TempDir private Path folder;

  @Test
  void sparkCountsTheRecordsOfEachPartitionAsWeDo() throws Exception {
    Path pond = folder.resolve("pond");
    CommandLineFixture command = CommandLineFixture.withPond(pond);
    Path tree = Files.createDirectory(folder.resolve("tree"));
    for (int i = 0; i < 40; i++) {
      Path directory = Files.createDirectory(tree.resolve("d" + i));
      Files.write(directory.resolve("small"), new byte[50_000]);
      Files.write(directory.resolve("large"), new byte[70_000 + i]);
    }
    assertThat(command.run("copy", tree.toString(), "pond:/").exitCode()).isZero();
    // Past the first checkpoint, which stock readers start from.
    StringBuilder script = new StringBuilder();
    for (int i = 0; i < 110; i++) {
      script.append("touch /t").append(i).append("\nsync\n");
    }
    assertThat(command.runWithInput(script.toString(), "shell").exitCode()).isZero();

    List<String> ours =
        command
            .run(
                "query",
                "--format",
                "csv",
                "select part_id, count(*) from records group by part_id order by part_id nulls"
                    + " first")
            .out()
            .lines()
            .skip(1)
            .toList();
    List<String> sparks = countInSpark(pond.resolve("oplog"));

    assertThat(pond.resolve("oplog/_delta_log/00000000000000000100.checkpoint.parquet")).exists();
    assertThat(sparks).hasSizeGreaterThan(41).isEqualTo(ours);
  }

  private List<String> countInSpark(Path table) throws IOException, InterruptedException {
    Path jars = Path.of("target/spark").toAbsolutePath();
    run(
        Path.of("../mvnw").toAbsolutePath().toString(),
        "-B",
        "-q",
        "-f",
        PROGRAM.toString(),
        "dependency:copy-dependencies",
        "-DoutputDirectory=" + jars);
    String javaHome =
        System.getenv().getOrDefault("SPARK_JAVA_HOME", System.getProperty("java.home"));
    Path result = folder.resolve("counts");
    List<String> java = new ArrayList<>(List.of(Path.of(javaHome, "bin/java").toString()));
    OPENED.forEach(
        opened ->
            Stream.of("--add-opens", "java.base/" + opened + "=ALL-UNNAMED").forEach(java::add));
    java.addAll(List.of("-cp", jars + "/*", PROGRAM.resolve("CountRecords.java").toString()));
    java.addAll(List.of(table.toString(), result.toString()));
    run(java.toArray(String[]::new));
    return Files.readAllLines(result);
  }

  private void run(String... words) throws IOException, InterruptedException {
    Path output = folder.resolve("output");
    Process process =
        new ProcessBuilder(words).redirectErrorStream(true).redirectOutput(output.toFile()).start();
    assertThat(process.waitFor()).as(() -> text(output)).isZero();
  }

  private static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      return e.toString();
    }
  }
}
