package io.duckpond.query;

import static org.assertj.core.api.Assertions.assertThat;

import io.duckpond.node.NodeType;
import io.duckpond.oplog.OplogRow;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever goes into the scans, answers are those of a plan into which nothing goes. */
class PushDownProperties {

  private static final String[] COMPARISONS = {"=", "<", "<=", ">", ">=", "<>"};

  static LongStream seeds() {
    return LongStream.range(0, 25);
  }

  private static FakePond randomPond(Random random) {
    FakePond pond = new FakePond();
    pond.log.entries.clear();
    int rows = random.nextInt(60);
    for (int i = 0; i < rows; i++) {
      OplogRow row = row(random, 1 + random.nextInt(4));
      pond.log.entries.add(row);
    }
    for (int i = random.nextInt(4); i > 0; i--) {
      pond.pending.add(row(random, 0));
    }
    return pond;
  }

  private static OplogRow row(Random random, long txnSeq) {
    List<String> nodes =
        List.of(FakePond.ROOT, FakePond.D.hex(), FakePond.F.hex(), FakePond.L.hex(), "gone");
    return new OplogRow(
        "p" + random.nextInt(3),
        nodes.get(random.nextInt(nodes.size())),
        NodeType.FILE,
        true,
        "{\"size\":" + random.nextInt(9) + "}",
        new byte[0],
        txnSeq,
        txnSeq,
        txnSeq * 1_000,
        0);
  }

  private static String condition(Random random, int depth) {
    if (depth > 0 && random.nextInt(3) > 0) {
      String joined =
          condition(random, depth - 1)
              + (random.nextInt(3) > 0 ? " and " : " or ")
              + condition(random, depth - 1);
      return (random.nextInt(6) == 0 ? "not " : "") + "(" + joined + ")";
    }
    String comparison = COMPARISONS[random.nextInt(COMPARISONS.length)];
    return switch (random.nextInt(7)) {
      case 0 -> "PART " + comparison + " 'p" + random.nextInt(3) + "'";
      case 1 -> "PART in ('p" + random.nextInt(3) + "', 'p" + random.nextInt(4) + "')";
      case 2 -> "TXN " + comparison + " " + (random.nextInt(7) - 1);
      case 3 -> random.nextInt(5) + " " + comparison + " TXN";
      case 4 -> "TXN between " + random.nextInt(4) + " and " + random.nextInt(6);
      case 5 -> "TXN is " + (random.nextBoolean() ? "not " : "") + "null";
      default -> "size > " + random.nextInt(9);
    };
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void filtersInsideTheScanAnswerAsFiltersAboveIt(long seed) throws Exception {
    Random random = new Random(seed);
    FakePond pond = randomPond(random);
    String condition = condition(random, 3);
    String query = "select count(*) as n, sum(size) as s from oplog_entries where ";

    String inside =
        Sql.csv(pond, query + condition.replace("PART", "part_id").replace("TXN", "txn_seq"));

    // No scan takes over a filter on an expression.
    String above =
        Sql.csv(
            pond,
            query + condition.replace("PART", "(part_id || '')").replace("TXN", "(txn_seq + 0)"));
    assertThat(inside).as("%s", condition).isEqualTo(above);
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void aJoinCountsAsTwoNestedLoopsDo(long seed) throws Exception {
    FakePond pond = randomPond(new Random(seed));
    List<OplogRow> rows = new ArrayList<>(pond.log.entries);
    rows.addAll(pond.pending);
    TreeMap<String, Integer> expected = new TreeMap<>();
    TreeWalkOfTest.paths(pond)
        .forEach(
            (path, node) -> {
              for (OplogRow row : rows) {
                if (row.nodeId().equals(node)) {
                  expected.merge(path, 1, Integer::sum);
                }
              }
            });

    String counted =
        Sql.csv(
            pond,
            "select n.path, count(*) as n from oplog_entries join nodes n using (node_id)"
                + " group by n.path order by n.path");

    StringBuilder brute = new StringBuilder("path,n\n");
    expected.forEach((path, count) -> brute.append(path).append(',').append(count).append('\n'));
    assertThat(counted).isEqualTo(brute.toString());
  }

  /** The living nodes of {@link FakePond} that rows may name, by hand. */
  private static final class TreeWalkOfTest {
    static TreeMap<String, String> paths(FakePond pond) {
      assertThat(pond.tree.directories).hasSize(2);
      TreeMap<String, String> paths = new TreeMap<>();
      paths.put("/", FakePond.ROOT);
      paths.put("/d", FakePond.D.hex());
      paths.put("/d/l", FakePond.L.hex());
      paths.put("/moved", FakePond.F.hex());
      return paths;
    }
  }
}
