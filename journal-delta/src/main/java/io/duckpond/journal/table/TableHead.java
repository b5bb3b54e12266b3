package io.duckpond.journal.table;

import io.delta.kernel.Snapshot;
import io.delta.kernel.exceptions.KernelException;
import io.duckpond.journal.disk.DamageException;
import io.duckpond.journal.disk.JournalException;
import io.duckpond.journal.disk.Machine;
import io.duckpond.journal.disk.Sha256;
import io.duckpond.journal.disk.SystemErrors;
import io.duckpond.journal.engine.LogEntry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * The newest version of a table that this process has seen, and all that a commit on top of it
 * needs. After a failure nothing is known any more: the next commit begins by reading what the log
 * says. Guarded by its {@link LogTable}, but for {@link #version}, which is for any thread.
 */
final class TableHead {
  static final JournalHead NONE =
      new JournalHead(0, 0, JournalHead.NO_ENTRY, "", Inventory.EMPTY, Optional.empty());

  private final Machine machine;
  private final Path directory;
  private final String writer;
  private final LogWriter log;
  private final TableVersion.Newest newest;
  private final Consumer<LoadedTable> reloaded;
  private final Sha256 propertiesDigest;
  private KernelTable kernel;
  private Snapshot snapshot;
  private LogChain chain;
  private Optional<String> damage;
  private boolean filesLookedAt;
  private boolean reloadFirst;

  /**
   * The process that made the newest entry may have been killed before the entry's name was
   * durable. Without a sync, a power cut could keep the next entry and lose that one.
   */
  private boolean isDurable;

  private volatile TableVersion version;

  /**
   * @param writer the id of this opening of the table
   * @param newest where scans find a newer version
   * @param reloaded told of a table that was read again
   */
  TableHead(
      Machine machine,
      Path directory,
      String writer,
      LoadedTable table,
      TableVersion.Newest newest,
      Consumer<LoadedTable> reloaded) {
    this.machine = machine;
    this.directory = directory;
    this.writer = writer;
    this.log = new LogWriter(machine, directory, writer);
    this.newest = newest;
    this.reloaded = reloaded;
    this.propertiesDigest = KernelTable.digest(table.loaded().properties());
    this.kernel = table.kernel();
    this.snapshot = table.loaded().snapshot();
    this.chain = table.chain();
    this.damage = table.damage();
    this.version = version(table.loaded());
  }

  private TableVersion version(KernelTable.Loaded loaded) {
    return new TableVersion(
        machine.disk(),
        directory,
        newest,
        loaded.snapshot().getVersion(),
        loaded.head().orElse(NONE),
        FileList.empty().plus(loaded.files()),
        loaded.bytes());
  }

  TableVersion version() {
    return version;
  }

  /** Returns what writes the version as a checkpoint. */
  KernelTable kernel() {
    return kernel;
  }

  /** Looks for newer versions. If one is damaged, fails, and all stays as it was. */
  void refresh() throws IOException {
    if (reloadFirst || log.hasMovedOn(version.version())) {
      reload();
    }
  }

  private void reload() throws IOException {
    LoadedTable table = LoadedTable.newest(machine, directory);
    if (table.loaded().snapshot().getVersion() < version.version()) {
      throw new DamageException(
          LogEntry.pathOf(directory, version.version())
              + " is damaged: expected the log entry that was there, found none");
    }
    kernel = table.kernel();
    chain = table.chain();
    damage = table.damage();
    snapshot = table.loaded().snapshot();
    version = version(table.loaded());
    filesLookedAt = false;
    isDurable = false;
    reloadFirst = false;
    reloaded.accept(table);
  }

  /** Sees to it that a commit can follow the newest version, or fails; before each commit. */
  void prepare() {
    log.requireNotFenced();
    try {
      if (reloadFirst) {
        long known = version.version();
        reload();
        if (version.version() > known && !version.head().writer().equals(writer)) {
          throw log.fence(known + 1, new IllegalStateException("fenced"));
        }
      }
      if (!filesLookedAt && damage.isEmpty()) {
        // Opening looks at the newest files only, as readers cannot wait for a look at all.
        damage = LoadedTable.damage(machine.disk(), directory, version.fileList());
        kernel.requireWritable(snapshot);
        filesLookedAt = true;
      }
    } catch (IOException | KernelException | UncheckedIOException e) {
      throw JournalException.notStored(
          "cannot read the log of " + directory + ": " + SystemErrors.message(e), e);
    }
    requireUsable();
    if (!isDurable) {
      try {
        machine.disk().syncDirectory(LogListing.folder(directory));
        isDurable = true;
      } catch (IOException e) {
        throw JournalException.notStored(
            "cannot sync the log of " + directory + ": " + SystemErrors.message(e), e);
      }
    }
  }

  private void requireUsable() {
    if (damage.isPresent()) {
      throw new DamageException(damage.get());
    }
    if (chain.foreign().isPresent()) {
      throw JournalException.notStored(
          directory + " cannot be written: " + chain.foreign().get() + ", not by a journal",
          new IllegalStateException("foreign commit"));
    }
  }

  /** Makes the next version durable and returns it. Fails as {@link LogWriter#write} does. */
  TableVersion commit(KernelTable.Change change, long txnSeq, long timestampMicros) {
    TableVersion before = version;
    JournalHead next =
        new JournalHead(
            txnSeq,
            timestampMicros,
            chain.entry(),
            writer,
            before.head().inventory().minus(change.removals()).plus(change.added()),
            Optional.of(propertiesDigest));
    long made = before.version() + 1;
    reloadFirst = true; // whatever happens, until it is known to have gone well
    chain = new LogChain(log.write(kernel, made, change, next), Optional.empty());
    reloadFirst = false;
    version = before.changed(made, next, change.removals(), change.added());
    return version;
  }

  /** Returns what to tell if a data file could not be written. */
  JournalException notWritten(Exception failure) {
    return log.notWritten(version.version(), failure);
  }
}
