package io.duckpond.oplog;

import io.duckpond.journal.arrow.RecordCodec;
import io.duckpond.journal.arrow.TransactionCodec;
import io.duckpond.journal.disk.DamageException;
import io.duckpond.journal.disk.JournalException;
import io.duckpond.journal.table.LogRecord;
import io.duckpond.journal.table.RecordCursor;
import io.duckpond.journal.table.RecordKind;
import io.duckpond.journal.table.ScanRequest;
import io.duckpond.journal.table.TableVersion;
import io.duckpond.node.NodeType;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.function.Consumer;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** One version of the log, row by row. Any thread; each stream for one. */
final class LogReader implements OplogReader {
  private static final byte[] NO_BYTES = {};

  private final TableVersion table;
  private final RecordCodec rows;
  private final RecordCodec rowsWithoutContent;
  private final TransactionCodec descriptions;

  LogReader(
      TableVersion table,
      RecordCodec rows,
      RecordCodec rowsWithoutContent,
      TransactionCodec descriptions) {
    this.table = table;
    this.rows = rows;
    this.rowsWithoutContent = rowsWithoutContent;
    this.descriptions = descriptions;
  }

  @Override
  public long txnSeq() {
    return table.txnSeq();
  }

  @Override
  public Stream<RecordRow> records(LogFilter filter, Bytes bytes) {
    ScanRequest all = request(filter, ScanRequest.of(RecordKind.EVENT, RecordKind.values()));
    return scan(bytes == Bytes.READ ? all : all.withoutContent())
        .filter(record -> wanted(filter, record.partId())) // a staged file's id is its own
        .map(StoredRows::record);
  }

  @Override
  public Stream<OplogRow> entries(LogFilter filter, Bytes bytes) {
    return scan(rowRequest(filter)).flatMap(record -> rows(record, filter, bytes).stream());
  }

  private List<OplogRow> rows(LogRecord record, LogFilter filter, Bytes bytes) {
    List<OplogRow> wanted = new ArrayList<>(record.count());
    RecordCodec codec = bytes == Bytes.READ ? rows : rowsWithoutContent;
    codec.decode(
        record,
        row -> {
          if (wanted(filter, row.partId())
              && row.txnSeq() >= filter.fromTxnSeq()
              && row.txnSeq() <= filter.toTxnSeq()) {
            byte[] content = bytes == Bytes.READ ? OplogCodec.contentOrNull(row) : null;
            wanted.add(StoredRows.row(row, record.kind(), content == null ? NO_BYTES : content));
          }
        });
    return wanted;
  }

  @Override
  public Stream<TransactionRow> transactions(LogFilter filter) {
    ScanRequest request =
        ScanRequest.of(RecordKind.TRANSACTION).transactions(filter.fromTxnSeq(), filter.toTxnSeq());
    return scan(request)
        .map(
            record ->
                TransactionDescription.decode(
                    descriptions.decode(record), record.txnSeq(), record.timestampMicros()));
  }

  @Override
  public List<DirectoryEntry> changes(OplogRow row) {
    if (row.type() != NodeType.DIRECTORY) {
      throw new IllegalArgumentException("not a directory's row: " + row.nodeId());
    }
    try {
      return DirectoryEntryBatch.decode(row.content());
    } catch (DamageException e) {
      throw new DamageException(
          String.format(
              "partition [%s] sequence number [%d] transaction [%d]: %s",
              row.partId(), row.seqNr(), row.txnSeq(), e.getMessage()),
          e);
    }
  }

  @Override
  public int filesFor(LogFilter filter) {
    return table.filesFor(rowRequest(filter));
  }

  private static ScanRequest rowRequest(LogFilter filter) {
    return request(filter, ScanRequest.of(RecordKind.EVENT, RecordKind.ATTACHMENT));
  }

  private static ScanRequest request(LogFilter filter, ScanRequest kinds) {
    ScanRequest request = kinds.transactions(filter.fromTxnSeq(), filter.toTxnSeq());
    return filter.partIds().map(request::partitions).orElse(request);
  }

  private static boolean wanted(LogFilter filter, String partId) {
    return filter.partIds().isEmpty() || filter.partIds().get().contains(partId);
  }

  private Stream<LogRecord> scan(ScanRequest request) {
    try {
      Records records = new Records(table.scan(request));
      return StreamSupport.stream(records, /* parallel= */ false).onClose(records::close);
    } catch (IOException e) {
      throw failure(e);
    }
  }

  private static JournalException failure(IOException e) {
    return JournalException.notStored("cannot read the log: " + e.getMessage(), e);
  }

  /** A cursor as a stream's source. */
  private static final class Records extends Spliterators.AbstractSpliterator<LogRecord> {
    private final RecordCursor cursor;

    Records(RecordCursor cursor) {
      super(Long.MAX_VALUE, Spliterator.ORDERED | Spliterator.NONNULL | Spliterator.IMMUTABLE);
      this.cursor = cursor;
    }

    @Override
    public boolean tryAdvance(Consumer<? super LogRecord> sink) {
      try {
        boolean more = cursor.next();
        if (more) {
          sink.accept(cursor.record());
        }
        return more;
      } catch (IOException e) {
        throw failure(e);
      }
    }

    void close() {
      try {
        cursor.close();
      } catch (IOException e) {
        throw failure(e);
      }
    }
  }
}
