package io.duckpond.oplog;

import io.duckpond.MaintenanceTask;
import io.duckpond.journal.DeltaJournalSetup;
import io.duckpond.journal.GroupCommits;
import io.duckpond.journal.arrow.RecordCodec;
import io.duckpond.journal.arrow.StreamMerger;
import io.duckpond.journal.arrow.TransactionCodec;
import io.duckpond.journal.check.Finding;
import io.duckpond.journal.check.FindingKind;
import io.duckpond.journal.check.TableCheck;
import io.duckpond.journal.commit.Contribution;
import io.duckpond.journal.disk.DamageException;
import io.duckpond.journal.disk.JournalException;
import io.duckpond.journal.disk.Machine;
import io.duckpond.journal.table.LogTable;
import io.duckpond.journal.table.RecordKind;
import io.duckpond.journal.table.ScanRequest;
import io.duckpond.journal.table.StagedFile;
import io.duckpond.journal.table.TableVersion;
import io.duckpond.journal.table.UpkeepSettings;
import io.duckpond.journal.table.UpkeepStep;
import io.duckpond.journal.table.WriteLock;
import io.duckpond.node.ContentLocator;
import io.duckpond.node.NodeId;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.apache.pekko.actor.setup.Setup;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.javadsl.Adapter;
import org.jspecify.annotations.Nullable;

/**
 * The port to the log: append, scan, fetch, receipt. The only type through which the filesystem
 * meets the journal. Any thread.
 */
public final class Oplog implements AutoCloseable {

  /** The journal plugin that directory actors persist through. */
  public static final String JOURNAL_PLUGIN_ID = "pekko.persistence.delta.journal";

  /** What encoding staged records may hold at once; one has 1 MiB unless a single row is larger. */
  private static final long ARROW_BYTES = 512L << 20;

  private static final int MOST_NAMED = 3;

  /** What a check finds wrong though all that was committed is there and is read. */
  private static final Set<FindingKind> NO_LOSS =
      Set.of(FindingKind.FOREIGN_COMMIT, FindingKind.BAD_LAST_CHECKPOINT);

  private final Machine machine;
  private final Path directory;
  private final LogTable table;
  private final String pondId;
  private final OplogCodec codec = new OplogCodec();
  private final RecordCodec records = new RecordCodec(OplogSchema.ENTRY, ARROW_BYTES);
  private final RecordCodec recordsWithoutContent =
      new RecordCodec(OplogSchema.ENTRY_WITHOUT_CONTENT, ARROW_BYTES);
  private final TransactionCodec descriptions = new TransactionCodec(ARROW_BYTES);
  private final EventReader events = new EventReader(records, codec);
  private final Verification verification = new Verification(records, descriptions, events);
  private final FileRows files;

  private Oplog(Machine machine, Path directory, LogTable table, String pondId) {
    this.machine = machine;
    this.directory = directory;
    this.table = table;
    this.pondId = pondId;
    this.files = new FileRows(table::head, records);
  }

  /**
   * Creates the table of a new pond.
   *
   * @param checkpointInterval commits from one checkpoint of the table's log to the next, for ever
   * @param mergeFanIn so many data files of about one age are merged into one; 0: never
   */
  public static Oplog create(
      Machine machine, Path directory, String pondId, int checkpointInterval, int mergeFanIn)
      throws IOException {
    Map<String, String> properties = new HashMap<>(upkeep(mergeFanIn).properties());
    properties.put(OplogSchema.FORMAT_PROPERTY, OplogSchema.FORMAT);
    properties.put(OplogSchema.POND_ID_PROPERTY, pondId);
    properties.put(LogTable.CHECKPOINT_INTERVAL, Integer.toString(checkpointInterval));
    LogTable.create(machine, directory, properties).close();
    return new Oplog(machine, directory, table(machine, directory, mergeFanIn), pondId);
  }

  private static LogTable table(Machine machine, Path directory, int mergeFanIn)
      throws IOException {
    return LogTable.open(machine, directory, upkeep(mergeFanIn));
  }

  private static UpkeepSettings upkeep(int mergeFanIn) {
    UpkeepSettings usual = UpkeepSettings.with(new StreamMerger(new OplogCodec()));
    return new UpkeepSettings(usual.merger(), mergeFanIn, usual.fileBytes(), usual.retention());
  }

