package io.duckpond.journal.arrow;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.duckpond.journal.disk.Sha256;
import io.duckpond.journal.table.LogRecord;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Digests of the rows of one record, asked for one after another. For one thread. */
final class RowDigest {
  private final StreamDecoder.Batch batch;
  private final @Nullable HeapColumn seqNr;
  private final @Nullable HeapColumn txnIndex;
  private final int start;
  private ByteBuffer bytes = ByteBuffer.allocate(512);
  private long lastSeqNr = -1;
  private int lastIndex = -1;
  private int ordinal;

  RowDigest(LogRecord record, StreamDecoder.Batch batch) {
    this.batch = batch;
    this.seqNr = batch.find(RecordCodec.SEQ_NR, ColumnKind.INT64);
    this.txnIndex = batch.find(RecordCodec.TXN_INDEX, ColumnKind.INT32);
    put(record.kind().storedName());
    put(record.partId());
    if (seqNr == null) { // a marker, which says by its own range what it is of
      reserve(16).putLong(record.firstVersion()).putLong(record.version());
    }
    this.start = bytes.position();
  }

  Sha256 of(int row) {
    bytes.position(start);
    long number = seqNr == null ? row : seqNr.int64OrZero(row);
    int index = txnIndex == null ? row : txnIndex.int32(row);
    ordinal = number == lastSeqNr && index == lastIndex ? ordinal + 1 : 0;
    lastSeqNr = number;
    lastIndex = index;
    reserve(4).putInt(ordinal);
    for (StoredSchema.Named named : batch.schema().named()) {
      HeapColumn column = batch.columns().get(named.place());
      int length = column.length(row);
      reserve(named.label().length + 4L + Math.max(0, length)).put(named.label()).putInt(length);
      column.put(bytes, row);
    }
    return Sha256.of(bytes.array(), bytes.position());
  }

  private void put(String text) {
    byte[] encoded = text.getBytes(UTF_8);
    reserve(4L + encoded.length).putInt(encoded.length).put(encoded);
  }

  private ByteBuffer reserve(long more) {
    if (more > bytes.remaining()) {
      int size = Math.toIntExact(Math.max(bytes.position() + more, 2L * bytes.capacity()));
      bytes = ByteBuffer.wrap(Arrays.copyOf(bytes.array(), size)).position(bytes.position());
    }
    return bytes;
  }
}
