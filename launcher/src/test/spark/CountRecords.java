import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** Writes the record counts of a Delta table by partition, sorted, as Spark sees them. */
public final class CountRecords {
  private CountRecords() {}

  public static void main(String[] arguments) throws Exception {
    SparkSession spark =
        SparkSession.builder()
            .master("local[2]")
            .config("spark.ui.enabled", "false")
            .config("spark.sql.extensions", "io.delta.sql.DeltaSparkSessionExtension")
            .config(
                "spark.sql.catalog.spark_catalog",
                "org.apache.spark.sql.delta.catalog.DeltaCatalog")
            .getOrCreate();
    Dataset<Row> counts =
        spark.read().format("delta").load(arguments[0]).groupBy("part_id").count();
    try (PrintStream out =
        new PrintStream(
            Files.newOutputStream(Path.of(arguments[1])), false, StandardCharsets.UTF_8)) {
      counts.orderBy("part_id").collectAsList().stream()
          .map(row -> (row.isNullAt(0) ? "" : row.getString(0)) + "," + row.getLong(1))
          .forEach(out::println);
    }
    spark.stop();
  }
}
