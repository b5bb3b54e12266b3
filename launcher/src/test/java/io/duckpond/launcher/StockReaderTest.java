package io.duckpond.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A stock Delta reader sees what we see. Fetches Spark, hence outside the ordinary run: {@code
 * ./mvnw -Pspark verify}.
 */
@Tag("spark")
class StockReaderTest {
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

    assertThat(pond.resolve("oplog/_delta_log"))
        .isDirectoryContaining("glob:**.checkpoint.parquet");
    assertThat(sparks).hasSizeGreaterThan(41).isEqualTo(ours);
  }

  private List<String> countInSpark(Path table) throws IOException, InterruptedException {
    Path result = folder.resolve("counts");
    Spark spark = new Spark(folder);
    spark.await(spark.start("CountRecords", table, result));
    return Files.readAllLines(result);
  }
}