  /** Opens the table of a pond; refuses one of another format by its number. */
  public static Oplog open(Machine machine, Path directory) throws IOException {
    return open(machine, directory, 0);
  }

  /**
   * The same, to be written.
   *
   * @param mergeFanIn so many data files of about one age are merged into one; 0: never
   */
  public static Oplog open(Machine machine, Path directory, int mergeFanIn) throws IOException {
    LogTable table = table(machine, directory, mergeFanIn);
    String format = table.properties().getOrDefault(OplogSchema.FORMAT_PROPERTY, "none");
    String pondId = table.properties().getOrDefault(OplogSchema.POND_ID_PROPERTY, "");
    if (format.equals(OplogSchema.FORMAT) && !pondId.isEmpty()) {
      return new Oplog(machine, directory, table, pondId);
    }
    table.close();
    if (pondId.isEmpty()) {
      throw new DamageException(directory + ": expected the log of a pond, found no pond id");
    }
    throw JournalException.notStored(
        directory + " has format " + format + "; this program reads " + OplogSchema.FORMAT,
        new IllegalArgumentException(format));
  }

  /** Returns the pond's id. */
  public String pondId() {
    return pondId;
  }

  /** Returns the number of the newest transaction seen; 0 if there is none. */
  public long txnSeq() {
    return table.head().txnSeq();
  }

  /** Returns the time of the newest transaction seen, microseconds since the epoch. */
  public long timestampMicros() {
    return table.head().timestampMicros();
  }

  /** Returns the number of data files and their bytes. */
  public TableSize size() {
    TableVersion head = table.head();
    return new TableSize(head.files(), head.bytes());
  }

  /** Looks for transactions that another process has committed. */
  public void refresh() throws IOException {
    table.refresh();
  }

  /**
   * Takes the one write lock; closing the result gives it back.
   *
   * @throws io.duckpond.journal.disk.JournalException naming the holder, after {@code wait}
   */
  public Closeable lock(Path lockFile, Duration wait, String command) throws IOException {
    return WriteLock.acquire(machine, lockFile, wait, command);
  }

  /** Returns who holds the write lock, without touching it; empty if nobody does. */
  public Optional<String> lockHolder(Path lockFile) throws IOException {
    return WriteLock.holder(machine.disk(), lockFile);
  }

  /**
   * Hands out the events of one directory, oldest first, beyond {@code afterSeqNr}; a gap in their
   * sequence numbers is a {@code DamageException}.
   */
  public void replay(NodeId directory, long afterSeqNr, long toTxnSeq, Consumer<LoggedEvent> sink)
      throws IOException {
    events.replay(table.head(), directory, afterSeqNr, toTxnSeq, sink);
  }

  /** Hands out the events of one transaction. */
  public void replayTransaction(long txnSeq, Consumer<LoggedEvent> sink) throws IOException {
    events.replayTransaction(table.head(), txnSeq, sink);
  }

  /** Hands out the events of a range of transactions, each once. */
  public void replayTransactions(long fromTxnSeq, long toTxnSeq, Consumer<LoggedEvent> sink)
      throws IOException {
    events.replayTransactions(table.head(), fromTxnSeq, toTxnSeq, sink);
  }

  /** Hands out the events of some directories in a range of transactions, each once. */
  public void replayTransactions(
      Set<NodeId> directories, long fromTxnSeq, long toTxnSeq, Consumer<LoggedEvent> sink)
      throws IOException {
    events.replayTransactions(table.head(), directories, fromTxnSeq, toTxnSeq, sink);
  }

  /** Returns the transaction that created a directory, if the log knows of it. */
  public OptionalLong firstTransaction(NodeId directory) throws IOException {
    return EventReader.firstTransaction(table.head(), directory);
  }

  /**
   * Hands out the events that follow a snapshot, as {@link #replay(NodeId, long, long, Consumer)}
   * does. Returns false, and hands out nothing, if the snapshot's last event does not stand in the
   * log: then it tells nothing about this pond.
   */
  public boolean replay(DirectorySnapshot base, long toTxnSeq, Consumer<LoggedEvent> sink)
      throws IOException {
    return events.replay(table.head(), base, toTxnSeq, sink);
  }

