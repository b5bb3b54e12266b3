package io.duckpond.query;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.duckpond.CommitInfo;
import io.duckpond.Pond;
import io.duckpond.PondSettings;
import io.duckpond.Transaction;
import io.duckpond.WorkingDirectory;
import io.duckpond.node.Entry;
import io.duckpond.oplog.LogFilter;
import io.duckpond.oplog.OplogReader.Bytes;
import io.duckpond.oplog.OplogRow;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The same over a pond on disk. */
class RealPondTest {

  @TempDir private Path temporary;
  private Pond pond;

  @BeforeEach
  void create() throws IOException {
    pond = Pond.create(temporary.resolve("pond"), PondSettings.load());
  }

  @AfterEach
  void close() {
    pond.close();
  }

  private static InputStream text(String text) {
    return new ByteArrayInputStream(text.getBytes(UTF_8));
  }

  private static String csv(PondSql sql, String statement) throws Exception {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    sql.run(statement, ResultFormat.CSV, out);
    return out.toString(UTF_8);
  }

  private String csv(String statement) throws Exception {
    return csv(PondSql.over(pond), statement);
  }

  @Test
  void pendingChangesShowBeforeTheirCommitAndOnceAfterIt() throws Exception {
    String count = "select count(*) as n from oplog_entries where file_type <> 'directory'";
    try (Transaction transaction = pond.begin()) {
      transaction.root().touch("/A");
      transaction.root().createSymlink("/B", "/A");
      PondSql pending = PondSql.over(pond, transaction);

      assertThat(csv(pending, count)).isEqualTo("n\n2\n");
      assertThat(csv(count)).isEqualTo("n\n0\n");
      assertThat(csv(pending, "select path, target from nodes order by path"))
          .isEqualTo("path,target\n/,\n/A,\n/B,/A\n");
      assertThat(csv("select count(*) as n from nodes")).isEqualTo("n\n1\n");
      assertThat(csv(pending, "select txn_seq, path from oplog_entries order by path, txn_seq"))
          .isEqualTo("txn_seq,path\n1,/\n,/\n,/A\n,/B\n");

      transaction.commit(CommitInfo.message("both"));

      assertThat(csv(pending, count)).isEqualTo("n\n2\n");
      assertThat(csv(count)).isEqualTo("n\n2\n");
    }
    assertThat(csv("select txn_seq, message, operations from transactions order by 1 desc limit 1"))
        .isEqualTo("txn_seq,message,operations\n2,both,2\n");
  }

  @Test
  void pathsFollowMovesAndRemovals() throws Exception {
    try (Transaction transaction = pond.begin()) {
      WorkingDirectory root = transaction.root();
      root.createDirectories("/a/b");
      root.write("/a/b/f", text("one"));
      transaction.commit();
      root.rename("/a/b", "/c");
      root.write("/c/f", text("two"));
      transaction.commit();
      root.removeRecursively("/a");
      root.write("/c/g", text("three"));
      transaction.commit();
      root.removeRecursively("/c");
      transaction.commit();
    }

    assertThat(
            csv(
                "select txn_seq, path, version, size from oplog_entries"
                    + " where file_type = 'file' order by txn_seq"))
        .isEqualTo("txn_seq,path,version,size\n2,/a/b/f,1,3\n3,/c/f,2,3\n4,/c/g,1,5\n");
    assertThat(csv("select path from nodes")).isEqualTo("path\n/\n");
    assertThat(csv(PondSql.over(pond, pond.asOf(3)), "select path from nodes order by 1"))
        .isEqualTo("path\n/\n/a\n/c\n/c/f\n");
    assertThat(csv(PondSql.over(pond, pond.asOf(3)), "select max(txn_seq) m from oplog_entries"))
        .isEqualTo("m\n3\n");
  }

