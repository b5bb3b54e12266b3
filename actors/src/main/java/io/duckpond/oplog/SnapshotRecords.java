package io.duckpond.oplog;

import io.duckpond.journal.arrow.InnerRow;
import io.duckpond.journal.arrow.RecordCodec;
import io.duckpond.journal.disk.DamageException;
import io.duckpond.journal.disk.Sha256;
import io.duckpond.journal.table.FlushRecord;
import io.duckpond.journal.table.LogRecord;
import io.duckpond.journal.table.RecordKind;
import io.duckpond.names.NameMap;
import io.duckpond.node.Entry;
import io.duckpond.node.NodeId;
import io.duckpond.node.NodeType;
import io.duckpond.path.EntryName;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CancellationException;
import java.util.function.BooleanSupplier;

/**
 * A snapshot to and from records. It is written as if one event had put everything that is there:
 * rows of the log's own columns, one to a record of at most 1 MiB.
 *
 * <pre>
 *   part_id    kind   version  txn_seq  timestamp     txn_index  metadata      content
 *   directory  event  of the last event that it has   0, 1, …    {"pieces":n}  put, put, put …
 * </pre>
 */
final class SnapshotRecords {
  private static final long PIECE_BYTES = (1 << 20) - (16 << 10);

  /** What an entry takes beside its name and target; more than its columns ever need. */
  private static final int ENTRY_BYTES = 256;

  private final RecordCodec codec;

  SnapshotRecords(RecordCodec codec) {
    this.codec = codec;
  }

  /**
   * Returns records that are encoded when they are written.
   *
   * @param abandoned asked before each; true makes writing fail
   */
  List<FlushRecord> of(DirectorySnapshot snapshot, BooleanSupplier abandoned) {
    List<EntryName> firsts = new ArrayList<>();
    long bytes = 0;
    for (Map.Entry<EntryName, Entry> entry : snapshot.entries().entrySet()) {
      long size = size(entry.getKey(), entry.getValue());
      if (firsts.isEmpty() || bytes + size > PIECE_BYTES) {
        firsts.add(entry.getKey());
        bytes = 0;
      }
      bytes += size;
    }
    List<FlushRecord> pieces = new ArrayList<>();
    int count = Math.max(1, firsts.size());
    for (int i = 0; i < count; i++) {
      SortedMap<EntryName, Entry> rest =
          i == 0 ? snapshot.entries() : snapshot.entries().tailMap(firsts.get(i));
      SortedMap<EntryName, Entry> piece = i + 1 < count ? rest.headMap(firsts.get(i + 1)) : rest;
      pieces.add(new Piece(snapshot, i, count, piece, abandoned, codec));
    }
    return pieces;
  }

  private static long size(EntryName name, Entry entry) {
    long target = entry instanceof Entry.Symlink link ? link.target().length() : 0;
    return ENTRY_BYTES + 3 * (name.value().length() + target);
  }

  private record Piece(
      DirectorySnapshot snapshot,
      int index,
      int count,
      SortedMap<EntryName, Entry> entries,
      BooleanSupplier abandoned,
      RecordCodec codec)
      implements FlushRecord {

    @Override
    public RecordKind kind() {
      return RecordKind.EVENT;
    }

    @Override
    public String partId() {
      return snapshot.directory().hex();
    }

    @Override
    public long version() {
      return snapshot.seqNr();
    }

    @Override
    public LogRecord record() {
      List<DirectoryEntry> puts = new ArrayList<>(entries.size());
      entries.forEach((name, entry) -> puts.add(new DirectoryEntry.Put(name, entry)));
      InnerRow row =
          new InnerRow(
              partId(),
              Arrays.asList(
                  partId(),
                  NodeType.DIRECTORY.storedName(),
                  EntryMetadata.ofSnapshot(count, snapshot.own()),
                  DirectoryEntryBatch.encode(puts)),
              snapshot.seqNr(),
              snapshot.txnSeq(),
              snapshot.timestampMicros(),
              "",
              "",
              List.of(),
              index);
      if (abandoned.getAsBoolean()) {
        throw new CancellationException("the snapshot is no longer wanted");
      }
      byte[] content = codec.encode(List.of(row));
      return new LogRecord(
          partId(),
          kind(),
          snapshot.seqNr(),
          snapshot.seqNr(),
          snapshot.txnSeq(),
          snapshot.txnSeq(),
          snapshot.timestampMicros(),
          1,
          Sha256.of(content),
          content);
    }
  }

  /**
   * Returns the newest snapshot among the records of one directory; a piece that is missing, or
   * anything that was not written so, is a {@link DamageException}.
   */
  DirectorySnapshot decode(NodeId directory, List<LogRecord> records) {
    long newest = records.stream().mapToLong(LogRecord::version).max().orElseThrow();
    List<InnerRow> rows = new ArrayList<>();
    records.stream()
        .filter(record -> record.version() == newest)
        .forEach(record -> codec.decode(record, rows::add));
    rows.sort(Comparator.comparingInt(InnerRow::txnIndex));
    InnerRow first = rows.get(0);
    TreeMap<EntryName, Entry> entries = new TreeMap<>();
    for (int i = 0; i < rows.size(); i++) {
      InnerRow row = rows.get(i);
      EntryMetadata metadata = EntryMetadata.parse(OplogCodec.metadata(row));
      if (row.txnIndex() != i
          || metadata.pieces() != rows.size()
          || row.seqNr() != newest
          || row.txnSeq() != first.txnSeq()
          || row.timestampMicros() != first.timestampMicros()
          || !(OplogCodec.entry(row) instanceof OplogEntry.DirectoryChanged piece)
          || !piece.node().equals(directory)) {
        throw new DamageException("the snapshot of directory [" + directory + "] is not whole");
      }
      for (DirectoryEntry put : piece.changes()) {
        entries.put(put.name(), put.entry());
      }
    }
    return new DirectorySnapshot(
        directory,
        newest,
        first.txnSeq(),
        first.timestampMicros(),
        EntryMetadata.parse(OplogCodec.metadata(first)).own(),
        NameMap.fromSortedMap(entries));
  }
}
