package io.duckpond.journal.recovery;

import io.duckpond.journal.table.LogRecord;
import io.duckpond.journal.table.PartIdRange;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * The partitions of a range of ids, read from many files at once by many threads. If they turn out
 * larger than the memory for them, the last ones are left out again, and the range ends there; the
 * first is kept however large it is.
 */
final class Stretch {
  private final long memoryBytes;
  private final RecoveryProgress progress;
  private final AtomicBoolean cancelled;
  private final TreeMap<String, StoredPartition> partitions = new TreeMap<>(PartIdRange.ORDER);
  private PartIdRange range;
  private long bytes;
  private long rowsSeen;
  private long bytesSeen;

  /**
   * An empty one.
   *
   * @param cancelled whether whoever adds is to fail, as nobody wants the partitions any more
   */
  Stretch(PartIdRange range, long memoryBytes, RecoveryProgress progress, AtomicBoolean cancelled) {
    this.range = range;
    this.memoryBytes = memoryBytes;
    this.progress = progress;
    this.cancelled = cancelled;
  }

  synchronized void add(LogRecord record) {
    if (cancelled.get()) {
      throw new CancellationException("the recovery was cancelled");
    }
    if (!range.holds(record.partId())) {
      return;
    }
    StoredPartition partition = partitions.get(record.partId());
    long before = 0;
    if (partition == null) {
      partition = new StoredPartition(record.partId());
      partitions.put(record.partId(), partition);
    } else {
      before = partition.bytes();
    }
    partition.add(record);
    long more = partition.bytes() - before;
    rowsSeen += record.count();
    bytesSeen += more;
    hold(more);
    while (bytes > memoryBytes && partitions.size() > 1) {
      Map.Entry<String, StoredPartition> last = partitions.lastEntry();
      partitions.remove(last.getKey());
      hold(-last.getValue().bytes());
      range = new PartIdRange(range.from(), Optional.of(last.getKey()));
    }
  }

  private void hold(long more) {
    bytes += more;
    progress.hold(more);
  }

  /** Lets go of everything: it is to be read again, or not at all. */
  synchronized void clear() {
    hold(-bytes);
    partitions.clear();
  }

  /** Returns the range that was read in the end. */
  synchronized PartIdRange range() {
    return range;
  }

  /** Returns how many bytes a row took on average of those that were read; at least one. */
  synchronized long bytesPerRow() {
    return Math.max(1, bytesSeen / Math.max(1, rowsSeen));
  }

  /** Returns the partitions in pieces of about {@code pieceBytes}. */
  synchronized List<List<StoredPartition>> pieces(long pieceBytes) {
    List<List<StoredPartition>> pieces = new ArrayList<>();
    List<StoredPartition> piece = new ArrayList<>();
    long size = 0;
    for (StoredPartition partition : partitions.values()) {
      if (!piece.isEmpty() && size + partition.bytes() > pieceBytes) {
        pieces.add(piece);
        piece = new ArrayList<>();
        size = 0;
      }
      piece.add(partition);
      size += partition.bytes();
    }
    if (!piece.isEmpty()) {
      pieces.add(piece);
    }
    return pieces;
  }
}