  @Test
  void joinsCountAsTheLogAndTheTreeDo() throws Exception {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    try (Transaction transaction = pond.begin()) {
      for (int round = 0; round < 5; round++) {
        for (int i = 0; i < 60; i++) {
          String directory = "/d" + random.nextInt(12);
          transaction.root().createDirectories(directory);
          // Some rounds hold more small content than a transaction keeps in memory.
          int size = round % 2 == 0 ? 10 : 40_000;
          transaction
              .root()
              .write(directory + "/f" + random.nextInt(20), text("x".repeat(random.nextInt(size))));
        }
        transaction.commit();
      }
    }
    Map<String, String> living = new TreeMap<>();
    for (Map.Entry<String, Entry> node : pond.view().root().walk("/").entrySet()) {
      living.put(node.getValue().child().hex(), "/" + node.getKey());
    }
    Map<String, Integer> expected = new TreeMap<>();
    try (Stream<OplogRow> rows = pond.oplog().entries(LogFilter.ALL, Bytes.SKIP)) {
      rows.forEach(
          row -> {
            String path = living.get(row.nodeId());
            if (path != null) {
              expected.merge(path, 1, Integer::sum);
            }
          });
    }
    StringBuilder brute = new StringBuilder("path,n\n");
    expected.forEach((path, n) -> brute.append(path).append(',').append(n).append('\n'));

    String joined =
        csv(
            """
            select n.path, count(*) as n
            from oplog_entries o join nodes n on o.node_id = n.node_id
            where n.path <> '/' group by n.path order by n.path
            """);

    assertThat(joined).as("seed %d", seed).isEqualTo(brute.toString());
    assertThat(csv("select count(*) as n from nodes"))
        .isEqualTo("n\n" + (living.size() + 1) + "\n");
    assertThat(csv("select count(*) as n from directory_entries"))
        .isEqualTo("n\n" + living.size() + "\n");
    assertThat(
            csv(
                """
                select count(*) as n from oplog_entries o
                where file_type = 'file' and path is null or size is null and file_type = 'file'
                """))
        .isEqualTo("n\n0\n");
    assertThat(csv("select sum(\"count\") as n from records where kind <> 'transaction'"))
        .isEqualTo(csv("select count(*) as n from oplog_entries"));
  }

  @Test
  void onePartitionAnswersAsAFilterOverAllOfThem() throws Exception {
    try (Transaction transaction = pond.begin()) {
      for (int i = 0; i < 5; i++) {
        transaction.root().createDirectories("/d" + i);
        transaction.root().write("/d" + i + "/f", text("x" + i));
        transaction.commit();
      }
    }
    String d3 = csv("select node_id from nodes where path = '/d3'").lines().toList().get(1);

    String pruned = csv("select * from oplog_entries where part_id = '" + d3 + "' order by seq_nr");

    assertThat(pruned.lines()).hasSize(3);
    assertThat(pruned)
        .isEqualTo(
            csv("select * from oplog_entries where part_id || '' = '" + d3 + "' order by seq_nr"));
    assertThat(csv("select name from directory_entries where part_id = '" + d3 + "'"))
        .isEqualTo("name\nf\n");
    assertThat(csv("select path from nodes where part_id = '" + d3 + "'"))
        .isEqualTo("path\n/d3/f\n");
  }

  @Test
  void jdbcSeesWhatOthersCommitMeanwhile() throws Exception {
    String url = PondDriver.PREFIX + pond.directory();
    try (Connection connection = DriverManager.getConnection(url);
        Statement statement = connection.createStatement()) {
      assertThat(count(statement)).isEqualTo(1);

      try (Transaction transaction = pond.begin()) {
        transaction.root().touch("/new");
        transaction.commit();
      }

      assertThat(count(statement)).isEqualTo(2);
    }
  }

  private static long count(Statement statement) throws Exception {
    try (ResultSet rows = statement.executeQuery("select count(*) from nodes")) {
      rows.next();
      return rows.getLong(1);
    }
  }
}
