package io.duckpond.feed;

import io.duckpond.Pond;
import io.duckpond.async.Calls;
import io.duckpond.node.NodeId;
import io.duckpond.node.NodeType;
import io.duckpond.oplog.DirectoryEntry;
import io.duckpond.oplog.LogFilter;
import io.duckpond.oplog.OplogReader;
import io.duckpond.oplog.OplogRow;
import io.duckpond.oplog.TransactionRow;
import java.io.IOException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.apache.pekko.Done;

/** One consumer's way through the log, some transactions at a time. One call at a time. */
final class FeedReading {
  /** Transactions of which the changes are in memory at once. */
  private static final int BATCH = 16;

  /** What happens at the log's end. */
  enum AtEnd {
    STOP,
    WAIT
  }

  /** A directory's change with the directory. */
  private record Row(NodeId directory, DirectoryEntry change) {}

  private final Pond pond;
  private final Calls calls;
  private final Commits commits;
  private final AtEnd atEnd;
  private final DirectoryPaths paths = new DirectoryPaths();
  private long next;
  private boolean started;
  private volatile boolean closed;

  FeedReading(Pond pond, Calls calls, Commits commits, long from, AtEnd atEnd) {
    this.pond = pond;
    this.calls = calls.oneByOne();
    this.commits = commits;
    this.next = from;
    this.atEnd = atEnd;
  }

  /** Returns the next transactions, waiting for them if so asked; empty at the end. */
  CompletableFuture<Optional<List<CommittedTransaction>>> next() {
    CompletableFuture<Optional<List<CommittedTransaction>>> answer = new CompletableFuture<>();
    look(answer);
    return answer;
  }

  private void look(CompletableFuture<Optional<List<CommittedTransaction>>> answer) {
    CompletableFuture<Done> again = commits.next(); // first: or a commit meanwhile goes unnoticed
    CompletableFuture<List<CommittedTransaction>> unused =
        calls
            .run(this::read)
            .whenComplete(
                (found, failure) -> {
                  if (failure != null) {
                    answer.completeExceptionally(failure);
                  } else if (!found.isEmpty()) {
                    answer.complete(Optional.of(found));
                  } else if (atEnd == AtEnd.STOP || closed) {
                    answer.complete(Optional.empty());
                  } else {
                    CompletableFuture<Done> waiting = again.thenApply(done -> wakeUp(done, answer));
                    commits.tick();
                  }
                });
  }

  private Done wakeUp(Done done, CompletableFuture<Optional<List<CommittedTransaction>>> answer) {
    look(answer);
    return done;
  }

  /** Ends the waiting; the log is open only while it is read. */
  void close() {
    closed = true;
  }

  private List<CommittedTransaction> read() throws IOException {
    OplogReader log = pond.oplog();
    if (closed || log.txnSeq() < next) {
      return List.of();
    }
    if (!started && next > 1) {
      paths.learn(pond.asOf(next - 1).tree());
    }
    started = true;
    long last = Math.min(log.txnSeq(), next + BATCH - 1);
    LogFilter filter = new LogFilter(Optional.empty(), next, last);
    Map<Long, List<Row>> rows = rows(log, filter);
    List<CommittedTransaction> found = new ArrayList<>();
    try (Stream<TransactionRow> transactions = log.transactions(filter)) {
      transactions.forEach(
          row -> found.add(transaction(row, rows.getOrDefault(row.txnSeq(), List.of()))));
    }
    requireAll(found, last);
    next = last + 1;
    paths.tidy();
    return found;
  }

  private void requireAll(List<CommittedTransaction> found, long last) {
    long expected = next;
    for (CommittedTransaction transaction : found) {
      if (transaction.txnSeq() != expected++) {
        break;
      }
    }
    if (found.size() != last - next + 1 || expected != last + 1) {
      throw new IllegalStateException(
          "transactions " + next + " to " + last + " were to be in the log, found " + found.size());
    }
  }

  private static Map<Long, List<Row>> rows(OplogReader log, LogFilter filter) {
    Map<Long, List<Row>> rows = new TreeMap<>();
    try (Stream<OplogRow> stream = log.entries(filter, OplogReader.Bytes.READ)) {
      stream
          .filter(row -> row.type() == NodeType.DIRECTORY && !row.attachment())
          .forEach(
              row ->
                  log.changes(row)
                      .forEach(
                          change ->
                              rows.computeIfAbsent(row.txnSeq(), number -> new ArrayList<>())
                                  .add(new Row(NodeId.parse(row.partId()), change))));
    }
    return rows;
  }

  private CommittedTransaction transaction(TransactionRow row, List<Row> rows) {
    List<String> origins = new ArrayList<>();
    for (Row each : rows) {
      origins.add(
          each.change() instanceof DirectoryEntry.MovedIn moved
              ? paths.of(moved.from(), moved.fromName())
              : "");
    }
    rows.forEach(this::forget);
    rows.forEach(
        each ->
            each.change()
                .after()
                .ifPresent(entry -> paths.put(each.directory(), each.change().name(), entry)));
    List<Change> changes = new ArrayList<>();
    for (int i = 0; i < rows.size(); i++) {
      change(rows.get(i), origins.get(i)).ifPresent(changes::add);
    }
    changes.sort(Comparator.comparing(Change::path));
    return new CommittedTransaction(
        row.txnSeq(),
        Instant.EPOCH.plus(row.timestampMicros(), ChronoUnit.MICROS),
        row.command(),
        row.message(),
        row.user(),
        changes);
  }

  private void forget(Row row) {
    if (row.change() instanceof DirectoryEntry.Remove removed) {
      paths.remove(removed.entry());
    }
  }

  private Optional<Change> change(Row row, String origin) {
    String path = paths.of(row.directory(), row.change().name());
    DirectoryEntry change = row.change();
    if (change instanceof DirectoryEntry.MovedIn moved) {
      return Optional.of(new Change.Moved(origin, path, moved.entry()));
    }
    if (change instanceof DirectoryEntry.Remove removed) {
      return Optional.of(new Change.Removed(path, removed.entry()));
    }
    if (change instanceof DirectoryEntry.Put put) {
      return Optional.of(new Change.Put(path, put.entry()));
    }
    return Optional.empty(); // moved out: told where it has come to
  }
}
