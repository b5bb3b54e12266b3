package io.duckpond.query;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.duckpond.FileOptions;
import io.duckpond.Pond;
import io.duckpond.PondSettings;
import io.duckpond.Transaction;
import io.duckpond.WorkingDirectory;
import io.duckpond.node.NodeType;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSetMetaData;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever columns, codecs, pages and pieces: SQL reads the rows that were written. */
class DataFilesProperties {

  private static final String[] OPERATORS = {
    " = %s", " < %s", " <= %s", " > %s", " >= %s", " <> %s", " in (%s, %s)", " not in (%s, %s)"
  };

  @TempDir private static Path temporary;
  private static Pond pond;

  @BeforeAll
  static void create() throws IOException {
    pond = Pond.create(temporary.resolve("pond"), PondSettings.load());
  }

  @AfterAll
  static void close() {
    pond.close();
  }

  static List<Long> seeds() {
    long first = Long.getLong("pond.seed", System.nanoTime() & 0xFFFF_FFFFL);
    List<Long> seeds = new ArrayList<>();
    for (long i = 0; i < size(4, 25); i++) {
      seeds.add(first + i);
    }
    return seeds;
  }

  private static int size(int ordinary, int release) {
    return "release".equals(System.getProperty("pond.test.size")) ? release : ordinary;
  }

  private static String rows(String sql) throws Exception {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    PondSql.over(pond).run(sql, ResultFormat.CSV, out);
    String csv = out.toString(UTF_8);
    return csv.substring(csv.indexOf('\n') + 1);
  }

  private static InputStream in(RandomTable table) {
    return new ByteArrayInputStream(table.parquet());
  }

