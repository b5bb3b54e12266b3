package io.duckpond.journal.commit;

import io.duckpond.journal.arrow.InnerRow;
import io.duckpond.journal.table.LogRecord;
import io.duckpond.journal.table.LogTable;
import io.duckpond.journal.table.RecordCursor;
import io.duckpond.journal.table.RecordKind;
import io.duckpond.journal.table.ScanRequest;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;

/** A queue on a real table, whose threads and time are driven by the test. */
final class QueueFixture implements AutoCloseable {
  static final CommitSettings SETTINGS =
      new CommitSettings(
          Duration.ZERO,
          32 << 20,
          100_000,
          64 << 20,
          64 << 20,
          Duration.ofSeconds(30),
          SequenceRule.INCREASING,
          1_000,
          100);

  final Deque<Runnable> tasks = new ArrayDeque<>();
  final List<Runnable> timers = new ArrayList<>();
  final SteppedClock clock = new SteppedClock();
  final SwitchableDisk disk = new SwitchableDisk();
  final LogTable table;
  final CommitQueue queue;

  QueueFixture(Path directory) throws IOException {
    this(directory, SETTINGS);
  }

  QueueFixture(Path directory, CommitSettings settings) throws IOException {
    table = LogTable.create(disk, directory.resolve("table"), Map.of());
    queue = queue(settings, tasks::add);
  }

  CommitQueue queue(CommitSettings settings, Executor executor) {
    return new CommitQueue(
        table,
        new TextCodec(),
        settings,
        clock,
        executor,
        (delay, task) -> {
          timers.add(task);
          return () -> timers.remove(task);
        });
  }

  static PendingEvent event(String partId, long seqNr, String text) {
    return new PendingEvent(partId, seqNr, text, "w", "", List.of());
  }

  /** Runs what the executor was given, as its only thread. */
  void run() {
    while (!tasks.isEmpty()) {
      tasks.remove().run();
    }
  }

  /** Lets every timer go off. */
  void elapse() {
    List.copyOf(timers).forEach(Runnable::run);
  }

  List<LogRecord> records(RecordKind kind) throws IOException {
    List<LogRecord> records = new ArrayList<>();
    try (RecordCursor cursor = table.head().scan(ScanRequest.of(kind))) {
      while (cursor.next()) {
        records.add(cursor.record());
      }
    }
    return records;
  }

  /** What is stored, as {@code partition/sequence number/transaction.index text}. */
  List<String> rows(RecordKind kind) throws IOException {
    List<String> rows = new ArrayList<>();
    for (LogRecord record : records(kind)) {
      queue.recordCodec().decode(record, row -> rows.add(shown(row)));
    }
    return rows;
  }

  private static String shown(InnerRow row) {
    String text = String.valueOf(row.values().get(0));
    return row.partId()
        + "/"
        + row.seqNr()
        + "/"
        + row.txnSeq()
        + "."
        + row.txnIndex()
        + " "
        + (text.length() > 20 ? "…" : text);
  }

  @Override
  public void close() {
    queue.close();
    table.close();
  }

  /** A clock that stands where it was put. */
  static final class SteppedClock extends Clock {
    Instant now = Instant.parse("2026-01-01T00:00:00Z");

    @Override
    public ZoneOffset getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(java.time.ZoneId zone) {
      throw new UnsupportedOperationException("instants only");
    }

    @Override
    public Instant instant() {
      return now;
    }
  }
}
