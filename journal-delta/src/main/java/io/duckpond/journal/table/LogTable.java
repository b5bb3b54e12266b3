package io.duckpond.journal.table;

import io.delta.kernel.Snapshot;
import io.delta.kernel.exceptions.KernelException;
import io.delta.kernel.hook.PostCommitHook;
import io.duckpond.journal.disk.DamageException;
import io.duckpond.journal.disk.Directories;
import io.duckpond.journal.disk.Disk;
import io.duckpond.journal.disk.DiskEntry;
import io.duckpond.journal.disk.JournalException;
import io.duckpond.journal.disk.Machine;
import io.duckpond.journal.disk.SystemErrors;
import io.duckpond.journal.engine.DiskEngine;
import io.duckpond.journal.engine.DurableFiles;
import io.duckpond.journal.engine.LogEntry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A Delta table of {@link LogRecord}s: the append side, and the newest version seen.
 *
 * <p>A flush becomes durable in this order: its data file, the table's directory, the log entry
 * under a temporary name, the entry's name (link(2), which fails if another writer was first), the
 * log's directory. Only then does {@link #append} return. After a failure nothing is tried again:
 * the next append begins by reading what the log says.
 */
public final class LogTable implements AutoCloseable {
  /**
   * The table property that says after how many commits a checkpoint is written; 100 if not set.
   */
  public static final String CHECKPOINT_INTERVAL = "delta.checkpointInterval";

  private static final String FORMAT = "io.duckpond.format";
  private static final String FORMAT_WRITTEN = "1";
  private static final Comparator<FlushRecord> STORED_ORDER =
      Comparator.comparing(FlushRecord::kind)
          .thenComparing(FlushRecord::partId, Utf8Order.INSTANCE)
          .thenComparingLong(FlushRecord::version);

  private static final JournalHead NO_HEAD =
      new JournalHead(0, 0, JournalHead.NO_ENTRY, "", Inventory.EMPTY);

  private final Machine machine;
  private final Disk disk;
  private final Path directory;
  private final TimeOrderedIds ids;
  private final String writer;
  private final Checkpoints checkpoints;
  private final Map<String, String> properties;
  private KernelTable kernel;
  private Snapshot snapshot;
  private LogChain chain;
  private Optional<String> damage;
  private boolean reloadFirst;
  private Optional<String> fenced = Optional.empty();
  private volatile TableVersion head;

  private LogTable(Machine machine, Path directory, LoadedTable table) {
    KernelTable.Loaded loaded = table.loaded();
    this.machine = machine;
    this.disk = machine.disk();
    this.directory = directory;
    this.ids = new TimeOrderedIds(machine);
    this.writer = ids.next();
    this.kernel = table.kernel();
    this.checkpoints = new Checkpoints(directory, machine.threads());
    this.properties =
        loaded.properties().entrySet().stream()
            .filter(property -> property.getKey().startsWith("io.duckpond."))
            .collect(Collectors.toUnmodifiableMap(Map.Entry::getKey, Map.Entry::getValue));
    this.snapshot = loaded.snapshot();
    this.chain = table.chain();
    this.damage = table.damage();
    this.head = version(loaded);
  }

  /**
   * Creates the table (Delta version 0) in a directory that holds none, and the directory if need
   * be. Fails with {@link FileAlreadyExistsException} if there is a table.
   *
   * @param properties of the table for ever, such as {@link #CHECKPOINT_INTERVAL}
   */
  public static LogTable create(Disk disk, Path directory, Map<String, String> properties)
      throws IOException {
    return create(Machine.with(disk), directory, properties);
  }

  /** The same on a machine. */
  public static LogTable create(Machine machine, Path directory, Map<String, String> properties)
      throws IOException {
    Disk disk = machine.disk();
    if (disk.stat(LogEntry.pathOf(directory, 0)).isPresent()) {
      throw new FileAlreadyExistsException(directory.toString());
    }
    Directories.createAll(disk, directory);
    KernelTable kernel = new KernelTable(new DiskEngine(machine), directory);
    Map<String, String> all = new HashMap<>(properties);
    all.put(FORMAT, FORMAT_WRITTEN);
    JournalHead head =
        new JournalHead(
            0, 0, JournalHead.NO_ENTRY, new TimeOrderedIds(machine).next(), Inventory.EMPTY);
    try {
      kernel.create(all, head);
    } catch (RuntimeException e) {
      throw LoadedTable.unwrapped(directory, e);
    }
    return open(machine, directory);
  }

  /**
   * Opens an existing table at its newest version. Verifies the log entries since the last
   * checkpoint; fails with {@link NoSuchFileException} if there is no table.
   */
  public static LogTable open(Disk disk, Path directory) throws IOException {
    return open(Machine.with(disk), directory);
  }

