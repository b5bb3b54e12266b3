package io.duckpond.journal.table;

import io.duckpond.journal.disk.DamageException;
import io.duckpond.journal.disk.Sha256;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;

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
 * @param run of which merging made it; empty if a flush did
 */
public record DataFile(
    String name,
    long size,
    KeyRange keys,
    Optional<PartIdFilter> partIds,
    Optional<Sha256> sha256,
    Optional<FileTail> tail,
    Optional<Assigned> assigned,
    Position position,
    Optional<Run> run) {

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

  /** Returns what is wrong with the file, and which transactions and partitions that concerns. */
  DamageException damage(Path table, String expected, String found) {
    return new DamageException(damageMessage(table, expected, found));
  }

  /** Returns the message of {@link #damage}. */
  String damageMessage(Path table, String expected, String found) {
    return String.format(
        "%s is damaged: expected %s, found %s; it holds %s",
        table.resolve(name), expected, found, contents());
  }

  /** Returns in words which transactions, and partitions if they are few, may be inside. */
  private String contents() {
    long first = firstTxnSeq();
    long last = lastTxnSeq();
    if (last == Long.MAX_VALUE) {
      return "transactions that the log does not number";
    }
    String transactions =
        first == last
            ? "transaction [" + last + "]"
            : "transactions [" + Math.max(1, first) + "] to [" + last + "]";
    return transactions + (hasIdOfItsOwn() ? "" : keys.partIds().map(this::of).orElse(""));
  }

  private String of(KeyRange.Between range) {
    return range.least().equals(range.greatest())
        ? " of partition [" + range.least() + "]"
        : " of partitions [" + range.least() + "] to [" + range.greatest() + "]";
  }

  private long firstTxnSeq() {
    return assigned.map(Assigned::txnSeq).orElse(keys.firstTxnSeq());
  }

  /** Returns the last transaction that may be inside; the greatest number if that is not known. */
  long lastTxnSeq() {
    return assigned.map(Assigned::txnSeq).orElse(keys.lastTxnSeq());
  }

  /** Returns false only if the file surely holds no record that {@code request} asks for. */
  public boolean mayMatch(ScanRequest request) {
    return lastTxnSeq() >= request.fromTxnSeq()
        && firstTxnSeq() <= request.toTxnSeq()
        && keys.lastVersion() >= request.fromVersion()
        && keys.firstVersion() <= request.toVersion()
        && keys.kinds().stream().anyMatch(request.kinds()::contains)
        && keys.partIds().map(request.range()::overlaps).orElse(true)
        && request.partIds().map(ids -> ids.stream().anyMatch(this::mayHold)).orElse(true);
  }

  /**
   * Returns whether its records carry an id of the file's own, and not those of the partitions
   * inside: only attachments are staged so.
   */
  boolean hasIdOfItsOwn() {
    return assigned.isPresent() && keys.kinds().equals(Set.of(RecordKind.ATTACHMENT));
  }

  /**
   * Returns false only if the file surely holds nothing of partition {@code partId}; of a staged
   * file this is said of the rows inside its records.
   */
  boolean mayHold(String partId) {
    // The statistics of a staged file know only its own id.
    boolean inRange =
        hasIdOfItsOwn() || keys.partIds().map(range -> range.holds(partId)).orElse(true);
    return inRange && partIds.map(filter -> filter.mayContain(partId)).orElse(true);
  }
}
