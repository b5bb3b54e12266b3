package io.duckpond.journal.table;

import io.duckpond.journal.disk.Disk;
import io.duckpond.journal.disk.Sha256;
import io.duckpond.journal.engine.DurableFiles;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Writes the records of some data files anew, by kind and partition, the small ones of a partition
 * put together; and then reads what it has written, and compares the sum of all rows' digests with
 * that of the rows it was made of, those left out that are deleted. Memory: a row group of each
 * file that is read; a flush that is still in memory is not. For one thread.
 */
final class Merge {
  /** As much as a flush puts into one record. */
  private static final long MOST_CONTENT = 1 << 20;

  /**
   * What records are written in the order of; of one partition what was committed first is first.
   */
  private record Key(RecordKind kind, String partId) implements Comparable<Key> {
    static Key of(LogRecord record) {
      return new Key(record.kind(), record.partId());
    }

    @Override
    public int compareTo(Key other) {
      int order = kind.compareTo(other.kind);
      return order == 0 ? Utf8Order.INSTANCE.compare(partId, other.partId) : order;
    }
  }

  private final Disk disk;
  private final Path directory;
  private final Drafts drafts;
  private final RecordMerger merger;
  private final long fileBytes;
  private final DeletedRecords deleted;
  private final RecentFlushes recent;

  /**
   * The inputs by what they have come to. Flushes of a moment are of much the same partitions: so
   * there are few keys, and to find one takes less than to order the inputs one by one.
   */
  private final TreeMap<Key, List<Input>> waiting = new TreeMap<>();

  private final List<MergedFile> outputs = new ArrayList<>();
  private final List<LogRecord> together = new ArrayList<>();
  private RecordMerger.Gathering gathering;
  private long togetherBytes;
  private Optional<MergedFile.Writer> writer = Optional.empty();
  private Sha256 read = Sha256.ZERO;
  private long forgotten;

  /**
   * What a merge has made.
   *
   * @param files under drafts' names
   * @param forgotten records that were left out
   */
  record Result(List<MergedFile> files, long forgotten) {
    List<String> draftNames() {
      return files.stream().map(file -> file.draft().name()).toList();
    }
  }

  Merge(
      Disk disk,
      Path directory,
      Drafts drafts,
      RecordMerger merger,
      long fileBytes,
      DeletedRecords deleted,
      RecentFlushes recent) {
    this.disk = disk;
    this.directory = directory;
    this.drafts = drafts;
    this.merger = merger;
    this.gathering = merger.gathering();
    this.fileBytes = fileBytes;
    this.deleted = deleted;
    this.recent = recent;
  }

  /** Returns what was written; what was begun is gone if it fails. */
  Result run(MergePlan plan) throws IOException {
    int most = plan.inputs().size();
    List<Input> inputs = new ArrayList<>();
    try {
      for (List<DataFile> files : plan.runs()) {
        Input input = new Input(files, inputs.size());
        inputs.add(input);
        if (input.next()) {
          putBack(input);
        }
      }
      while (!waiting.isEmpty()) {
        Map.Entry<Key, List<Input>> next = waiting.pollFirstEntry();
        next.getValue().sort(Comparator.comparingInt(input -> input.place));
        for (Input input : next.getValue()) {
          boolean more = true;
          while (more && input.key().equals(next.getKey())) {
            take(input.record(), most);
            more = input.next();
          }
          if (more) {
            putBack(input);
          }
        }
      }
      writeTogether();
      finishFile();
      verify();
      return new Result(List.copyOf(outputs), forgotten);
    } catch (IOException | RuntimeException e) {
      discard(e);
      throw e;
    } finally {
      for (Input input : inputs) {
        input.close();
      }
    }
  }

  private static ScanRequest everything() {
    return ScanRequest.of(RecordKind.EVENT, RecordKind.values());
  }

  private void putBack(Input input) {
    waiting.computeIfAbsent(input.key(), key -> new ArrayList<>()).add(input);
  }

  private void take(LogRecord record, int most) throws IOException {
    if (deleted.contains(record)) {
      forgotten++;
    } else {
      add(record, most);
    }
  }

  private void add(LogRecord record, int most) throws IOException {
    if (!together.isEmpty() && !fits(record)) {
      LogRecord last = together.get(together.size() - 1);
      writeTogether();
      boolean full = writer.isPresent() && writer.get().bytes() >= fileBytes;
      // A file for each input at most, so that there is a place in the order for each.
      if (full && !last.partId().equals(record.partId()) && outputs.size() + 1 < most) {
        finishFile();
      }
    }
    together.add(record);
    read = read.plus(gathering.add(record));
    togetherBytes += record.content().length;
  }

