package io.duckpond.oplog;

import io.duckpond.journal.arrow.RecordCodec;
import io.duckpond.journal.disk.DamageException;
import io.duckpond.journal.disk.JournalException;
import io.duckpond.journal.disk.Machine;
import io.duckpond.journal.table.Flush;
import io.duckpond.journal.table.FlushRecord;
import io.duckpond.journal.table.LogRecord;
import io.duckpond.journal.table.LogTable;
import io.duckpond.journal.table.RecordCursor;
import io.duckpond.journal.table.RecordKind;
import io.duckpond.journal.table.ScanRequest;
import io.duckpond.journal.table.TableVersion;
import io.duckpond.node.NodeId;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The table of directory states that spares a cold opening the whole of a directory's history. It
 * is a cache: reading from it never fails, whatever has become of it, and what it says counts only
 * as far as the log agrees ({@link Oplog#replay(DirectorySnapshot, long,
 * java.util.function.Consumer)}). Any thread; only who holds the write lock writes.
 */
public final class Snapshots implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Snapshots.class);

  /** Directories whose last snapshot is remembered, so that it need not be looked for. */
  private static final int REMEMBERED = 10_000;

  private final Machine machine;
  private final Path directory;
  private final Oplog oplog;
  private final SnapshotRecords records;
  private final int tailFiles;

  /** Held while the table is written. */
  private final Object writing = new Object();

  private Optional<LogTable> table = Optional.empty();

  /** Nothing in the table can be used until it is replaced. */
  private boolean unusable;

  /** Nobody else writes the table now. */
  private boolean ours;

  private final Map<NodeId, Base> bases =
      new LinkedHashMap<>() {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<NodeId, Base> eldest) {
          return size() > REMEMBERED;
        }
      };

  /** The event of a directory's last snapshot. */
  private record Base(long seqNr, long txnSeq) {
    static final Base NONE = new Base(0, 0);
  }

  /**
   * What lies between a directory's last snapshot and its newest event.
   *
   * @param files data files of the log that a replay of it opens
   */
  public record Tail(long events, int files) {}

  Snapshots(Machine machine, Path directory, Oplog oplog, RecordCodec codec, int tailFiles) {
    this.machine = machine;
    this.directory = directory;
    this.oplog = oplog;
    this.records = new SnapshotRecords(codec);
    this.tailFiles = tailFiles;
  }

  /**
   * Returns the newest snapshot of a directory that is not later than transaction {@code asOf};
   * empty if there is none, if it cannot be read, or if all of the directory's history lies in so
   * few files that none is needed.
   */
  public Optional<DirectorySnapshot> find(NodeId node, long asOf) {
    if (oplog.filesOf(node, 0, 0, asOf) <= tailFiles) {
      return Optional.empty();
    }
    Optional<LogTable> open = Optional.empty();
    try {
      open = open();
      if (open.isEmpty()) {
        return Optional.empty();
      }
      List<LogRecord> found = newest(open.get()).scanNewest(of(node).transactions(0, asOf));
      Optional<DirectorySnapshot> snapshot =
          found.isEmpty() ? Optional.empty() : Optional.of(records.decode(node, found));
      Base base = snapshot.map(at -> new Base(at.seqNr(), at.txnSeq())).orElse(Base.NONE);
      synchronized (this) {
        bases.putIfAbsent(node, base);
      }
      return snapshot;
    } catch (IOException e) {
      LOG.debug("[{}] is not used: {}", directory, e.toString());
      open.ifPresent(this::forget); // it may have been replaced
      return Optional.empty();
    } catch (RuntimeException e) {
      LOG.info("[{}] is not used: {}", directory, e.toString());
      giveUp();
      return Optional.empty();
    }
  }

  private static ScanRequest of(NodeId node) {
    return ScanRequest.of(RecordKind.EVENT).partitions(Set.of(node.hex()));
  }

  /** Says that a directory's snapshot turned out not to be of this log. */
  public synchronized void disown(DirectorySnapshot snapshot) {
    LOG.info(
        "[{}]: the snapshot of directory [{}] at transaction [{}] is not of this log",
        directory,
        snapshot.directory(),
        snapshot.txnSeq());
    bases.put(snapshot.directory(), Base.NONE);
  }

  /**
   * Returns what a cold opening of a directory, whose last event is given, would have to replay.
   */
  public Tail tail(NodeId node, long seqNr, long txnSeq) throws IOException {
    Base base = base(node, seqNr, txnSeq);
    return new Tail(seqNr - base.seqNr(), oplog.filesOf(node, base.seqNr(), base.txnSeq(), txnSeq));
  }

  private Base base(NodeId node, long seqNr, long txnSeq) throws IOException {
    synchronized (this) {
      Base known = bases.get(node);
      if (known != null) {
        return known;
      }
    }
    Base found = Base.NONE;
    Optional<LogTable> open = usable();
    if (open.isPresent()) {
      ScanRequest past = of(node).versions(0, seqNr).transactions(0, txnSeq).withoutContent();
      for (LogRecord record : newest(open.get()).scanNewest(past)) {
        found = new Base(record.version(), record.txnSeq());
      }
    }
    synchronized (this) {
      bases.put(node, found);
    }
    return found;
  }

  /**
   * Adds snapshots in one commit; replaces the table if it cannot be used.
   *
   * @param abandoned asked now and then; true makes this fail
   */
  public void append(Collection<DirectorySnapshot> snapshots, BooleanSupplier abandoned)
      throws IOException {
    synchronized (writing) {
      Optional<LogTable> open = usable();
      if (open.isPresent()) {
        write(open.get(), snapshots, abandoned);
      } else {
        replace(fresh -> write(fresh, snapshots, abandoned));
      }
      synchronized (this) {
        ours = true;
        for (DirectorySnapshot snapshot : snapshots) {
          bases.put(snapshot.directory(), new Base(snapshot.seqNr(), snapshot.txnSeq()));
        }
      }
    }
  }

  /**
   * Puts a table with these snapshots alone in the place of what is there. If this fails, what was
   * there stays.
   */
  public void rewrite(Collection<DirectorySnapshot> snapshots) throws IOException {
    synchronized (writing) {
      replace(fresh -> write(fresh, snapshots, () -> false));
    }
  }

  private void replace(TableReplacement.Filling filling) throws IOException {
    Map<String, String> properties =
        Map.of(
            OplogSchema.FORMAT_PROPERTY,
            OplogSchema.FORMAT,
            OplogSchema.POND_ID_PROPERTY,
            oplog.pondId());
    new TableReplacement(machine, directory).run(properties, filling);
    synchronized (this) {
      table.ifPresent(LogTable::close);
      table = Optional.empty();
      unusable = false;
      bases.clear();
    }
  }

  private void write(
      LogTable to, Collection<DirectorySnapshot> snapshots, BooleanSupplier abandoned) {
    List<FlushRecord> all = new ArrayList<>();
    long txnSeq = to.head().txnSeq();
    long timestampMicros = to.head().timestampMicros();
    for (DirectorySnapshot snapshot : snapshots) {
      all.addAll(records.of(snapshot, abandoned));
      txnSeq = Math.max(txnSeq, snapshot.txnSeq());
      timestampMicros = Math.max(timestampMicros, snapshot.timestampMicros());
    }
    if (!all.isEmpty()) {
      to.append(new Flush(all, List.of(), txnSeq, timestampMicros));
    }
  }

  /**
   * Reads all of the table and says what of it is of no use with this log; empty if nothing is, or
   * there is no table.
   */
  public Optional<String> staleness(Executor executor, int parallelism) throws IOException {
    Map<NodeId, LogRecord> last = new HashMap<>();
    try {
      Optional<LogTable> open = open();
      if (open.isEmpty()) {
        boolean nothing =
            machine.disk().stat(directory).isEmpty() || machine.disk().names(directory).isEmpty();
        return nothing ? Optional.empty() : Optional.of("no table of them");
      }
      open.get().head().verifyFiles();
      ScanRequest keys = ScanRequest.of(RecordKind.EVENT).withoutContent();
      try (RecordCursor cursor = open.get().head().scan(keys)) {
        while (cursor.next()) {
          last.put(NodeId.parse(cursor.record().partId()), cursor.record());
        }
      }
    } catch (IOException | RuntimeException e) {
      return Optional.of("what cannot be read: " + e.getMessage());
    }
    Map<NodeId, LogRecord> stale = new ConcurrentHashMap<>(last);
    oplog.replaySome(
        last.keySet(),
        Long.MAX_VALUE,
        executor,
        parallelism,
        event -> {
          LogRecord record = last.get(event.directory());
          if (record != null
              && record.version() == event.seqNr()
              && record.txnSeq() == event.txnSeq()
              && record.timestampMicros() == event.timestampMicros()) {
            stale.remove(event.directory());
          }
        });
    return stale.values().stream()
        .min(Comparator.comparing(LogRecord::partId))
        .map(
            first ->
                String.format(
                    "of %d directories another history, such as of [%s] at transaction [%d]",
                    stale.size(), first.partId(), first.txnSeq()));
  }

  private TableVersion newest(LogTable open) throws IOException {
    boolean alone;
    synchronized (this) {
      alone = ours;
    }
    return alone ? open.head() : open.refresh(); // which would wait for a commit of our own
  }

  private synchronized Optional<LogTable> open() throws IOException {
    if (table.isPresent() || unusable || machine.disk().stat(directory).isEmpty()) {
      return table;
    }
    LogTable opened;
    try {
      opened = LogTable.open(machine, directory);
    } catch (NoSuchFileException e) {
      return Optional.empty();
    }
    String pond = opened.properties().getOrDefault(OplogSchema.POND_ID_PROPERTY, "none");
    if (!pond.equals(oplog.pondId())) {
      opened.close();
      throw new DamageException(directory + " belongs to another pond: [" + pond + "]");
    }
    table = Optional.of(opened);
    return table;
  }

  /** Returns the table if it can be read and written. */
  private Optional<LogTable> usable() throws IOException {
    try {
      return open();
    } catch (DamageException | JournalException e) {
      LOG.info("[{}] is not used: {}", directory, e.toString());
      giveUp();
      return Optional.empty();
    }
  }

  private synchronized void giveUp() {
    table.ifPresent(LogTable::close);
    table = Optional.empty();
    unusable = true;
  }

  private synchronized void forget(LogTable gone) {
    if (table.filter(gone::equals).isPresent()) {
      gone.close();
      table = Optional.empty();
    }
  }

  @Override
  public synchronized void close() {
    table.ifPresent(LogTable::close);
    table = Optional.empty();
    unusable = true;
  }
}
