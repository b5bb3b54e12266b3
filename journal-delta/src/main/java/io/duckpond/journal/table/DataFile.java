package io.duckpond.journal.table;

import io.duckpond.journal.disk.Sha256;
import java.util.Optional;

/**
 * A data file that a version of the table lists, and what the log says of it.
 *
 * @param name path relative to the table
 * @param size bytes
 * @param keys what its records may be
 * @param partIds filter of the partitions inside, if they are few enough
 * @param sha256 of the whole file, unless another program wrote it
 * @param tail the part of the file that is checked whenever it is opened
 * @param assigned the transaction of a staged file, whose rows do not name it
 * @param position where it stands in the order of commits
 */
public record DataFile(
    String name,
    long size,
    KeyRange keys,
    Optional<PartIdFilter> partIds,
    Optional<Sha256> sha256,
    Optional<FileTail> tail,
    Optional<Assigned> assigned,
    Position position) {

  /** The transaction that a staged file became part of. */
  public record Assigned(long txnSeq, long timestampMicros) {}

  /** The version that added a file, and its place among the files of that version. */
  public record Position(long version, int index) implements Comparable<Position> {
    @Override
    public int compareTo(Position other) {
      int byVersion = Long.compare(version, other.version);
      return byVersion != 0 ? byVersion : Integer.compare(index, other.index);
    }
  }

  /** Returns false only if the file surely holds no record that {@code request} asks for. */
  public boolean mayMatch(ScanRequest request) {
    long firstTxn = assigned.map(Assigned::txnSeq).orElse(keys.firstTxnSeq());
    long lastTxn = assigned.map(Assigned::txnSeq).orElse(keys.lastTxnSeq());
    return lastTxn >= request.fromTxnSeq()
        && firstTxn <= request.toTxnSeq()
        && keys.lastVersion() >= request.fromVersion()
        && keys.firstVersion() <= request.toVersion()
        && keys.kinds().stream().anyMatch(request.kinds()::contains)
        && request.partIds().map(ids -> ids.stream().anyMatch(this::mayHold)).orElse(true);
  }

  /**
   * Returns false only if the file surely holds nothing of partition {@code partId}; of a staged
   * file this is said of the rows inside its records.
   */
  boolean mayHold(String partId) {
    if (partIds.isPresent()) {
      return partIds.get().mayContain(partId);
    }
    // The statistics of a staged file know only its own id.
    return assigned.isPresent() || keys.partIds().map(range -> range.holds(partId)).orElse(true);
  }
}