  /** The same on a machine. */
  public static LogTable open(Machine machine, Path directory) throws IOException {
    LoadedTable table = LoadedTable.newest(machine, directory);
    String format = table.loaded().properties().getOrDefault(FORMAT, "none");
    if (!format.equals(FORMAT_WRITTEN)) {
      throw JournalException.notStored(
          directory + " has format " + format + "; this program reads format " + FORMAT_WRITTEN,
          new IllegalArgumentException(format));
    }
    return new LogTable(machine, directory, table);
  }

  private TableVersion version(KernelTable.Loaded loaded) {
    return new TableVersion(
        disk,
        directory,
        this::refresh,
        loaded.snapshot().getVersion(),
        loaded.head().orElse(NO_HEAD),
        FileList.empty().plus(loaded.files()),
        loaded.bytes());
  }

  /** Returns the table's properties that begin with {@code io.duckpond.}. */
  public Map<String, String> properties() {
    return properties;
  }

  /** Returns the newest version that this object has seen; costs nothing. */
  public TableVersion head() {
    return head;
  }

  /**
   * Looks for newer versions, which another process may have written. If one is damaged, fails with
   * a {@link DamageException}, and {@link #head} stays as it was.
   */
  public synchronized TableVersion refresh() throws IOException {
    if (reloadFirst || disk.stat(LogEntry.pathOf(directory, head.version() + 1)).isPresent()) {
      reload();
    }
    return head;
  }

  private void reload() throws IOException {
    LoadedTable table = LoadedTable.newest(machine, directory);
    kernel = table.kernel();
    chain = table.chain();
    damage = table.damage();
    snapshot = table.loaded().snapshot();
    head = version(table.loaded());
    reloadFirst = false;
  }

  /**
   * Makes a flush durable as exactly one Delta commit and returns the version it made. For one
   * thread. Fails with {@code JournalException}: surely not stored, fenced by another writer, or
   * (after it has looked) unknown.
   */
  public synchronized TableVersion append(Flush flush) {
    prepare();
    long version = head.version() + 1;
    List<KernelTable.Addition> additions = new ArrayList<>();
    try {
      if (!flush.records().isEmpty()) {
        additions.add(writeRecords(flush.records(), version));
      }
    } catch (IOException | RuntimeException e) {
      throw JournalException.notStored(
          "cannot write to " + directory + ": " + SystemErrors.message(e) + "; nothing was stored",
          e);
    }
    for (Flush.Staged staged : flush.staged()) {
      additions.add(addition(staged, new DataFile.Position(version, additions.size())));
    }
    if (additions.isEmpty()) {
      throw new IllegalStateException("an empty flush for " + directory);
    }
    JournalHead next =
        new JournalHead(
            flush.txnSeq(),
            flush.timestampMicros(),
            chain.entry(),
            writer,
            head.inventory().plus(additions.stream().map(KernelTable.Addition::file).toList()));
    return commit(version, additions, next);
  }

  private void prepare() {
    if (fenced.isPresent()) {
      throw JournalException.notStored(fenced.get(), new IllegalStateException("fenced"));
    }
    try {
      if (reloadFirst) {
        long known = head.version();
        reload();
        if (head.version() > known && !head.writer().equals(writer)) {
          throw fence(known + 1, new IllegalStateException("fenced"));
        }
      } else if (checkpoints.takeFinished()) {
        // Snapshots of a long row of commits grow slow; one that starts at a checkpoint does not.
        snapshot = kernel.sinceCheckpoint(snapshot, head.files(), head.bytes());
      }
    } catch (IOException | KernelException | UncheckedIOException e) {
      throw JournalException.notStored(
          "cannot read the log of " + directory + ": " + SystemErrors.message(e), e);
    }
    if (damage.isPresent()) {
      throw new DamageException(damage.get());
    }
    if (chain.foreign().isPresent()) {
      throw JournalException.notStored(
          directory + " cannot be written: " + chain.foreign().get() + ", not by a journal",
          new IllegalStateException("foreign commit"));
    }
  }

