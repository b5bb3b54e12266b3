package io.duckpond.journal.table;

import static io.duckpond.journal.table.Records.everything;
import static io.duckpond.journal.table.Records.name;
import static io.duckpond.journal.table.Records.names;
import static io.duckpond.journal.table.Records.read;
import static org.assertj.core.api.Assertions.assertThat;

import io.duckpond.journal.disk.Disk;
import io.duckpond.journal.disk.RealDisk;
import io.duckpond.journal.disk.Sha256;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Predicate;
import java.util.stream.LongStream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What goes in comes out, whatever is asked for and however it is read. */
class RecordProperties {
  @TempDir private Path directory;

  static LongStream seeds() {
    return LongStream.concat(LongStream.of(1, 2), LongStream.of(System.nanoTime()));
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void scansAgreeWithAFilteredList(long seed) throws Exception {
    System.err.println("seed " + seed);
    Random random = new Random(seed);
    Disk disk = new RealDisk();
    List<LogRecord> written = new ArrayList<>();
    ExecutorService threads = Executors.newFixedThreadPool(3);
    try (LogTable table = LogTable.create(disk, directory, Map.of())) {
      for (int txn = 1; txn <= 12; txn++) {
        List<LogRecord> records = records(random, txn);
        written.addAll(records);
        table.append(new Flush(records, List.of(), txn, txn * 1000));
      }
      for (LogTable reader : List.of(table, LogTable.open(disk, directory))) {
        for (int i = 0; i < 25; i++) {
          ScanRequest request = request(random);
          List<String> expected = sorted(written.stream().filter(matches(request)).toList());

          List<LogRecord> found = read(reader.head(), request);
          List<LogRecord> parallel = Collections.synchronizedList(new ArrayList<>());
          reader.head().scanParallel(request, threads, 3, parallel::add);

          assertThat(sorted(found)).as("%s", request).isEqualTo(expected);
          assertThat(sorted(parallel)).as("%s", request).isEqualTo(expected);
          assertThat(found)
              .allSatisfy(
                  record -> assertThat(record.content().length > 0 || !request.content()).isTrue());
        }
      }
      assertThat(names(read(table.head(), everything()))).isEqualTo(inStoredOrder(written));
    } finally {
      threads.shutdownNow();
    }
  }

  private static List<String> sorted(List<LogRecord> records) {
    return records.stream().map(r -> name(r) + " " + r.sha256()).sorted().toList();
  }

  private static List<String> inStoredOrder(List<LogRecord> records) {
    return records.stream()
        .sorted(
            Comparator.comparing(LogRecord::txnSeq)
                .thenComparing(LogRecord::kind)
                .thenComparing(LogRecord::partId, Utf8Order.INSTANCE)
                .thenComparing(LogRecord::version))
        .map(Records::name)
        .toList();
  }

  private static final List<String> PARTS =
      List.of("a", "ab", "b", "ü", "\uFFFF", "😀", "x".repeat(100), "x".repeat(100) + "y");

  private static String part(Random random) {
    int choice = random.nextInt(40);
    return choice < PARTS.size() ? PARTS.get(choice) : "p" + choice;
  }

  private static List<LogRecord> records(Random random, long txn) {
    List<LogRecord> records = new ArrayList<>();
    Set<String> names = new HashSet<>();
    int count = 1 + random.nextInt(random.nextInt(10) == 0 ? 3000 : 30);
    for (int i = 0; i < count; i++) {
      byte[] content = new byte[1 + random.nextInt(random.nextInt(50) == 0 ? 200_000 : 300)];
      random.nextBytes(content);
      RecordKind kind = RecordKind.values()[random.nextInt(4)];
      boolean whole = kind == RecordKind.TRANSACTION;
      long version = whole ? 0 : 1 + random.nextInt(100_000);
      LogRecord record =
          new LogRecord(
              whole ? "" : part(random),
              kind,
              version,
              version,
              txn,
              txn,
              txn * 1000,
              random.nextInt(5),
              Sha256.of(content),
              content);
      if (names.add(name(record))) {
        records.add(record);
      }
    }
    return records;
  }

  private static ScanRequest request(Random random) {
    ScanRequest request =
        switch (random.nextInt(3)) {
          case 0 -> everything();
          case 1 -> ScanRequest.of(RecordKind.EVENT);
          default -> ScanRequest.of(RecordKind.ATTACHMENT, RecordKind.TRANSACTION);
        };
    if (random.nextBoolean()) {
      Set<String> parts = new HashSet<>();
      for (int i = random.nextInt(4); i >= 0; i--) {
        parts.add(part(random));
      }
      request = request.partitions(parts);
    }
    if (random.nextBoolean()) {
      long from = random.nextInt(100_000);
      request = request.versions(from, from + random.nextInt(50_000));
    }
    if (random.nextBoolean()) {
      long from = random.nextInt(13);
      request = request.transactions(from, from + random.nextInt(4));
    }
    return random.nextInt(4) == 0 ? request.withoutContent() : request;
  }

  private static Predicate<LogRecord> matches(ScanRequest request) {
    Optional<Set<String>> parts = request.partIds();
    return record ->
        request.kinds().contains(record.kind())
            && (parts.isEmpty() || parts.get().contains(record.partId()))
            && record.version() >= request.fromVersion()
            && record.firstVersion() <= request.toVersion()
            && record.txnSeq() >= request.fromTxnSeq()
            && record.firstTxnSeq() <= request.toTxnSeq();
  }
}
