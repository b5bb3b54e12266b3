package io.duckpond.oplog;

import io.duckpond.journal.table.RecordKind;
import io.duckpond.node.ContentLocator;
import io.duckpond.node.NodeId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Rows of files of recently read records, so that a tree read in order decodes each record once.
 * Bounded by the bytes of the rows, the least recently used ones are dropped first. Any thread.
 */
final class FileRowCache {

  /**
   * The rows of files that stand in one record.
   *
   * @param staged whether it is a staged one, whose partition is its own and not that of its rows
   * @param bytes of memory that they take
   */
  record Rows(
      String partId,
      long firstVersion,
      long version,
      boolean staged,
      Map<Key, OplogEntry> rows,
      long bytes) {
    Optional<OplogEntry> find(ContentLocator.Logged place, Key wanted) {
      boolean here = firstVersion <= place.seqNr() && place.seqNr() <= version;
      return here ? Optional.ofNullable(rows.get(wanted)) : Optional.empty();
    }
  }

  /** A row of a file's version. */
  record Key(NodeId node, long version, Kind kind) {
    static Key ofBytes(NodeId node, long version) {
      return new Key(node, version, Kind.BYTES);
    }
  }

  /** Whether a row has, or leads to, the bytes of a version, or lists pieces up to it. */
  enum Kind {
    BYTES,
    PIECES
  }

  private final long limit;
  private final Map<Integer, Rows> byUse = new LinkedHashMap<>(16, 0.75f, /* accessOrder= */ true);
  private final Map<String, List<Integer>> byPartition = new HashMap<>();
  private long bytes;
  private int nextNumber;

  FileRowCache(long limitBytes) {
    this.limit = limitBytes;
  }

  /** Two caches, so that the bytes of small files cannot push out where the large ones stand. */
  record Pair(FileRowCache small, FileRowCache large) {

    /** Returns the one for the rows of files in records of {@code kind}. */
    FileRowCache of(RecordKind kind) {
      return kind == RecordKind.ATTACHMENT ? small : large;
    }

    Optional<OplogEntry> find(ContentLocator.Logged place, Key key) {
      Optional<OplogEntry> found = small.find(place, key);
      return found.isPresent() ? found : large.find(place, key);
    }
  }

  synchronized Optional<OplogEntry> find(ContentLocator.Logged place, Key key) {
    for (int number : byPartition.getOrDefault(place.partId(), List.of())) {
      Rows rows = byUse.get(number);
      Optional<OplogEntry> found = rows == null ? Optional.empty() : rows.find(place, key);
      if (found.isPresent()) {
        return found;
      }
    }
    return Optional.empty();
  }

  /** Returns whether a record of a partition that holds a sequence number is here. */
  synchronized boolean holds(String partId, long seqNr) {
    return byPartition.getOrDefault(partId, List.of()).stream()
        .map(byUse::get)
        .anyMatch(rows -> rows.firstVersion() <= seqNr && seqNr <= rows.version());
  }

  synchronized void add(Rows rows) {
    int number = nextNumber++;
    byUse.put(number, rows);
    byPartition.computeIfAbsent(rows.partId(), id -> new ArrayList<>()).add(number);
    bytes += rows.bytes();
    Iterator<Map.Entry<Integer, Rows>> oldest = byUse.entrySet().iterator();
    while (bytes > limit && byUse.size() > 1) {
      Map.Entry<Integer, Rows> dropped = oldest.next();
      oldest.remove();
      bytes -= dropped.getValue().bytes();
      forget(dropped.getValue().partId(), dropped.getKey());
    }
  }

  private void forget(String partId, Integer number) {
    List<Integer> numbers = byPartition.getOrDefault(partId, new ArrayList<>());
    numbers.remove(number);
    if (numbers.isEmpty()) {
      byPartition.remove(partId);
    }
  }

  synchronized long bytes() {
    return bytes;
  }
}
