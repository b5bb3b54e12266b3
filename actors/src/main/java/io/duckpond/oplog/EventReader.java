package io.duckpond.oplog;

import static java.util.stream.Collectors.toSet;

import io.duckpond.journal.arrow.InnerRow;
import io.duckpond.journal.arrow.RecordCodec;
import io.duckpond.journal.disk.DamageException;
import io.duckpond.journal.table.LogRecord;
import io.duckpond.journal.table.RecordCursor;
import io.duckpond.journal.table.RecordKind;
import io.duckpond.journal.table.ScanRequest;
import io.duckpond.journal.table.TableVersion;
import io.duckpond.node.NodeId;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;

/** From records of kind event to {@link LoggedEvent}s. Any thread. */
final class EventReader {
  private final RecordCodec records;
  private final OplogCodec events;

  EventReader(RecordCodec records, OplogCodec events) {
    this.records = records;
    this.events = events;
  }

  /** As {@link Oplog#replay}. */
  void replay(
      TableVersion table,
      NodeId directory,
      long afterSeqNr,
      long toTxnSeq,
      Consumer<LoggedEvent> sink)
      throws IOException {
    ScanRequest request =
        ScanRequest.of(RecordKind.EVENT)
            .partitions(Set.of(directory.hex()))
            .versions(afterSeqNr + 1, Long.MAX_VALUE)
            .transactions(0, toTxnSeq);
    long[] last = {afterSeqNr};
    for (LogRecord record : inOrder(table, request)) {
      read(
          record,
          event -> {
            if (event.seqNr() > afterSeqNr && event.txnSeq() <= toTxnSeq) {
              demandNext(last[0], event);
              last[0] = event.seqNr();
              sink.accept(event);
            }
          });
    }
  }

  /** As {@link Oplog#replayTransaction}. */
  void replayTransaction(TableVersion table, long txnSeq, Consumer<LoggedEvent> sink)
      throws IOException {
    replayTransactions(table, txnSeq, txnSeq, sink);
  }

  /** As {@link Oplog#replayTransactions(long, long, Consumer)}. */
  void replayTransactions(
      TableVersion table, long fromTxnSeq, long toTxnSeq, Consumer<LoggedEvent> sink)
      throws IOException {
    ScanRequest request = ScanRequest.of(RecordKind.EVENT).transactions(fromTxnSeq, toTxnSeq);
    replay(table, request, fromTxnSeq, toTxnSeq, sink);
  }

  /** As {@link Oplog#replayTransactions(Set, long, long, Consumer)}. */
  void replayTransactions(
      TableVersion table,
      Set<NodeId> directories,
      long fromTxnSeq,
      long toTxnSeq,
      Consumer<LoggedEvent> sink)
      throws IOException {
    ScanRequest request =
        ScanRequest.of(RecordKind.EVENT)
            .partitions(directories.stream().map(NodeId::hex).collect(toSet()))
            .transactions(fromTxnSeq, toTxnSeq);
    replay(table, request, fromTxnSeq, toTxnSeq, sink);
  }

  private void replay(
      TableVersion table,
      ScanRequest request,
      long fromTxnSeq,
      long toTxnSeq,
      Consumer<LoggedEvent> sink)
      throws IOException {
    try (RecordCursor cursor = table.scan(request)) {
      while (cursor.next()) {
        read(
            cursor.record(),
            event -> {
              if (fromTxnSeq <= event.txnSeq() && event.txnSeq() <= toTxnSeq) {
                sink.accept(event);
              }
            });
      }
    }
  }

  /** As {@link Oplog#firstTransaction}. */
  static OptionalLong firstTransaction(TableVersion table, NodeId directory) throws IOException {
    ScanRequest request =
        ScanRequest.of(RecordKind.EVENT)
            .partitions(Set.of(directory.hex()))
            .versions(1, 1)
            .withoutContent();
    try (RecordCursor cursor = table.scan(request)) {
      while (cursor.next()) {
        if (cursor.record().firstVersion() == 1) {
          return OptionalLong.of(cursor.record().firstTxnSeq());
        }
      }
    }
    return OptionalLong.empty();
  }

