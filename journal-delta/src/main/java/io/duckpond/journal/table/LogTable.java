package io.duckpond.journal.table;

import io.duckpond.journal.disk.DamageException;
import io.duckpond.journal.disk.Directories;
import io.duckpond.journal.disk.Disk;
import io.duckpond.journal.disk.JournalException;
import io.duckpond.journal.disk.Lease;
import io.duckpond.journal.disk.Machine;
import io.duckpond.journal.disk.SystemErrors;
import io.duckpond.journal.engine.DiskEngine;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;
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

  /**
   * The table property that says whether rows are never removed; {@code true} if not set. Merging
   * removes none, unless {@link UpkeepSettings#forgetsDeleted}.
   */
  public static final String APPEND_ONLY = "delta.appendOnly";

  /**
   * The table property that says for how long checkpoints tell of a removed file, as {@code
   * "interval 3600 seconds"}; a week if not set. {@link UpkeepSettings#properties} has it.
   */
  public static final String REMOVED_FILE_RETENTION = "delta.deletedFileRetentionDuration";

  private static final String FORMAT = "io.duckpond.format";
  private static final String FORMAT_WRITTEN = "1";

  private final Machine machine;
  private final Disk disk;
  private final Path directory;
  private final TimeOrderedIds ids;
  private final FlushFiles files;
  private final RecentFlushes recent;
  private final UpkeepSettings settings;
  private final Upkeep upkeep;
  private final Drafts drafts;
  private final StagedFiles staged;
  private final Map<String, String> properties;
  private final long checkpointInterval;
  private final boolean forgetsDeleted;
  private final TableHead head;
  private long lastCheckpoint;

  /** Files of flushes since the last merge, about: what a look at all files is worth. */
  private int unmerged;

  private boolean wrote;
  private Optional<AbandonedFiles> leftovers = Optional.empty();

  private LogTable(Machine machine, Path directory, LoadedTable table, UpkeepSettings settings) {
    KernelTable.Loaded loaded = table.loaded();
    this.machine = machine;
    this.disk = machine.disk();
    this.directory = directory;
    this.ids = new TimeOrderedIds(machine);
    this.head = new TableHead(machine, directory, ids.next(), table, this::refresh, this::reloaded);
    this.recent = new RecentFlushes(settings.isAutomatic() ? settings.recentBytes() : 0);
    this.files = new FlushFiles(disk, directory, ids);
    this.drafts = new Drafts(machine, directory, ids);
    this.staged = new StagedFiles(disk, directory, ids, files, drafts, this::head);
    this.settings = settings;
    this.upkeep = new Upkeep(machine, directory, settings, this::commitFence);
    this.checkpointInterval =
        Long.parseLong(loaded.properties().getOrDefault(CHECKPOINT_INTERVAL, "100"));
    this.forgetsDeleted =
        settings.forgetsDeleted() && "false".equals(loaded.properties().get(APPEND_ONLY));
    this.properties =
        loaded.properties().entrySet().stream()
            .filter(property -> property.getKey().startsWith("io.duckpond."))
            .collect(Collectors.toUnmodifiableMap(Map.Entry::getKey, Map.Entry::getValue));
    this.lastCheckpoint = lastCheckpoint(table);
    this.unmerged = MergePlan.unmerged(head().fileList());
  }

  /** Where one cannot be read, the next commit makes another. */
  private static long lastCheckpoint(LoadedTable table) {
    return table.passedOver() ? Long.MIN_VALUE / 2 : Math.max(0, table.loaded().checkpoint());
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
    Directories.createAll(disk, directory);
    if (hasLog(disk, directory)) {
      throw new FileAlreadyExistsException(directory.toString());
    }
    KernelTable kernel = new KernelTable(new DiskEngine(machine), directory);
    Map<String, String> all = new HashMap<>(properties);
    all.put(FORMAT, FORMAT_WRITTEN);
    JournalHead head =
        new JournalHead(
            0,
            0,
            JournalHead.NO_ENTRY,
            new TimeOrderedIds(machine).next(),
            Inventory.EMPTY,
            Optional.empty());
    try {
      kernel.create(all, head);
    } catch (RuntimeException e) {
      throw LoadedTable.unwrapped(directory, e);
    }
    return open(machine, directory);
  }

  /** Its first entries may be gone. */
  private static boolean hasLog(Disk disk, Path directory) throws IOException {
    try {
      return !LogListing.of(disk, directory).isEmpty();
    } catch (NoSuchFileException e) {
      return false;
    }
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
    return open(machine, directory, UpkeepSettings.NONE);
  }

  /** The same; appending keeps the table's data files few, as {@code settings} say. */
  public static LogTable open(Machine machine, Path directory, UpkeepSettings settings)
      throws IOException {
    LoadedTable table = LoadedTable.newest(machine, directory);
    String format = table.loaded().properties().getOrDefault(FORMAT, "none");
    if (!format.equals(FORMAT_WRITTEN)) {
      throw JournalException.notStored(
          directory + " has format " + format + "; this program reads format " + FORMAT_WRITTEN,
          new IllegalArgumentException(format));
    }
    return new LogTable(machine, directory, table, settings);
  }

  /**
   * Returns the id of the {@link Lease} that a file in a table's folder is, or that its maker has
   * taken; empty if the file depends on none.
   */
  public static Optional<String> leaseOf(String name) {
    return Drafts.leaseOf(name).or(() -> Lease.idIn(name));
  }

  /** Returns the table's properties that begin with {@code io.duckpond.}. */
  public Map<String, String> properties() {
    return properties;
  }

  /** Returns the newest version that this object has seen; costs nothing. */
  public TableVersion head() {
    return head.version();
  }

  /**
   * Looks for newer versions, which another process may have written. If one is damaged, fails with
   * a {@link DamageException}, and {@link #head} stays as it was.
   */
  public synchronized TableVersion refresh() throws IOException {
    head.refresh();
    return head();
  }

  private void reloaded(LoadedTable table) {
    lastCheckpoint = lastCheckpoint(table);
    List<DataFile> listed = head().fileList();
    unmerged = MergePlan.unmerged(listed);
    // Others may have merged some.
    recent.keepOnly(listed.stream().map(DataFile::name).collect(Collectors.toSet()));
  }

  /**
   * Makes a flush durable as exactly one Delta commit and returns the version it made. For one
   * thread. Fails with {@code JournalException}: surely not stored, fenced by another writer, or
   * (after it has looked) unknown.
   */
  public synchronized TableVersion append(Flush flush) {
    head.prepare();
    listLeftovers();
    long version = head().version() + 1;
    FlushFiles.Added added;
    try {
      added = files.add(flush, version, recent.room());
    } catch (IOException | RuntimeException e) {
      throw head.notWritten(e);
    }
    if (added.additions().isEmpty()) {
      throw new IllegalStateException("an empty flush for " + directory);
    }
    KernelTable.Change change = KernelTable.Change.of(added.additions());
    TableVersion made = head.commit(change, flush.txnSeq(), flush.timestampMicros());
    if (!added.records().isEmpty()) {
      recent.add(added.additions().get(0).file().name(), RememberedFlush.of(added.records()));
    }
    drafts.remove(flush.drafts());
    unmerged += flush.records().isEmpty() ? 0 : 1;
    startUpkeep(made);
    return made;
  }

  /**
   * Removes a few of the files that nobody needs any more: to be called after {@link #append}, when
   * those have been told who waited for it. What is left goes with {@link #settle}. Any thread.
   */
  public void tidy() {
    upkeep.tidy();
  }

  /**
   * Makes merged files take the place of those that they were made of, as one Delta commit that
   * changes nothing of what the table holds, but for what is deleted.
   */
  private synchronized TableVersion replace(MergePlan plan, Merge.Result merged) {
    head.prepare();
    listLeftovers();
    List<DataFile> inputs = plan.inputs();
    requireListed(inputs);
    List<KernelTable.Addition> additions;
    try {
      additions = files.link(merged.files(), inputs, plan.level());
    } catch (IOException | RuntimeException e) {
      throw head.notWritten(e);
    }
    long now = machine.clock().millis();
    KernelTable.Change change =
        new KernelTable.Change(additions, inputs, now, merged.forgotten() > 0);
    TableVersion made = commit(change);
    drafts.remove(merged.draftNames());
    unmerged = MergePlan.unmerged(made.fileList());
    inputs.forEach(file -> upkeep.removed(file.name(), now));
    return made;
  }

  /** Another writer may have merged them, and this one may have read what that has made of it. */
  private void requireListed(List<DataFile> inputs) {
    if (!new HashSet<>(head().fileList()).containsAll(inputs)) {
      throw JournalException.notStored(
          "files of " + directory + " were merged by another writer meanwhile",
          new IllegalStateException("merged already"));
    }
  }

  /** Before this writer makes a file of its own; the lock is ours, so nobody else should. */
  private void listLeftovers() {
    if (!wrote) {
      try {
        leftovers = Optional.of(AbandonedFiles.list(disk, directory));
        wrote = true;
      } catch (IOException e) {
        throw JournalException.notStored(
            "cannot list " + directory + ": " + SystemErrors.message(e) + "; nothing was stored",
            e);
      }
    }
  }

  private void startUpkeep(TableVersion made) {
    if (leftovers.isPresent()) {
      upkeep.collect(leftovers.get(), made);
      leftovers = Optional.empty();
    }
    if (made.version() - lastCheckpoint >= checkpointInterval) {
      lastCheckpoint = made.version();
      upkeep.checkpoint(head.kernel(), made);
    }
    if (settings.isAutomatic() && unmerged >= settings.fanIn()) {
      upkeep.merge(
          merging(), version -> MergePlan.due(version.fileList(), settings.fanIn()), unmerged);
    }
    upkeep.vacuumIfDue();
  }

  private Merging merging() {
    RecordMerger merger =
        settings
            .merger()
            .orElseThrow(() -> new IllegalStateException(directory + " was opened without merger"));
    return new Merging(
        disk,
        directory,
        drafts,
        merger,
        settings.fileBytes(),
        forgetsDeleted,
        this::head,
        recent,
        this::replace);
  }

  /**
   * Merges all data files into as few as there can be, makes a checkpoint, and removes what nobody
   * needs any more. Completes when that is done; commits go on meanwhile, and what they add stays
   * as it is. Needs {@link UpkeepSettings#merger}.
   */
  public CompletionStage<TableVersion> maintain() {
    return maintain(EnumSet.allOf(UpkeepStep.class));
  }

  /** Does only some of it. */
  public CompletionStage<TableVersion> maintain(Set<UpkeepStep> steps) {
    Set<UpkeepStep> wanted = Set.copyOf(steps);
    Merging merging = merging();
    return upkeep.finish(
        () -> {
          if (wanted.contains(UpkeepStep.MERGE)) {
            long newest = head().version(); // without a bound there is no end beside a busy writer
            merging.run(version -> MergePlan.all(version.filesUpTo(newest)));
          }
          if (wanted.contains(UpkeepStep.VACUUM)) {
            collectNow(); // first, as the log's entries tell what is old enough
            upkeep.vacuum();
          }
          if (wanted.contains(UpkeepStep.CHECKPOINT)) {
            checkpointNow();
          }
          return head();
        });
  }

  /** What writers before this one have left, unless a commit of its own has seen to it. */
  private void collectNow() throws IOException {
    AbandonedFiles found;
    TableVersion version;
    synchronized (this) {
      head.prepare();
      listLeftovers();
      if (leftovers.isEmpty()) {
        return;
      }
      found = leftovers.get();
      leftovers = Optional.empty();
      version = head();
    }
    upkeep.collectNow(found, version);
  }

  /**
   * Makes a commit that changes nothing, on the way to removing what belongs to the table's user. A
   * writer that has not seen it cannot commit any more: what it was about to refer to may go.
   *
   * @return the version it made, in which all is that was committed before
   */
  public TableVersion fence() {
    return commitFence();
  }

  private void checkpointNow() throws IOException {
    KernelTable from;
    TableVersion version;
    synchronized (this) {
      head.prepare();
      from = head.kernel();
      version = head();
      lastCheckpoint = version.version();
    }
    upkeep.checkpointNow(from, version);
  }

  /** Makes a commit that holds nothing, on the way to removing files. */
  private synchronized TableVersion commitFence() {
    head.prepare();
    return commit(KernelTable.Change.of(List.of()));
  }

  private TableVersion commit(KernelTable.Change change) {
    return head.commit(change, head().txnSeq(), head().timestampMicros());
  }

  /** Returns where files are written ahead of the commit that lists them. Any thread. */
  public StagedFiles staged() {
    return staged;
  }

  /**
   * Returns when what goes on beside the commits (checkpoints, removal of what is not needed) has
   * ended. Before the write lock is given back: what goes on makes commits of its own.
   */
  public void settle() {
    upkeep.settle();
  }

  /** Settles and ends. */
  @Override
  public void close() {
    upkeep.close();
    drafts.close();
  }
}