  private boolean fits(LogRecord record) {
    LogRecord last = together.get(together.size() - 1);
    return record.kind() == RecordKind.EVENT
        && last.kind() == RecordKind.EVENT
        && record.partId().equals(last.partId())
        && record.firstVersion() > last.version()
        && record.firstTxnSeq() >= last.txnSeq()
        && togetherBytes + record.content().length <= MOST_CONTENT;
  }

  private void writeTogether() throws IOException {
    if (together.isEmpty()) {
      return; // all of it was deleted
    }
    Optional<byte[]> merged = together.size() > 1 ? gathering.merge() : Optional.empty();
    if (merged.isPresent()) {
      LogRecord first = together.get(0);
      LogRecord last = together.get(together.size() - 1);
      writer()
          .append(
              new LogRecord(
                  first.partId(),
                  first.kind(),
                  first.firstVersion(),
                  last.version(),
                  first.firstTxnSeq(),
                  last.txnSeq(),
                  last.timestampMicros(),
                  together.stream().mapToInt(LogRecord::count).sum(),
                  Sha256.of(merged.get()),
                  merged.get()));
    } else {
      for (LogRecord record : together) {
        writer().append(record);
      }
    }
    together.clear();
    gathering = merger.gathering();
    togetherBytes = 0;
  }

  private MergedFile.Writer writer() throws IOException {
    if (writer.isEmpty()) {
      writer = Optional.of(new MergedFile.Writer(disk, directory, drafts.name()));
    }
    return writer.get();
  }

  private void finishFile() throws IOException {
    if (writer.isPresent()) {
      MergedFile.Writer open = writer.get();
      outputs.add(open.finish());
      writer = Optional.empty();
    }
  }

  /** Nothing takes the place of what was stored before it was seen to say the same. */
  private void verify() throws IOException {
    Sha256 written = Sha256.ZERO;
    for (MergedFile output : outputs) {
      try (FileScan scan = new FileScan(disk, directory, output.draft(), everything())) {
        for (int group = 0; group < scan.rowGroups(); group++) {
          scan.seek(group);
          for (var next = scan.next(); next.isPresent(); next = scan.next()) {
            written = written.plus(merger.digest(next.get()));
          }
        }
      }
    }
    if (!written.equals(read)) {
      throw new IllegalStateException(
          "merged files of %s do not hold the rows that were merged: digest %s instead of %s"
              .formatted(directory, written, read));
    }
  }

  private void discard(Exception failure) {
    writer.ifPresent(open -> open.discard(failure));
    for (MergedFile output : outputs) {
      DurableFiles.discard(disk, directory.resolve(output.draft().name()), failure);
    }
  }

  /** One of the runs to merge, on one of its records. */
  private final class Input {
    private final Iterator<DataFile> files;
    private final int place;
    private Optional<FileScan> file = Optional.empty();
    private Iterator<LogRecord> remembered = Collections.emptyIterator();
    private int group;
    private Optional<LogRecord> current = Optional.empty();

    Input(List<DataFile> files, int place) {
      this.files = files.iterator();
      this.place = place;
    }

    LogRecord record() {
      return current.orElseThrow(() -> new IllegalStateException("at the end"));
    }

    Key key() {
      return Key.of(record());
    }

    boolean next() throws IOException {
      while (true) {
        if (remembered.hasNext()) {
          current = Optional.of(remembered.next());
          return true;
        }
        current = file.isPresent() ? file.get().next() : Optional.empty();
        if (current.isPresent()) {
          return true;
        }
        if (file.isPresent() && group < file.get().rowGroups()) {
          file.get().seek(group++);
        } else {
          close();
          if (!files.hasNext()) {
            return false;
          }
          open(files.next());
        }
      }
    }

    private void open(DataFile next) throws IOException {
      Optional<RememberedFlush> flush = recent.of(next.name());
      if (flush.isPresent()) {
        remembered = flush.get().records();
      } else {
        file = Optional.of(new FileScan(disk, directory, next, everything()));
        group = 0;
      }
    }

    void close() throws IOException {
      Optional<FileScan> open = file;
      file = Optional.empty();
      if (open.isPresent()) {
        open.get().close();
      }
    }
  }
}
