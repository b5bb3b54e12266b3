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
import io.duckpond.node.NodeType;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/** Finds the rows of files by their locators. Any thread. */
final class FileRows {
  private static final long SMALL_FILES_BYTES = 16 << 20;
  private static final long LARGE_FILES_BYTES = 4 << 20;

  /** Records of up to 1 MiB, which leave half of the cache to what was read before. */
  private static final int RECORDS_AHEAD = 7;

  /** What a row takes beside its bytes. */
  private static final long ROW_BYTES = 256;

  private final Supplier<TableVersion> table;
  private final RecordCodec records;
  private final FileRowCache.Pair cache =
      new FileRowCache.Pair(
          new FileRowCache(SMALL_FILES_BYTES), new FileRowCache(LARGE_FILES_BYTES));
  private final ReadAhead readAhead = new ReadAhead(cache, this::rows);
  private final RecordOutlines outlines = new RecordOutlines();

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
  OplogEntry fetch(ContentLocator.Logged place, FileRowCache.Key key, String path)
      throws IOException {
    Optional<OplogEntry> known = cache.find(place, key);
    if (known.isPresent()) {
      return known.get();
    }
    synchronized (loading[Math.floorMod(place.partId().hashCode(), loading.length)]) {
      Optional<OplogEntry> found = cache.find(place, key);
      if (found.isEmpty()) {
        TableVersion newest = table.get();
        found = load(place, key, newest::scan, readAhead.of(newest, place));
      }
      return found.orElseThrow(
          () ->
              new DamageException(
                  String.format(
                      "%s: its version [%d] is not in the log: partition [%s] sequence number [%d]"
                          + " node [%s]",
                      path, key.version(), place.partId(), place.seqNr(), key.node())));
    }
  }

  /** Returns the row from memory, or from the records of {@code source}. */
  Optional<OplogEntry> find(ContentLocator.Logged place, FileRowCache.Key key, Source source)
      throws IOException {
    Optional<OplogEntry> known = cache.find(place, key);
    return known.isPresent() ? known : load(place, key, source, record -> {});
  }

  /** Returns the row if it is in memory. */
  Optional<OplogEntry> known(ContentLocator.Logged place, FileRowCache.Key key) {
    return cache.find(place, key);
  }

  private Optional<OplogEntry> load(
      ContentLocator.Logged place,
      FileRowCache.Key key,
      Source source,
      ReadAhead.Listener readAhead)
      throws IOException {
    long last = lastWanted(place);
    ScanRequest request =
        ScanRequest.of(RecordKind.ATTACHMENT, RecordKind.EVENT)
            .partitions(Set.of(place.partId()))
            .versions(place.seqNr(), last);
    Optional<OplogEntry> found = Optional.empty();
    Optional<LogRecord> holder = Optional.empty();
    try (RecordCursor cursor = source.open(request)) {
      while ((found.isEmpty() || last > place.seqNr()) && cursor.next()) {
        LogRecord record = cursor.record();
        boolean here = record.firstVersion() <= place.seqNr() && place.seqNr() <= record.version();
        if (here && (found.isPresent() || !outlines.mayHold(record, key))) {
          continue; // one of many of this event, whose rows would push out each other
        }
        FileRowCache.Rows rows = rows(record);
        outlines.add(record, rows.rows().keySet());
        if (rows.partId().equals(place.partId()) && !rows.rows().isEmpty()) {
          cache.of(record.kind()).add(rows);
          Optional<OplogEntry> row = rows.find(place, key);
          if (row.isPresent()) {
            found = row;
            holder = rows.staged() ? Optional.empty() : Optional.of(record);
          }
        }
      }
    }
    if (holder.isPresent()) {
      readAhead.found(holder.get());
    }
    return found;
  }

  /**
   * Who goes through a partition record by record, as through a staged file, gets the next few at
   * once: they mostly share a row group, of which each search unpacks all that is before its find.
   */
  private long lastWanted(ContentLocator.Logged place) {
    boolean inOrder = cache.small().holds(place.partId(), place.seqNr() - 1);
    return inOrder ? place.seqNr() + RECORDS_AHEAD : place.seqNr();
  }

  /** Keeps the rows of a staged record that has just been made, as they are likely to be read. */
  void remember(String partId, long seqNr, List<OplogEntry.SmallFile> files) {
    Map<FileRowCache.Key, OplogEntry> rows = new HashMap<>();
    files.forEach(file -> put(rows, file));
    cache
        .of(RecordKind.ATTACHMENT)
        .add(new FileRowCache.Rows(partId, seqNr, seqNr, true, rows, bytes(rows)));
  }

  private FileRowCache.Rows rows(LogRecord record) {
    Map<FileRowCache.Key, OplogEntry> rows = new HashMap<>();
    boolean[] staged = {false};
    records.decode(
        record,
        row -> {
          staged[0] |= row.seqNr() == 0;
          file(record.kind(), row).ifPresent(file -> put(rows, file));
        });
    return new FileRowCache.Rows(
        record.partId(), record.firstVersion(), record.version(), staged[0], rows, bytes(rows));
  }

  private static long bytes(Map<FileRowCache.Key, OplogEntry> rows) {
    return rows.values().stream().mapToLong(FileRows::bytes).sum();
  }

  private static long bytes(OplogEntry entry) {
    if (entry instanceof OplogEntry.Pieces list) {
      return ROW_BYTES * (1L + list.pieces().size() + list.earlier().size());
    }
    return ROW_BYTES + (entry instanceof OplogEntry.SmallFile file ? file.bytes().length() : 0);
  }

  /** A version that was written twice in one transaction is the later one. */
  private static void put(Map<FileRowCache.Key, OplogEntry> rows, OplogEntry entry) {
    if (entry instanceof OplogEntry.SmallFile file) {
      rows.put(FileRowCache.Key.ofBytes(file.node(), file.version()), file);
    } else if (entry instanceof OplogEntry.Pieces list) {
      rows.put(new FileRowCache.Key(list.node(), list.version(), FileRowCache.Kind.PIECES), list);
    } else if (entry instanceof OplogEntry.LargeFile file) {
      rows.put(FileRowCache.Key.ofBytes(file.node(), file.version()), file);
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
