package io.duckpond.oplog;

import io.duckpond.journal.arrow.InnerRow;
import io.duckpond.journal.arrow.RecordCodec;
import io.duckpond.journal.arrow.RowSink;
import io.duckpond.journal.disk.DamageException;
import io.duckpond.journal.disk.JournalException;
import io.duckpond.journal.table.LogTable;
import io.duckpond.journal.table.RecordCursor;
import io.duckpond.journal.table.RecordKind;
import io.duckpond.journal.table.ScanRequest;
import io.duckpond.journal.table.StagedFile;
import io.duckpond.journal.table.StagedFileWriter;
import io.duckpond.node.ContentLocator;
import io.duckpond.node.NodeId;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The staged files of one transaction. Rows gather in memory until they fill a record of 1 MiB,
 * records in a file until it has 32 MiB; a row can be read back from either. The records of the
 * file that is being written stay in memory: should the disk fail, which may turn out one record
 * later, another file takes its place.
 */
final class StagedContents implements Staging {
  private static final Logger LOG = LoggerFactory.getLogger(StagedContents.class);
  private static final long FILE_BYTES = 32 << 20;

  /** The stream's schema and its end take the rest of 1 MiB. */
  private static final long RECORD_BYTES = (1 << 20) - (8 << 10);

  private enum Fate {
    /** Nobody but us knows the files. */
    OURS,
    /** A commit that lists them is under way, or nobody can tell what became of it. */
    HANDED_OVER,
    /** They are part of the log. */
    LISTED
  }

  private final LogTable table;
  private final RecordCodec codec;
  private final FileRows fileRows;
  private final List<StagedFile> files = new ArrayList<>();
  private final List<Pending> pending = new ArrayList<>();

  /** The partition id of the file that is being written. */
  private Optional<String> current = Optional.empty();

  /** Absent if the disk has failed under it. */
  private Optional<StagedFileWriter> writer = Optional.empty();

  /** What the file that is being written has got. */
  private final List<Packed> packed = new ArrayList<>();

  private long pendingBytes;
  private long count;
  private Fate fate = Fate.OURS;

  /** A row that waits for company, and what it is in a record. */
  private record Pending(OplogEntry.SmallFile row, InnerRow inner) {}

  /** A record of several rows. */
  private record Packed(int rows, byte[] content, Set<String> partIds) {}

  StagedContents(LogTable table, RecordCodec codec, FileRows fileRows) {
    this.table = table;
    this.codec = codec;
    this.fileRows = fileRows;
  }

  @Override
  public synchronized ContentLocator.Logged stage(String partId, OplogEntry.SmallFile row)
      throws IOException {
    InnerRow inner = inner(partId, row);
    long size = codec.check(inner);
    if (!pending.isEmpty() && pendingBytes + size > RECORD_BYTES) {
      endRecord();
    }
    StagedFileWriter open = writer();
    pending.add(new Pending(row, inner));
    pendingBytes += size;
    count++;
    return new ContentLocator.Logged(open.partId(), packed.size() + 1L);
  }

  private StagedFileWriter writer() throws IOException {
    if (writer.isPresent()) {
      return writer.get();
    }
    StagedFileWriter open =
        current.isEmpty() ? table.staged().begin() : table.staged().begin(current.get());
    try {
      for (Packed record : packed) {
        open.append(record.rows(), record.content(), record.partIds());
      }
    } catch (IOException | RuntimeException e) {
      abandon(open);
      throw e;
    }
    current = Optional.of(open.partId());
    writer = Optional.of(open);
    return open;
  }

  /** The file cannot be gone on with; what it had is still in memory. */
  private void tear() {
    writer.ifPresent(StagedContents::abandon);
    writer = Optional.empty();
  }

  private static InnerRow inner(String partId, OplogEntry.SmallFile row) {
    List<InnerRow> rows = new ArrayList<>(1);
    OplogCodec.encode(
        row,
        new RowSink() {
          @Override
          public void event(@Nullable Object... values) {
            throw new IllegalStateException("only contents are staged");
          }

          @Override
          public void attachment(@Nullable Object... values) {
            List<@Nullable Object> list = Collections.unmodifiableList(Arrays.asList(values));
            rows.add(new InnerRow(partId, list, 0, 0, 0, "", "", List.of(), 0));
          }
        });
    return rows.get(0);
  }

  private void endRecord() throws IOException {
    if (pending.isEmpty()) {
      return;
    }
    StagedFileWriter open = writer();
    List<InnerRow> rows = pending.stream().map(Pending::inner).toList();
    byte[] content = codec.encode(rows);
    Set<String> partIds = rows.stream().map(InnerRow::partId).collect(Collectors.toSet());
    Packed record = new Packed(pending.size(), content, partIds);
    long number;
    try {
      number = open.append(record.rows(), content, partIds);
    } catch (IOException | RuntimeException e) {
      tear();
      throw e;
    }
    packed.add(record);
    fileRows.remember(open.partId(), number, pending.stream().map(Pending::row).toList());
    pending.clear();
    pendingBytes = 0;
    if (open.bytes() >= FILE_BYTES) {
      endFile();
    }
  }

  private void endFile() throws IOException {
    if (current.isEmpty()) {
      return;
    }
    StagedFileWriter open = writer();
    try {
      files.add(open.finish());
    } catch (IOException | RuntimeException e) {
      tear();
      throw e;
    }
    open.close();
    writer = Optional.empty();
    current = Optional.empty();
    packed.clear();
  }