  /**
   * Returns how many data files a replay of one directory would open: those that may hold events
   * from {@code fromSeqNr} and {@code fromTxnSeq} up to {@code toTxnSeq}. Costs no I/O.
   */
  public int filesOf(NodeId directory, long fromSeqNr, long fromTxnSeq, long toTxnSeq) {
    return table
        .head()
        .filesFor(
            ScanRequest.of(RecordKind.EVENT)
                .partitions(Set.of(directory.hex()))
                .versions(fromSeqNr, Long.MAX_VALUE)
                .transactions(fromTxnSeq, toTxnSeq));
  }

  /**
   * Reads all events up to {@code toTxnSeq} in parallel and returns what was read. {@code sink}
   * gets every event once, from many threads at once, in no particular order.
   */
  public ReadCounts replayAll(
      long toTxnSeq, Executor executor, int parallelism, Consumer<LoggedEvent> sink)
      throws IOException {
    return events.replayAll(table.head(), Optional.empty(), toTxnSeq, executor, parallelism, sink);
  }

  /** As {@link #replayAll}, of some directories only: one scan, however many they are. */
  public ReadCounts replaySome(
      Set<NodeId> directories,
      long toTxnSeq,
      Executor executor,
      int parallelism,
      Consumer<LoggedEvent> sink)
      throws IOException {
    return events.replayAll(
        table.head(), Optional.of(directories), toTxnSeq, executor, parallelism, sink);
  }

  /**
   * Goes through every log entry and checkpoint, those included that nothing is read from; damage
   * is a {@code DamageException} that names the first few findings. What another program has
   * committed is none, nor is the hint at the newest checkpoint, which nothing is read by. A file
   * that the disk does not hand out is no damage: fails with what the disk says.
   */
  public void verifyLog(Executor executor, int parallelism) throws IOException {
    List<Finding> found =
        new TableCheck(machine, directory)
            .endingAtRefusals().run(executor, parallelism).findings().stream()
                .filter(finding -> finding.damage() && !NO_LOSS.contains(finding.kind()))
                .toList();
    if (!found.isEmpty()) {
      int more = found.size() - MOST_NAMED;
      throw new DamageException(
          found.stream()
                  .limit(MOST_NAMED)
                  .map(finding -> directory.resolve(finding.file()) + " is damaged: " + finding)
                  .collect(Collectors.joining("; "))
              + (more > 0 ? "; and " + more + " findings more" : ""));
    }
  }

  /**
   * Reads every data file and compares its digest, then every record of every kind in parallel,
   * checks its digest, decodes it, checks the digests of the files inside, and returns what was
   * read. The first damage is a {@code DamageException}.
   */
  public ReadCounts verifyAll(Executor executor, int parallelism) throws IOException {
    table.head().verifyFiles();
    ScanRequest all = ScanRequest.of(RecordKind.EVENT, RecordKind.values());
    return verification.run(table.head(), all, executor, parallelism);
  }

  /** As {@link #verifyAll}, of all that {@link #replayAll} passes over. */
  public ReadCounts verifyUnreplayed(Executor executor, int parallelism) throws IOException {
    table.head().verifyFiles();
    ScanRequest rest =
        ScanRequest.of(RecordKind.ATTACHMENT, RecordKind.TRANSACTION, RecordKind.DELETION);
    return verification.run(table.head(), rest, executor, parallelism);
  }

  /**
   * Returns the row of a file's version: a {@link OplogEntry.SmallFile} with its bytes, or a {@link
   * OplogEntry.LargeFile}. Neighbouring rows are kept for a while, so that reading a tree in order
   * is cheap. Damage or absence is a {@code DamageException} naming {@code path}.
   */
  public OplogEntry fetch(ContentLocator.Logged place, NodeId node, long version, String path)
      throws IOException {
    return files.fetch(place, FileRowCache.Key.ofBytes(node, version), path);
  }

  /** Returns the row that lists pieces of a series up to a version, as {@link #fetch} does. */
  public OplogEntry.Pieces fetchPieces(
      ContentLocator.Logged place, NodeId node, long version, String path) throws IOException {
    FileRowCache.Key key = new FileRowCache.Key(node, version, FileRowCache.Kind.PIECES);
    return (OplogEntry.Pieces) files.fetch(place, key, path);
  }

