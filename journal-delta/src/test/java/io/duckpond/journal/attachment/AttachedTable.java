package io.duckpond.journal.attachment;

import io.duckpond.journal.arrow.EventCodec;
import io.duckpond.journal.arrow.InnerRow;
import io.duckpond.journal.arrow.StreamMerger;
import io.duckpond.journal.commit.CommitQueue;
import io.duckpond.journal.commit.CommitSettings;
import io.duckpond.journal.commit.PendingEvent;
import io.duckpond.journal.commit.Receipt;
import io.duckpond.journal.commit.SequenceRange;
import io.duckpond.journal.commit.SequenceRule;
import io.duckpond.journal.disk.Machine;
import io.duckpond.journal.table.LogTable;
import io.duckpond.journal.table.RecordCursor;
import io.duckpond.journal.table.RecordKind;
import io.duckpond.journal.table.ScanRequest;
import io.duckpond.journal.table.UpkeepSettings;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;

/** A table of notes with attachments, written and read on the test's own thread. */
final class AttachedTable implements AutoCloseable {
  static final long MEMORY = 64 << 20;

  private static final CommitSettings SETTINGS =
      new CommitSettings(
          Duration.ZERO,
          32 << 20,
          100_000,
          256 << 20,
          MEMORY,
          Duration.ofSeconds(30),
          SequenceRule.INCREASING,
          1_000,
          100);

  final LogTable table;
  final CommitQueue queue;
  private final Deque<Runnable> tasks = new ArrayDeque<>();

  AttachedTable(Machine machine, Path directory) throws IOException {
    this(machine, directory, new NotesCodec());
  }

  AttachedTable(Machine machine, Path directory, EventCodec codec) throws IOException {
    UpkeepSettings upkeep =
        new UpkeepSettings(
            Optional.of(new StreamMerger(codec)), 0, 1 << 20, /* retention= */ Duration.ZERO);
    table = openOrCreate(machine, directory, upkeep);
    queue =
        new CommitQueue(
            table, codec, SETTINGS, machine.clock(), tasks::add, (delay, task) -> () -> {});
  }

  private static LogTable openOrCreate(Machine machine, Path directory, UpkeepSettings upkeep)
      throws IOException {
    try {
      return LogTable.open(machine, directory, upkeep);
    } catch (NoSuchFileException missing) {
      LogTable.create(machine, directory, Map.of()).close();
      return LogTable.open(machine, directory, upkeep);
    }
  }

  /** Merges all files, and removes what was merged. */
  void maintain() {
    table.maintain().toCompletableFuture().join();
  }

  CompletionStage<Receipt> submit(String partId, long seqNr, Object event) {
    return queue.submit(List.of(new PendingEvent(partId, seqNr, event, "w", "", List.of())));
  }

  void flush() {
    while (!tasks.isEmpty()) {
      tasks.remove().run();
    }
  }

  void store(String partId, long seqNr, Object event) {
    CompletionStage<Receipt> stored = submit(partId, seqNr, event);
    flush();
    stored.toCompletableFuture().join();
  }

  void delete(String partId, long to) {
    CompletionStage<Receipt> stored = queue.delete(partId, List.of(new SequenceRange(1, to)));
    flush();
    stored.toCompletableFuture().join();
  }

  /** Returns the events of a partition, as a recovery reads them. */
  List<Object> events(String partId) throws IOException {
    List<Object> events = new ArrayList<>();
    ScanRequest request = ScanRequest.of(RecordKind.EVENT).partitions(Set.of(partId));
    try (RecordCursor cursor = table.head().scan(request)) {
      while (cursor.next()) {
        List<InnerRow> event = new ArrayList<>();
        queue
            .recordCodec()
            .decode(
                cursor.record(),
                row -> {
                  if (!event.isEmpty() && event.get(0).seqNr() != row.seqNr()) {
                    events.add(queue.events().event(List.copyOf(event)).payload());
                    event.clear();
                  }
                  event.add(row);
                });
        events.add(queue.events().event(event).payload());
      }
    }
    return events;
  }

  static byte[] bytes(Attachment attachment) throws IOException {
    try (InputStream in = attachment.open()) {
      return in.readAllBytes();
    }
  }

  @Override
  public void close() {
    queue.close();
    table.close();
  }
}