  private KernelTable.Addition writeRecords(List<? extends FlushRecord> records, long version)
      throws IOException {
    List<FlushRecord> sorted = new ArrayList<>(records);
    sorted.sort(STORED_ORDER);
    Set<String> partIds = new HashSet<>();
    for (FlushRecord record : sorted) {
      if (!record.partId().isEmpty()) {
        partIds.add(record.partId());
      }
    }
    String name = "flush-" + ids.next() + ".parquet";
    Path file = directory.resolve(name);
    RecordFileWriter.Finished finished;
    try (RecordFileWriter out = new RecordFileWriter(disk, file, partIds.size())) {
      for (FlushRecord record : sorted) {
        out.append(record.record());
      }
      finished = out.finish();
      disk.syncDirectory(directory);
    } catch (IOException | RuntimeException e) {
      DurableFiles.discard(disk, file, e);
      throw e;
    }
    DiskEntry entry = disk.stat(file).orElseThrow(() -> new NoSuchFileException(file.toString()));
    var statistics = finished.statistics().build();
    return new KernelTable.Addition(
        new DataFile(
            name,
            finished.size(),
            KeyRange.of(Optional.of(statistics)),
            PartIdFilter.of(partIds),
            Optional.of(finished.sha256()),
            Optional.of(finished.tail()),
            Optional.empty(),
            new DataFile.Position(version, 0)),
        entry.modifiedNanos() / 1_000_000,
        statistics);
  }

  private static KernelTable.Addition addition(Flush.Staged staged, DataFile.Position position) {
    StagedFile file = staged.file();
    Set<String> partIds = new HashSet<>(file.innerPartIds());
    partIds.add(file.partId());
    var statistics = KeyStatistics.ofStaged(file);
    return new KernelTable.Addition(
        new DataFile(
            file.name(),
            file.size(),
            KeyRange.of(Optional.of(statistics)),
            PartIdFilter.of(partIds),
            Optional.of(file.sha256()),
            Optional.of(file.tail()),
            Optional.of(new DataFile.Assigned(staged.txnSeq(), staged.timestampMicros())),
            position),
        file.modifiedMillis(),
        statistics);
  }

  private TableVersion commit(
      long version, List<KernelTable.Addition> additions, JournalHead next) {
    List<DataFile> added = additions.stream().map(KernelTable.Addition::file).toList();
    Path entry = LogEntry.pathOf(directory, version);
    KernelTable.Committed committed;
    reloadFirst = true; // whatever happens, until it is known to have gone well
    try {
      committed = kernel.commit(snapshot, additions, next);
      chain = new LogChain(DurableFiles.digest(disk, entry), Optional.empty());
      snapshot = committed.snapshot().orElseThrow();
      reloadFirst = false;
    } catch (IOException | RuntimeException e) {
      throw outcome(version, added.get(0).name(), e);
    }
    long bytes = head.bytes() + added.stream().mapToLong(DataFile::size).sum();
    head =
        new TableVersion(
            disk, directory, this::refresh, version, next, head.fileList().plus(added), bytes);
    for (PostCommitHook hook : committed.checkpoints()) {
      checkpoints.start(kernel, hook, version);
    }
    return head;
  }

  /** Finds out what became of a commit that failed. */
  private JournalException outcome(long version, String ownFile, Exception failure) {
    Path entry = LogEntry.pathOf(directory, version);
    try {
      if (disk.stat(entry).isEmpty()) {
        return JournalException.notStored(
            "cannot commit version "
                + version
                + " of "
                + directory
                + ": "
                + SystemErrors.message(failure),
            failure);
      }
      if (!LogEntry.read(disk, entry).addedPaths().contains(ownFile)) {
        return fence(version, failure);
      }
    } catch (IOException | RuntimeException e) {
      failure.addSuppressed(e);
    }
    return JournalException.unknown(
        "version "
            + version
            + " of "
            + directory
            + " may or may not be stored: "
            + SystemErrors.message(failure),
        failure);
  }

  private JournalException fence(long version, Exception cause) {
    String message =
        "another writer has committed version "
            + version
            + " of "
            + directory
            + "; this one stops, nothing was stored";
    fenced = Optional.of(message);
    return JournalException.notStored(message, cause);
  }

  /** Starts a staged file. Any thread. */
  public StagedFileWriter stage() throws IOException {
    return new StagedRecords(disk, directory, ids.next());
  }

  /** Reads back a staged file that no commit lists yet; its records have no transaction. */
  public RecordCursor scan(StagedFile file, ScanRequest request) throws IOException {
    DataFile.Position first = new DataFile.Position(0, 0);
    return alone(addition(new Flush.Staged(file, 0, 0), first).file()).scan(request);
  }

  private TableVersion alone(DataFile file) {
    return new TableVersion(
        disk,
        directory,
        () -> alone(file),
        0,
        NO_HEAD,
        FileList.empty().plus(List.of(file)),
        file.size());
  }

  /** Removes a staged file that no commit lists, nor ever will. */
  public void discard(StagedFile file) throws IOException {
    disk.delete(directory.resolve(file.name()));
  }

  /** Waits for a checkpoint that is being written. */
  @Override
  public void close() {
    checkpoints.close();
  }
}
