package io.duckpond.journal.arrow;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.duckpond.journal.disk.Sha256;
import io.duckpond.journal.table.LogRecord;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Digests of the rows of one record, asked for one after another. For one thread. */
final class RowDigest {
  private final List<Map.Entry<String, HeapColumn>> columns;
  private final @Nullable HeapColumn seqNr;
  private final @Nullable HeapColumn txnIndex;
  private final int start;
  private ByteBuffer bytes = ByteBuffer.allocate(512);
  private long lastSeqNr = -1;
  private int lastIndex = -1;
  private int ordinal;

  RowDigest(LogRecord record, List<Map.Entry<String, HeapColumn>> columns) {
    this.columns = columns;
    this.seqNr = find(RecordCodec.SEQ_NR, ColumnKind.INT64);
    this.txnIndex = find(RecordCodec.TXN_INDEX, ColumnKind.INT32);
    put(record.kind().storedName());
    put(record.partId());
    if (seqNr == null) { // a marker, which says by its own range what it is of
      reserve(16).putLong(record.firstVersion()).putLong(record.version());
    }
    this.start = bytes.position();
  }

  private @Nullable HeapColumn find(String name, ColumnKind kind) {
    return columns.stream()
        .filter(column -> column.getKey().equals(name) && column.getValue().kind() == kind)
        .map(Map.Entry::getValue)
        .findFirst()
        .orElse(null);
  }

  Sha256 of(int row) {
    bytes.position(start);
    long number = seqNr == null ? row : seqNr.int64OrZero(row);
    int index = txnIndex == null ? row : txnIndex.int32(row);
    ordinal = number == lastSeqNr && index == lastIndex ? ordinal + 1 : 0;
    lastSeqNr = number;
    lastIndex = index;
    reserve(4).putInt(ordinal);
    for (Map.Entry<String, HeapColumn> column : columns) {
      put(column.getKey());
      int length = column.getValue().length(row);
      reserve(5L + Math.max(0, length)).putInt(length);
      column.getValue().put(bytes, row);
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