  /** Starts staging for one transaction; makes no file until the first row arrives. */
  public Staging stage() {
    return new StagedContents(table, records, files);
  }

  /** Returns what an actor system needs so that its journal writes this log. */
  public Setup setup() {
    return new DeltaJournalSetup(table, codec, machine.clock());
  }

  /**
   * Adds to transaction {@code group} what no directory actor brings, as one participant: first
   * events of newborn directories, the staged files, the description. The stage completes once the
   * whole transaction is durable; if it fails and surely nothing was stored, {@code staging} may be
   * contributed again.
   */
  public CompletionStage<CommitReceipt> contribute(
      ActorSystem<?> system,
      DirectoryEvent.Group group,
      List<DirectoryEvent> newborn,
      Staging staging,
      TransactionRow description) {
    StagedContents staged = (StagedContents) staging;
    List<StagedFile> stagedFiles;
    try {
      stagedFiles = staged.handOver();
    } catch (IOException e) {
      return CompletableFuture.failedFuture(
          JournalException.notStored(
              "cannot write staged contents: " + e.getMessage() + "; nothing was stored", e));
    }
    List<Contribution.FirstEvent> firstEvents =
        newborn.stream()
            .map(event -> new Contribution.FirstEvent(event.own().node().hex(), event))
            .toList();
    return GroupCommits.get(Adapter.toClassic(system))
        .contribute(
            JOURNAL_PLUGIN_ID,
            group.txnId(),
            group.participants(),
            new Contribution(firstEvents, stagedFiles, TransactionDescription.encode(description)))
        .whenComplete((receipt, failure) -> settle(staged, failure))
        .thenApply(
            receipt ->
                new CommitReceipt(receipt.txnSeq(), receipt.timestampMicros(), receipt.entries()));
  }

  /**
   * Fails a transaction of which a participant will not come; does nothing if it is complete or has
   * ended.
   */
  public void abandon(ActorSystem<?> system, DirectoryEvent.Group group, RuntimeException cause) {
    GroupCommits.get(Adapter.toClassic(system)).abandon(JOURNAL_PLUGIN_ID, group.txnId(), cause);
  }

  private static void settle(StagedContents staged, @Nullable Throwable failure) {
    Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
    if (cause == null) {
      staged.listed();
    } else if (cause instanceof JournalException e && !e.outcomeUnknown()) {
      staged.refused();
    }
  }

  /**
   * Returns the snapshots of this log's directories, to be closed before it.
   *
   * @param directory of their table, which may be anything or nothing
   * @param tailFiles a directory whose history lies in so many data files needs no snapshot
   */
  public Snapshots snapshots(Path directory, int tailFiles) {
    return new Snapshots(machine, directory, this, records, tailFiles);
  }

  /** Returns the log for those who look at history, as far as this object has seen it. */
  public OplogReader reader() {
    return new LogReader(table.head(), records, recordsWithoutContent, descriptions);
  }

  /**
   * Does some of the log's upkeep: merges data files into as few as there can be, makes a
   * checkpoint, removes what no reader needs any more; for the one who holds the write lock. Loses
   * no event.
   */
  public CompletableFuture<Void> maintain(Set<MaintenanceTask> tasks) {
    Set<UpkeepStep> steps = tasks.stream().map(Oplog::step).collect(Collectors.toSet());
    return table.maintain(steps).thenAccept(version -> {}).toCompletableFuture();
  }

  private static UpkeepStep step(MaintenanceTask task) {
    return switch (task) {
      case COMPACT -> UpkeepStep.MERGE;
      case CHECKPOINT -> UpkeepStep.CHECKPOINT;
      case VACUUM -> UpkeepStep.VACUUM;
    };
  }

  /**
   * Makes a commit that changes nothing, for the one who holds the write lock: no writer that has
   * not seen it can commit any more. All that was committed before can be read then.
   */
  public void fence() {
    TableVersion unused = table.fence();
  }

  /**
   * Returns when what writing has set going beside it (checkpoints, removal of what is not needed)
   * has ended. Before the write lock is given back, as that writes to the log too.
   */
  public void settle() {
    table.settle();
  }

  @Override
  public void close() {
    table.close();
    descriptions.close();
    recordsWithoutContent.close();
    records.close();
  }

  /** The log's data files. */
  public record TableSize(int files, long bytes) {}
}
