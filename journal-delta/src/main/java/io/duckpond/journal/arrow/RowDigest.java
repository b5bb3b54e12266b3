package io.duckpond.journal.arrow;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.duckpond.journal.disk.Sha256;
import io.duckpond.journal.table.LogRecord;
import java.nio.ByteBuffer;
import java.util.Arrays;

/** Digests the rows of one record after another. For one thread. */
final class RowDigest {
  private ByteBuffer bytes = ByteBuffer.allocate(512);

  /** Returns the sum of the digests of all rows of a record. */
  Sha256 sum(DecodedRecord decoded) {
    LogRecord record = decoded.record();
    StreamDecoder.Batch batch = decoded.batch();
    HeapColumn seqNr = batch.find(RecordCodec.SEQ_NR, ColumnKind.INT64);
    HeapColumn txnIndex = batch.find(RecordCodec.TXN_INDEX, ColumnKind.INT32);
    bytes.clear();
    put(record.kind().storedName());
    put(record.partId());
    if (seqNr == null) { // a marker, which says by its own range what it is of
      reserve(16).putLong(record.firstVersion()).putLong(record.version());
    }
    int start = bytes.position();
    long lastSeqNr = -1;
    int lastIndex = -1;
    int ordinal = 0;
    Sha256 sum = Sha256.ZERO;
    for (int row = 0; row < batch.rows(); row++) {
      long number = seqNr == null ? row : seqNr.int64OrZero(row);
      int index = txnIndex == null ? row : txnIndex.int32(row);
      ordinal = number == lastSeqNr && index == lastIndex ? ordinal + 1 : 0;
      lastSeqNr = number;
      lastIndex = index;
      bytes.position(start);
      reserve(4).putInt(ordinal);
      putColumns(batch, row);
      sum = sum.plus(Sha256.of(bytes.array(), bytes.position()));
    }
    return sum;
  }

  private void putColumns(StreamDecoder.Batch batch, int row) {
    for (StoredSchema.Named named : batch.schema().named()) {
      HeapColumn column = batch.columns().get(named.place());
      int length = column.length(row);
      reserve(named.label().length + 4L + Math.max(0, length)).put(named.label()).putInt(length);
      column.put(bytes, row);
    }
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
