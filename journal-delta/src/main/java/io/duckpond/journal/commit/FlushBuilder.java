package io.duckpond.journal.commit;

import io.duckpond.journal.arrow.InnerRow;
import io.duckpond.journal.arrow.RecordCodec;
import io.duckpond.journal.arrow.TransactionCodec;
import io.duckpond.journal.disk.Sha256;
import io.duckpond.journal.table.Flush;
import io.duckpond.journal.table.FlushRecord;
import io.duckpond.journal.table.LogRecord;
import io.duckpond.journal.table.RecordKind;
import io.duckpond.journal.table.StagedFile;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Numbers transactions and turns them into records: one for each partition and kind of the flush,
 * cut at 1 MiB. Commit thread only, but for what is written ahead.
 */
final class FlushBuilder {

  /** A flush and, in the order of its transactions, what to tell them once it is durable. */
  record Prepared(Flush flush, List<Numbered> transactions, long rows, long bytes) {}

  /** A transaction and the number it has if the flush succeeds. */
  record Numbered(QueuedTransaction transaction, long txnSeq, long timestampMicros) {
    Receipt receipt(long tableVersion) {
      long entries = transaction.rowCount();
      long bytes = transaction.bytes();
      for (StagedFile file : transaction.staged()) {
        entries += file.rows();
        bytes += file.size();
      }
      return new Receipt(
          transaction.txnId().orElse(""), txnSeq, timestampMicros, tableVersion, entries, bytes);
    }
  }

  private record Share(RecordKind kind, String partId) {}

  private final RecordCodec codec;
  private final TransactionCodec transactionCodec;
  private final Clock clock;

  FlushBuilder(RecordCodec codec, TransactionCodec transactionCodec, Clock clock) {
    this.codec = codec;
    this.transactionCodec = transactionCodec;
    this.clock = clock;
  }

  /** Numbers {@code transactions} from the given last number and timestamp of the table. */
  Prepared build(List<QueuedTransaction> transactions, long lastTxnSeq, long lastTimestampMicros) {
    List<FlushRecord> records = new ArrayList<>();
    List<Flush.Staged> staged = new ArrayList<>();
    List<Flush.Prepared> prepared = new ArrayList<>();
    List<Numbered> numbered = new ArrayList<>();
    Map<Share, RecordAssembly> shares = new LinkedHashMap<>();
    long txnSeq = lastTxnSeq;
    long timestamp = lastTimestampMicros;
    for (QueuedTransaction transaction : transactions) {
      txnSeq++;
      timestamp = Math.max(nowMicros(), timestamp + 1);
      Numbered next = new Numbered(transaction, txnSeq, timestamp);
      numbered.add(next);
      if (transaction.prepared().isPresent()) {
        prepared.add(new Flush.Prepared(transaction.prepared().get(), txnSeq, timestamp));
      } else {
        addEvents(next, shares, records);
      }
      addDeletions(next, records);
      if (transaction.description().length > 0) {
        records.add(marker("", RecordKind.TRANSACTION, null, next, transaction.description()));
      }
      for (StagedFile file : transaction.staged()) {
        staged.add(new Flush.Staged(file, next.txnSeq(), next.timestampMicros()));
      }
    }
    shares.values().forEach(RecordAssembly::finish);
    long rows = transactions.stream().mapToLong(QueuedTransaction::rowCount).sum();
    long bytes = transactions.stream().mapToLong(QueuedTransaction::bytes).sum();
    return new Prepared(
        new Flush(records, staged, prepared, txnSeq, timestamp), numbered, rows, bytes);
  }

  /** Returns the records of a transaction's events, which have no number yet. Any thread. */
  List<FlushRecord> unnumbered(QueuedTransaction transaction) {
    List<FlushRecord> records = new ArrayList<>();
    Map<Share, RecordAssembly> shares = new LinkedHashMap<>();
    addEvents(new Numbered(transaction, 0, 0), shares, records);
    shares.values().forEach(RecordAssembly::finish);
    return records;
  }

  private void addEvents(
      Numbered numbered, Map<Share, RecordAssembly> shares, List<FlushRecord> records) {
    int index = 0;
    for (EncodedEvent event : numbered.transaction().events()) {
      int txnIndex = index++;
      List<InnerRow> together = new ArrayList<>(event.rows().size());
      long bytes = 0;
      for (EncodedEvent.Row row : event.rows()) {
        together.add(inner(event, row, numbered, txnIndex));
        bytes += row.bytes();
      }
      share(shares, RecordKind.EVENT, event.partId(), records).add(together, bytes);
      for (EncodedEvent.Row row : event.attachments()) {
        share(shares, RecordKind.ATTACHMENT, event.partId(), records)
            .add(List.of(inner(event, row, numbered, txnIndex)), row.bytes());
      }
    }
  }

  private RecordAssembly share(
      Map<Share, RecordAssembly> shares,
      RecordKind kind,
      String partId,
      List<FlushRecord> records) {
    return shares.computeIfAbsent(
        new Share(kind, partId), share -> new RecordAssembly(kind, partId, codec, records::add));
  }

  private static InnerRow inner(
      EncodedEvent event, EncodedEvent.Row row, Numbered numbered, int txnIndex) {
    PendingEvent source = event.source();
    return new InnerRow(
        source.partId(),
        row.values(),
        source.seqNr(),
        numbered.txnSeq(),
        numbered.timestampMicros(),
        source.writer(),
        source.manifest(),
        source.tags(),
        txnIndex);
  }

  private void addDeletions(Numbered numbered, List<FlushRecord> records) {
    for (QueuedTransaction.Deletion deletion : numbered.transaction().deletions()) {
      records.add(
          marker(deletion.partId(), RecordKind.DELETION, deletion.range(), numbered, new byte[0]));
    }
  }

  private LogRecord marker(
      String partId,
      RecordKind kind,
      @Nullable SequenceRange range,
      Numbered numbered,
      byte[] bytes) {
    byte[] content = transactionCodec.encode(numbered.txnSeq(), bytes);
    return new LogRecord(
        partId,
        kind,
        range == null ? 0 : range.first(),
        range == null ? 0 : range.last(),
        numbered.txnSeq(),
        numbered.txnSeq(),
        numbered.timestampMicros(),
        1,
        Sha256.of(content),
        content);
  }

  private long nowMicros() {
    Instant now = clock.instant();
    return now.getEpochSecond() * 1_000_000 + now.getNano() / 1_000;
  }
}
