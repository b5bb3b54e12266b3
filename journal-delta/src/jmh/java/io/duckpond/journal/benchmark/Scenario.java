package io.duckpond.journal.benchmark;

import java.util.List;
import java.util.stream.Stream;

/**
 * A benchmark and the rows of the table that come of it.
 *
 * @param id as goals name it
 * @param parameter of the benchmark to set, and its value; empty for none
 * @param jvmArguments for its JVM
 * @param warmups iterations that do not count
 * @param iterations of which the table shows the median
 */
record Scenario(
    String id,
    Class<?> benchmark,
    List<String> parameter,
    List<String> jvmArguments,
    int warmups,
    int iterations,
    List<Row> rows) {

  /**
   * A row of the table: a figure of ours, beside one of a peer.
   *
   * @param ours name of the figure
   * @param peer name of the other one; empty for none
   * @param goal in words
   */
  record Row(String what, String ours, String peer, String goal) {}

  static List<Scenario> all() {
    return List.of(
        of(
            "P1",
            SingleEventBenchmark.class,
            5,
            new Row(
                "one event, durable, p50; beside the bare disk",
                "queue",
                "floor",
                "≤ floor + 1.5 ms; then ≤ 1.5 ×"),
            new Row("the same through a persistent actor", "actor", "floor", "–")),
        new Scenario(
            "P2",
            LongHistoryBenchmark.class,
            List.of(),
            List.of(),
            0,
            1,
            List.of(
                new Row(
                    "after 10,000 transactions; beside a fresh table",
                    "after 10,000",
                    "fresh, beside 10,000",
                    "≤ 1.3 ×"),
                new Row(
                    "after 100,000 transactions; beside a fresh table",
                    "after 100,000",
                    "fresh, beside 100,000",
                    "≤ 1.3 ×"))),
        threads(64, "≥ 0.4 ×; then ≥ 1 ×"),
        threads(1000, "≥ 1 ×"),
        actors(64, "≥ 0.4 ×; then ≥ 1 ×"),
        actors(1000, "≥ 1 ×"),
        of(
            "P3",
            PersistCallsBenchmark.class,
            3,
            new Row(
                "one actor, persistAsync; beside LevelDB",
                "delta persistAsync",
                "leveldb persistAsync",
                "≥ 1 ×"),
            new Row("beside JDBC on H2", "delta persistAsync", "jdbc persistAsync", "–"),
            new Row(
                "one actor, persistAll of 100; beside LevelDB",
                "delta persistAll",
                "leveldb persistAll",
                "≥ 1 ×"),
            new Row("beside JDBC on H2", "delta persistAll", "jdbc persistAll", "–"),
            new Row("one actor, persist; beside LevelDB", "delta persist", "leveldb persist", "–"),
            new Row("beside JDBC on H2", "delta persist", "jdbc persist", "–"),
            new Row("one actor recovers; beside LevelDB", "delta recover", "leveldb recover", "–"),
            new Row("beside JDBC on H2", "delta recover", "jdbc recover", "–")),
        new Scenario(
            "P4",
            BulkTransactionBenchmark.class,
            List.of(),
            List.of("-Xmx512m"),
            8,
            5,
            List.of(
                new Row(
                    "100,000 persistence ids in one commit; beside bare Parquet rows",
                    "journal",
                    "parquet",
                    "≥ 60,000; then ≥ 250,000"),
                new Row("its time", "seconds", "", "–"),
                new Row("its heap, garbage included, of 512 MB", "heap", "", "≤ 512 MB"))),
        recovery(false, "all events decoded, records of one"),
        recovery(true, "all events decoded, records merged"),
        of(
            "groups",
            LargeGroupBenchmark.class,
            5,
            new Row("a transaction over 20,000 persistence ids", "queue group", "", "≤ 2 s"),
            new Row(
                "longest wait of an unrelated persist meanwhile",
                "queue unrelated, worst",
                "",
                "≤ 250 ms"),
            new Row("the same by 20,000 persistent actors", "actors group", "", "≤ 2 s"),
            new Row(
                "longest wait of an unrelated actor meanwhile",
                "actors unrelated, worst",
                "",
                "≤ 250 ms")),
        new Scenario(
            "P15",
            DiskUsageBenchmark.class,
            List.of(),
            List.of(),
            0,
            1,
            List.of(
                new Row("disk, batches of 1,000 after upkeep", "batches", "", "≤ 1.3 ×"),
                new Row("disk, single events after upkeep", "single", "", "–"),
                files("batches", "before"),
                files("batches", "after"),
                files("single", "before"),
                new Row(
                    "of one that wrote in 4 of the last flushes, before upkeep",
                    "single: files opened before, seldom",
                    "",
                    "≤ 5"),
                files("single", "after"))),
        of(
            "batches",
            BatchSizeBenchmark.class,
            3,
            BatchSizeBenchmark.BATCHES.stream()
                .flatMap(
                    batch ->
                        Stream.of(
                            new Row(
                                "transactions of %,d, one after another".formatted(batch),
                                BatchSizeBenchmark.speed(batch),
                                "",
                                "–"),
                            new Row(
                                "their bytes an event, log included",
                                BatchSizeBenchmark.bytes(batch),
                                "",
                                "–")))
                .toArray(Row[]::new)));
  }

  private static Scenario of(String id, Class<?> benchmark, int iterations, Row... rows) {
    return new Scenario(id, benchmark, List.of(), List.of(), 2, iterations, List.of(rows));
  }

  private static Scenario recovery(boolean merged, String what) {
    return new Scenario(
        "P5",
        RecoveryScanBenchmark.class,
        List.of("merged", String.valueOf(merged)),
        List.of(),
        2,
        5,
        List.of(
            new Row(
                what + "; beside a scan of the bare Parquet columns",
                "decoded",
                "parquet",
                "≥ 250,000; then ≥ 1,000,000"),
            new Row("records verified, not decoded", "records", "parquet", "–"),
            new Row("two threads beside one", "two threads", "one thread", "scales")));
  }

  private static Row files(String table, String when) {
    return new Row(
        "files opened to recover one id, %s, %s upkeep".formatted(table, when),
        table + ": files opened " + when,
        "",
        "≤ 5");
  }

  private static Scenario threads(int writers, String goal) {
    return new Scenario(
        "P3",
        ConcurrentWritersBenchmark.class,
        List.of("writers", String.valueOf(writers)),
        List.of(),
        8,
        7,
        List.of(
            new Row(
                "%,d threads; beside RocksDB with sync writes".formatted(writers),
                "queue",
                "rocksdb",
                goal)));
  }

  private static Scenario actors(int writers, String goal) {
    return new Scenario(
        "P3",
        ConcurrentActorsBenchmark.class,
        List.of("writers", String.valueOf(writers)),
        List.of(),
        8,
        3,
        List.of(
            new Row(
                "%,d persistent actors; beside JDBC on H2".formatted(writers),
                "actors",
                "jdbc",
                "≥ 10 ×"),
            new Row("beside LevelDB", "actors", "leveldb", "–"),
            new Row(
                "beside RocksDB with sync writes, from %,d threads".formatted(writers),
                "actors",
                "rocksdb",
                goal)));
  }
}
