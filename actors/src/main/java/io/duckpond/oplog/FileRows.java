package io.duckpond.oplog;

import io.duckpond.journal.arrow.InnerRow;
import io.duckpond.journal.arrow.RecordCodec;
import io.duckpond.journal.disk.DamageException;
import io.duckpond.journal.table.LogRecord;
import io.duckpond.journal.table.RecordCursor;
import io.duckpond.journal.table.RecordKind;
import io.duckpond.journal.table.ScanRequest;
import io.duckpond.journal.table.TableVersion;
import io.duckpond.node.ContentLocator;
import io.duckpond.node.NodeId;
import io.duckpond.node.NodeType;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/** Finds the rows of files by their locators. Any thread. */
final class FileRows {
  private static final long CACHE_BYTES = 16 << 20;

  private final Supplier<TableVersion> table;
  private final RecordCodec records;
  private final FileRowCache cache = new FileRowCache(CACHE_BYTES);

  /** Readers of one place wait for the first of them, not each for a scan of its own. */
  private final Object[] loading =
      IntStream.range(0, 16).mapToObj(i -> new Object()).toArray(Object[]::new);

  FileRows(Supplier<TableVersion> table, RecordCodec records) {
    this.table = table;
    this.records = records;
  }

  /** Opens the records in which a row may stand. */
  interface Source {
    RecordCursor open(ScanRequest request) throws IOException;
  }

  /** As {@link Oplog#fetch}. */
  OplogEntry fetch(ContentLocator.Logged place, NodeId node, long version, String path)
      throws IOException {
    return find(place, node, version, request -> table.get().scan(request))
        .orElseThrow(
            () ->
                new DamageException(
                    String.format(
                        "%s: its version [%d] is not in the log: partition [%s] sequence number"
                            + " [%d] node [%s]",
                        path, version, place.partId(), place.seqNr(), node)));
  }

  /** Returns the row from memory, or from the records of {@code source}. */
  Optional<OplogEntry> find(ContentLocator.Logged place, NodeId node, long version, Source source)
      throws IOException {
    Optional<OplogEntry> known = cache.find(place, node, version);
    if (known.isPresent()) {
      return known;
    }
    synchronized (loading[Math.floorMod(place.hashCode(), loading.length)]) {
      Optional<OplogEntry> meanwhile = cache.find(place, node, version);
      return meanwhile.isPresent() ? meanwhile : load(place, node, version, source);
    }
  }

  /** Returns the row if it is in memory. */
  Optional<OplogEntry> known(ContentLocator.Logged place, NodeId node, long version) {
    return cache.find(place, node, version);
  }

  private Optional<OplogEntry> load(
      ContentLocator.Logged place, NodeId node, long version, Source source) throws IOException {
    ScanRequest request =
        ScanRequest.of(RecordKind.ATTACHMENT, RecordKind.EVENT)
            .partitions(Set.of(place.partId()))
            .versions(place.seqNr(), place.seqNr());
    Optional<OplogEntry> found = Optional.empty();
    try (RecordCursor cursor = source.open(request)) {
      while (cursor.next()) {
        if (cursor.record().partId().equals(place.partId())) {
          FileRowCache.Rows rows = rows(cursor.record());
          cache.add(rows);
          found = found.or(() -> rows.find(place, node, version));
        }
      }
    }
    return found;
  }

  /** Keeps the rows of a record that has just been made, as they are likely to be read. */
  void remember(LogRecord record) {
    cache.add(rows(record));
  }

  private FileRowCache.Rows rows(LogRecord record) {
    Map<FileRowCache.Key, OplogEntry> rows = new HashMap<>();
    records.decode(record, row -> file(record.kind(), row).ifPresent(file -> put(rows, file)));
    return new FileRowCache.Rows(
        record.partId(), record.firstVersion(), record.version(), rows, record.content().length);
  }

  /** A version that was written twice in one transaction is the later one. */
  private static void put(Map<FileRowCache.Key, OplogEntry> rows, OplogEntry entry) {
    if (entry instanceof OplogEntry.SmallFile file) {
      rows.put(new FileRowCache.Key(file.node(), file.version()), file);
    } else if (entry instanceof OplogEntry.LargeFile file) {
      rows.put(new FileRowCache.Key(file.node(), file.version()), file);
    }
  }

  private static Optional<OplogEntry> file(RecordKind kind, InnerRow row) {
    if (kind == RecordKind.ATTACHMENT) {
      return Optional.of(OplogCodec.attachment(row));
    }
    NodeType type = OplogCodec.type(row);
    boolean hasBytes = type != NodeType.DIRECTORY && type != NodeType.SYMLINK;
    return hasBytes ? Optional.of(OplogCodec.entry(row)) : Optional.empty();
  }
}