  /** Some of the columns, each once, in any order. */
  private static List<String> some(List<String> columns, Random random) {
    List<String> shuffled = new ArrayList<>(columns);
    Collections.shuffle(shuffled, random);
    return shuffled.subList(0, 1 + random.nextInt(shuffled.size()));
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void aTableHasTheRowsOfItsNewestVersion(long seed) throws Exception {
    Random random = new Random(seed);
    RandomTable older = RandomTable.of(random, RandomTable.kinds(random));
    RandomTable table = RandomTable.of(random, RandomTable.kinds(random));
    boolean plain = random.nextInt(3) == 0;
    String path = "/table" + seed;
    try (Transaction transaction = pond.begin()) {
      WorkingDirectory root = transaction.root();
      root.createFile(path, in(older), FileOptions.of(plain ? NodeType.FILE : NodeType.TABLE));
      transaction.commit();
      root.write(path, in(table));
      transaction.commit();
    }
    List<String> some = some(table.columns(), random);

    String all = rows("select * from \"" + path + "\"");
    String projected = rows("select " + String.join(", ", some) + " from \"" + path + "\"");
    String count = rows("select count(*) from \"" + path + "\"");

    assertThat(all).isEqualTo(table.csv(table.columns()));
    assertThat(projected).isEqualTo(table.csv(some));
    assertThat(count).isEqualTo(table.rows().size() + "\n");
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void aSeriesHasTheRowsOfAllItsPieces(long seed) throws Exception {
    Random random = new Random(seed);
    List<RandomColumn> kinds = RandomTable.kinds(random);
    List<RandomTable> pieces = new ArrayList<>();
    for (int count = 1 + random.nextInt(11); count > 0; count--) {
      pieces.add(RandomTable.of(random, kinds));
    }
    String path = "/series" + seed;
    try (Transaction transaction = pond.begin()) {
      WorkingDirectory root = transaction.root();
      root.createFile(path, in(pieces.get(0)), FileOptions.of(NodeType.TABLE_SERIES));
      for (RandomTable piece : pieces.subList(1, pieces.size())) {
        if (random.nextBoolean()) {
          transaction.commit();
        }
        root.append(path, in(piece));
      }
      transaction.commit();
    }
    Set<String> columns = new LinkedHashSet<>();
    pieces.forEach(piece -> columns.addAll(piece.columns()));
    List<String> some = some(List.copyOf(columns), random);

    String all = rows("select * from \"" + path + "\"");
    String projected = rows("select " + String.join(", ", some) + " from \"" + path + "\"");

    assertThat(all).isEqualTo(csv(pieces, List.copyOf(columns)));
    assertThat(projected).isEqualTo(csv(pieces, some));
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void aFilterFindsWhatALookAtEachRowFinds(long seed) throws Exception {
    Random random = new Random(seed);
    List<RandomColumn> kinds = RandomTable.kinds(random);
    List<RandomTable> pieces = new ArrayList<>();
    String path = "/filtered" + seed;
    try (Transaction transaction = pond.begin()) {
      for (int i = 0; i < 4; i++) {
        pieces.add(RandomTable.of(random, kinds));
        FileOptions series = FileOptions.of(NodeType.TABLE_SERIES);
        if (i == 0) {
          transaction.root().createFile(path, in(pieces.get(i)), series);
        } else {
          transaction.root().append(path, in(pieces.get(i)));
        }
      }
      transaction.commit();
    }

    for (int i = 0; i < size(3, 10); i++) {
      String condition = condition(path, pieces, random);
      assertThat(rows("select count(*) from \"" + path + "\" where " + condition))
          .as(condition)
          .isEqualTo(
              rows("select sum(case when "
                      + condition
                      + " then 1 else 0 end) from \""
                      + path
                      + "\"")
                  .replaceFirst("^\n", "0\n"));
    }
  }

  private static String condition(String path, List<RandomTable> pieces, Random random)
      throws Exception {
    List<String> all = new ArrayList<>();
    try (Connection connection = new PondDriver().connect(new CommittedState(pond));
        PreparedStatement select = connection.prepareStatement("select * from \"" + path + "\"")) {
      ResultSetMetaData columns = select.getMetaData();
      for (int tries = 0; tries < 100 && all.size() < 1 + random.nextInt(3); tries++) {
        int column = 1 + random.nextInt(columns.getColumnCount());
        String name = columns.getColumnName(column);
        RandomTable piece = pieces.get(random.nextInt(pieces.size()));
        if (piece.rows().isEmpty() || !piece.columns().contains(name)) {
          continue;
        }
        List<String> row = piece.rows().get(random.nextInt(piece.rows().size()));
        String value = row.get(piece.columns().indexOf(name));
        String literal = literal(columns.getColumnTypeName(column), value);
        if (!literal.isEmpty()) {
          all.add(name + OPERATORS[random.nextInt(OPERATORS.length)].formatted(literal, literal));
        }
      }
    }
    return all.isEmpty() ? "true" : String.join(random.nextInt(3) > 0 ? " and " : " or ", all);
  }

  private static String literal(String type, String value) {
    if (value.isEmpty()) {
      return "";
    } else if (type.startsWith("VARCHAR")) {
      return "'" + value.replace("'", "''") + "'";
    } else if (type.startsWith("DATE") || type.startsWith("TIME")) {
      String seconds = type.startsWith("TIME(") && value.length() == 5 ? ":00" : "";
      return type.replaceFirst("\\(.*", "") + " '" + value + seconds + "'";
    }
    return type.startsWith("VARBINARY") || type.equals("BOOLEAN") || value.equals("NaN")
        ? ""
        : value;
  }

  private static String csv(List<RandomTable> pieces, List<String> columns) {
    return pieces.stream().map(piece -> piece.csv(columns)).collect(Collectors.joining());
  }

  @Test
  void everyKindOfColumnIsRead() throws Exception {
    long seed = Long.getLong("pond.seed", System.nanoTime());
    RandomTable table = RandomTable.of(new Random(seed), RandomColumn.ALL);
    try (Transaction transaction = pond.begin()) {
      transaction.root().createFile("/kinds", in(table), FileOptions.of(NodeType.TABLE_SERIES));
      transaction.root().createFile("/kind", in(table), FileOptions.of(NodeType.TABLE));
      transaction.commit();
    }

    assertThat(rows("select * from \"/kinds\""))
        .as("seed %d", seed)
        .isEqualTo(table.csv(table.columns()));
    assertThat(rows("select * from \"/kind\"")).isEqualTo(table.csv(table.columns()));
  }
}