  @Override
  public synchronized OplogEntry.SmallFile read(
      ContentLocator.Logged place, NodeId node, long version) throws IOException {
    Optional<OplogEntry.SmallFile> waiting = waiting(place, node, version);
    if (waiting.isPresent()) {
      return waiting.get();
    }
    Optional<OplogEntry> found = fileRows.known(place, FileRowCache.Key.ofBytes(node, version));
    if (found.isEmpty()) {
      if (current.filter(place.partId()::equals).isPresent()) {
        finish(); // a file can be read from once it has its end
      }
      found =
          fileRows.find(
              place, FileRowCache.Key.ofBytes(node, version), request -> open(place, request));
    }
    if (found.isPresent() && found.get() instanceof OplogEntry.SmallFile file) {
      return file;
    }
    throw new DamageException(
        String.format(
            "staged file [%s] record [%d]: version [%d] of node [%s] is not there",
            place.partId(), place.seqNr(), version, node));
  }

  /** Looks among the rows of the record that is not yet full, newest first. */
  private Optional<OplogEntry.SmallFile> waiting(
      ContentLocator.Logged place, NodeId node, long version) {
    boolean here =
        current.filter(place.partId()::equals).isPresent() && place.seqNr() == packed.size() + 1L;
    if (!here) {
      return Optional.empty();
    }
    for (int i = pending.size() - 1; i >= 0; i--) {
      OplogEntry.SmallFile file = pending.get(i).row();
      if (file.node().equals(node) && file.version() == version) {
        return Optional.of(file);
      }
    }
    return Optional.empty();
  }

  private RecordCursor open(ContentLocator.Logged place, ScanRequest request) throws IOException {
    StagedFile file =
        files.stream()
            .filter(each -> each.partId().equals(place.partId()))
            .findFirst()
            .orElseThrow(
                () -> new IllegalStateException("not staged here: [" + place.partId() + "]"));
    return table.staged().scan(file, request);
  }

  @Override
  public synchronized Mark mark() throws IOException {
    endRecord();
    return new Mark(files.size(), packed.size(), count);
  }

  @Override
  public synchronized void rewind(Mark mark) {
    pending.clear();
    pendingBytes = 0;
    if (fate != Fate.OURS) {
      return; // nobody refers to what was staged since, but a commit may have listed it
    }
    if (files.size() > mark.files()) {
      tear();
      current = Optional.empty();
      packed.clear();
      // The file that was being written has its end: what it got since then stays in it.
      int kept = mark.records() == 0 ? mark.files() : mark.files() + 1;
      discard(files.subList(kept, files.size()));
      count = files.stream().mapToLong(StagedFile::rows).sum();
    } else {
      if (packed.size() > mark.records() || mark.records() == 0) {
        tear();
        packed.subList(mark.records(), packed.size()).clear();
      }
      if (mark.records() == 0) {
        current = Optional.empty();
      }
      count = mark.rows();
    }
  }

  @Override
  public synchronized long count() {
    return count;
  }

  @Override
  public synchronized List<OplogRow> rows() throws IOException {
    finish();
    List<OplogRow> rows = new ArrayList<>();
    for (StagedFile file : files) {
      try (RecordCursor cursor = table.staged().scan(file, ScanRequest.of(RecordKind.ATTACHMENT))) {
        while (cursor.next()) {
          codec.decode(
              cursor.record(),
              row -> rows.add(StoredRows.row(row, RecordKind.ATTACHMENT, new byte[0])));
        }
      }
    }
    return rows;
  }

  @Override
  public synchronized void finish() throws IOException {
    endRecord();
    endFile();
  }

  /** Completes the files and returns them for a commit, which alone decides of them now. */
  synchronized List<StagedFile> handOver() throws IOException {
    finish();
    fate = Fate.HANDED_OVER;
    return List.copyOf(files);
  }

  @Override
  public synchronized void demandThere() throws IOException {
    for (StagedFile file : files) {
      try {
        table.staged().demandThere(file);
      } catch (NoSuchFileException e) {
        throw JournalException.notStored(
            e.getFile() + " is no longer there, though it was staged a while ago: run it again", e);
      }
    }
  }

  /** The commit has listed the files. */
  synchronized void listed() {
    fate = Fate.LISTED;
  }

  /** The commit has surely not listed the files; it may be repeated. */
  synchronized void refused() {
    fate = Fate.OURS;
  }

  @Override
  public synchronized void close() {
    if (fate != Fate.OURS) {
      return;
    }
    tear();
    discard(files);
    pending.clear();
    packed.clear();
    current = Optional.empty();
  }

  private void discard(List<StagedFile> dropped) {
    for (StagedFile file : dropped) {
      try {
        table.staged().discard(file);
      } catch (IOException e) {
        LOG.warn(
            "staged file [{}] could not be removed; nothing refers to it: {}",
            file.name(),
            e.toString());
      }
    }
    dropped.clear();
  }

  private static void abandon(StagedFileWriter writer) {
    try {
      writer.close();
    } catch (IOException e) {
      LOG.warn("a staged file of [{}] could not be removed: {}", writer.partId(), e.toString());
    }
  }
}
