package io.duckpond.journal.query;

import io.duckpond.journal.table.RecordCursor;
import io.duckpond.journal.table.RecordKind;
import io.duckpond.journal.table.ScanRequest;
import io.duckpond.journal.table.TableVersion;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The persistence ids that have stored an event, each once, in about the order of their first. It
 * remembers all that it has handed out.
 */
final class PersistenceIdReader implements ChunkReader<String> {
  /** Contents are not read, and they make up nearly all of a file. */
  private static final int BYTES_PER_KEY_BYTE = 16;

  private final long readBytes;
  private final Set<String> known = new HashSet<>();
  private long doneTxnSeq;

  PersistenceIdReader(long readBytes) {
    this.readBytes = Math.min(readBytes, Long.MAX_VALUE / BYTES_PER_KEY_BYTE) * BYTES_PER_KEY_BYTE;
  }

  @Override
  public Chunk<String> read(TableVersion version, long toTxnSeq) throws IOException {
    if (doneTxnSeq >= toTxnSeq) {
      return new Chunk<>(List.of(), Progress.CAUGHT_UP);
    }
    long from = doneTxnSeq + 1;
    long last = Math.min(toTxnSeq, version.lastTxnSeqWithin(from, readBytes));
    List<String> found = new ArrayList<>();
    Set<String> fresh = new HashSet<>();
    // A deletion too: events that are deleted may be gone for good one day.
    ScanRequest keys =
        ScanRequest.of(RecordKind.EVENT, RecordKind.DELETION)
            .transactions(from, last)
            .withoutContent();
    try (RecordCursor cursor = version.scan(keys)) {
      while (cursor.next()) {
        String partId = cursor.record().partId();
        if (!known.contains(partId) && fresh.add(partId)) {
          found.add(partId);
        }
      }
    }
    known.addAll(fresh);
    doneTxnSeq = last;
    return new Chunk<>(found, doneTxnSeq < toTxnSeq ? Progress.MORE : Progress.CAUGHT_UP);
  }
}