  /** As {@link Oplog#replay(DirectorySnapshot, long, Consumer)}. */
  boolean replay(
      TableVersion table, DirectorySnapshot base, long toTxnSeq, Consumer<LoggedEvent> sink)
      throws IOException {
    ScanRequest request =
        ScanRequest.of(RecordKind.EVENT)
            .partitions(Set.of(base.directory().hex()))
            .versions(base.seqNr(), Long.MAX_VALUE)
            .transactions(base.txnSeq(), toTxnSeq);
    boolean[] stands = {false};
    long[] last = {base.seqNr()};
    for (LogRecord record : inOrder(table, request)) {
      read(
          record,
          event -> {
            if (event.seqNr() == base.seqNr()) {
              stands[0] = base.endsWith(event);
            } else if (stands[0] && event.seqNr() > base.seqNr() && event.txnSeq() <= toTxnSeq) {
              demandNext(last[0], event);
              last[0] = event.seqNr();
              sink.accept(event);
            }
          });
      if (!stands[0]) {
        return false;
      }
    }
    return stands[0];
  }

  /** Returns one partition's records, the oldest events first. */
  private static List<LogRecord> inOrder(TableVersion table, ScanRequest request)
      throws IOException {
    List<LogRecord> found = new ArrayList<>();
    try (RecordCursor cursor = table.scan(request)) {
      while (cursor.next()) {
        found.add(cursor.record());
      }
    }
    // Compaction moves records from file to file; their numbers alone say what came first.
    found.sort(Comparator.comparingLong(LogRecord::firstVersion));
    return found;
  }

  private static void demandNext(long last, LoggedEvent event) {
    if (event.seqNr() != last + 1) {
      throw new DamageException(
          String.format(
              "partition [%s]: event [%d] of transaction [%d] follows event [%d]",
              event.directory(), event.seqNr(), event.txnSeq(), last));
    }
  }

  /** As {@link Oplog#replayAll}, or {@link Oplog#replaySome} if directories are named. */
  ReadCounts replayAll(
      TableVersion table,
      Optional<Set<NodeId>> directories,
      long toTxnSeq,
      Executor executor,
      int parallelism,
      Consumer<LoggedEvent> sink)
      throws IOException {
    LongAdder count = new LongAdder();
    LongAdder bytes = new LongAdder();
    ScanRequest all = ScanRequest.of(RecordKind.EVENT).transactions(0, toTxnSeq);
    table.scanParallel(
        directories
            .map(some -> all.partitions(some.stream().map(NodeId::hex).collect(toSet())))
            .orElse(all),
        executor,
        parallelism,
        record -> {
          count.increment();
          bytes.add(record.content().length);
          read(
              record,
              event -> {
                if (event.txnSeq() <= toTxnSeq) {
                  sink.accept(event);
                }
              });
        });
    return new ReadCounts(count.sum(), bytes.sum());
  }

  /** Hands out the events of a record: its rows, cut where the sequence number changes. */
  void read(LogRecord record, Consumer<LoggedEvent> sink) {
    List<InnerRow> event = new ArrayList<>();
    records.decode(
        record,
        row -> {
          if (!event.isEmpty() && event.get(0).seqNr() != row.seqNr()) {
            sink.accept(event(record, event));
            event.clear();
          }
          event.add(row);
        });
    if (!event.isEmpty()) {
      sink.accept(event(record, event));
    }
  }

  private LoggedEvent event(LogRecord record, List<InnerRow> rows) {
    InnerRow first = rows.get(0);
    if (!first.partId().equals(record.partId())) {
      throw new DamageException(
          String.format(
              "partition [%s] transaction [%d]: holds an event of partition [%s]",
              record.partId(), first.txnSeq(), first.partId()));
    }
    DirectoryEvent event = events.decode(rows);
    return new LoggedEvent(
        event.own().node(), first.seqNr(), first.txnSeq(), first.timestampMicros(), event);
  }
}
