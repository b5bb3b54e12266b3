package io.duckpond.query;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.apache.parquet.column.ParquetProperties.WriterVersion;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.example.data.simple.SimpleGroup;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.Type;
import org.apache.parquet.schema.Type.Repetition;

/**
 * A table by chance: a Parquet file and what it holds. Of some, neighbouring rows are alike, so
 * that row groups differ.
 *
 * @param columns names
 * @param rows each value as CSV has it, without quotes; empty for null
 */
record RandomTable(List<String> columns, List<List<String>> rows, byte[] parquet) {

  /** Returns a table of some of the columns {@code c0}, {@code c1} …, each of which has a kind. */
  static RandomTable of(Random random, List<RandomColumn> kinds) throws IOException {
    List<Type> types = new ArrayList<>();
    List<RandomColumn> chosen = new ArrayList<>();
    List<String> names = new ArrayList<>();
    for (int i = 0; i < kinds.size(); i++) {
      if (i == 0 || random.nextInt(4) > 0) {
        Repetition repetition = random.nextBoolean() ? Repetition.OPTIONAL : Repetition.REQUIRED;
        names.add("c" + i);
        chosen.add(kinds.get(i));
        types.add(kinds.get(i).shape().named("c" + i, repetition));
      }
    }
    MessageType schema = new MessageType("random", types);
    List<Group> groups = new ArrayList<>();
    List<List<String>> rows = new ArrayList<>();
    boolean clustered = random.nextBoolean();
    long cluster = random.nextLong();
    for (int count = random.nextInt(300); count > 0; count--) {
      Random values = clustered ? new Random(cluster + count / 25) : random;
      SimpleGroup group = new SimpleGroup(schema);
      List<String> row = new ArrayList<>();
      for (int i = 0; i < chosen.size(); i++) {
        boolean none = types.get(i).isRepetition(Repetition.OPTIONAL) && values.nextInt(3) == 0;
        row.add(none ? "" : chosen.get(i).maker().make(group, names.get(i), values));
      }
      groups.add(group);
      rows.add(row);
    }
    ParquetBytes.Style style =
        new ParquetBytes.Style(
            TestCodecs.ALL[random.nextInt(TestCodecs.ALL.length)],
            random.nextBoolean() ? WriterVersion.PARQUET_1_0 : WriterVersion.PARQUET_2_0,
            random.nextBoolean(),
            20 + random.nextInt(200),
            1 + random.nextInt(100));
    return new RandomTable(names, rows, ParquetBytes.of(schema, groups, style));
  }

  /** Returns the kinds of the columns {@code c0}, {@code c1} … of tables that may follow. */
  static List<RandomColumn> kinds(Random random) {
    List<RandomColumn> kinds = new ArrayList<>();
    for (int count = 1 + random.nextInt(12); count > 0; count--) {
      kinds.add(RandomColumn.ALL.get(random.nextInt(RandomColumn.ALL.size())));
    }
    return kinds;
  }

  /** Returns the CSV of some columns; those that are not there are null. */
  String csv(List<String> wanted) {
    StringBuilder csv = new StringBuilder();
    for (List<String> row : rows) {
      String comma = "";
      for (String name : wanted) {
        int at = columns.indexOf(name);
        csv.append(comma).append(at < 0 ? "" : quoted(row.get(at)));
        comma = ",";
      }
      csv.append('\n');
    }
    return csv.toString();
  }

  private static String quoted(String text) {
    return text.contains(",") || text.contains("\"")
        ? "\"" + text.replace("\"", "\"\"") + "\""
        : text;
  }
}
