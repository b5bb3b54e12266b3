package io.duckpond;

import io.duckpond.async.AsyncPond;
import io.duckpond.async.Calls;
import io.duckpond.content.ContentStore;
import io.duckpond.content.Holding;
import io.duckpond.content.Scratch;
import io.duckpond.diff.Difference;
import io.duckpond.diff.TreeDiff;
import io.duckpond.feed.ChangeFeed;
import io.duckpond.feed.Commits;
import io.duckpond.history.History;
import io.duckpond.journal.disk.DiskSpace;
import io.duckpond.journal.disk.Machine;
import io.duckpond.journal.disk.Stopwatch;
import io.duckpond.node.Attributes;
import io.duckpond.node.NodeId;
import io.duckpond.node.NodeIds;
import io.duckpond.oplog.Oplog;
import io.duckpond.oplog.OplogReader;
import io.duckpond.oplog.Snapshots;
import io.duckpond.restore.LogSource;
import io.duckpond.transaction.Changes;
import io.duckpond.transaction.Standpoint;
import io.duckpond.transaction.Workspace;
import io.duckpond.view.CommittedStates;
import io.duckpond.view.TreeView;
import java.io.IOException;
import java.nio.file.ClosedFileSystemException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutorService;

/**
 * One pond, open in this process. Any thread. Reading takes no lock and starts no actor; the first
 * commit takes the write lock and starts the actors, and both last until {@link #close}.
 */
public final class Pond implements AutoCloseable {
  private static final int ROOT_MODE = 0755;

  private final PondFolder folder;
  private final PondSettings settings;
  private final Clock clock;
  private final Oplog oplog;
  private final ContentStore contents;
  private final CommittedStates states;
  private final Snapshots snapshots;
  private final WriterSeat seat;
  private final Threads threads;
  private final NodeIds ids;
  private final AsyncPond async;
  private final Commits commits;
  private final ChangeFeed feed;
  private final Transactions transactions;
  private final CommitsInFlight inFlight = new CommitsInFlight();

  private volatile boolean closing;

  private Pond(PondFolder folder, PondSettings settings, Oplog oplog) {
    this.folder = folder;
    this.settings = settings;
    this.clock = folder.machine().clock();
    this.threads = new Threads(folder.machine().threads());
    this.ids = NodeIds.of(folder.machine());
    this.transactions = new Transactions(this, clock);
    this.oplog = oplog;
    this.contents =
        new ContentStore(
            folder.machine(), folder.contents(), settings.inlineLimit(), threads.contents());
    this.snapshots = oplog.snapshots(folder.snapshots(), settings.snapshots().tailFiles());
    LogSource source =
        new LogSource(
            oplog, Optional.of(snapshots), contents, threads.work(), threads.parallelism());
    this.states = new CommittedStates(source, oplog.txnSeq(), folder.machine().threads()::weakly);
    Snapshotter snapshotter = new Snapshotter(snapshots, states, threads, settings.snapshots());
    this.seat = new WriterSeat(folder, settings, oplog, contents, states, snapshotter, threads);
    Calls calls = new Calls(threads.callers());
    this.async = new AsyncPond(this, calls, contents);
    this.commits = new Commits(threads.feed(), folder.machine().threads()::pause);
    this.feed = new ChangeFeed(this, calls, commits);
  }

  /**
   * Creates an empty pond (transaction 1 is the root directory) in an absent or empty directory and
   * opens it. What an interrupted attempt has left is taken up.
   *
   * @throws java.nio.file.FileAlreadyExistsException if a pond is there
   * @throws java.nio.file.DirectoryNotEmptyException if something else is there
   */
  public static Pond create(Path directory, PondSettings settings) throws IOException {
    return create(directory, settings, new CommitInfo("init", "", ""));
  }

  /** The same, saying what transaction 1 says of itself. */
  public static Pond create(Path directory, PondSettings settings, CommitInfo info)
      throws IOException {
    return create(Machine.real(), directory, settings, info);
  }

  /** The same on another machine, for those who simulate or watch one. */
  public static Pond create(Machine machine, Path directory, PondSettings settings, CommitInfo info)
      throws IOException {
    PondFolder folder = PondFolder.at(machine, directory);
    Oplog oplog =
        folder.createOplog(
            NodeIds.of(machine).next().hex(), settings.checkpointInterval(), settings.mergeFanIn());
    Pond pond = new Pond(folder, settings, oplog);
    try {
      pond.commitRoot(info);
      return pond;
    } catch (IOException | RuntimeException e) {
      pond.close();
      throw e;
    }
  }

  /** Opens a pond with the settings of the class path's configuration. */
  public static Pond open(Path directory) throws IOException {
    return open(directory, PondSettings.load());
  }

  /**
   * Opens an existing pond.
   *
   * @throws java.nio.file.NoSuchFileException if there is none
   */
  public static Pond open(Path directory, PondSettings settings) throws IOException {
    return open(Machine.real(), directory, settings);
  }

  /** The same on another machine, for those who simulate or watch one. */
  public static Pond open(Machine machine, Path directory, PondSettings settings)
      throws IOException {
    PondFolder folder = PondFolder.at(machine, directory);
    Oplog oplog = folder.openOplog(settings.mergeFanIn());
    return new Pond(folder, settings, oplog);
  }

  /** The same without blocking. */
  public static CompletionStage<Pond> openAsync(Path directory, PondSettings settings) {
    Machine machine = Machine.real();
    ExecutorService opener = machine.threads().pool("pond-open", 1);
    try {
      return Stages.call(() -> open(machine, directory, settings), opener);
    } finally {
      opener.shutdown(); // once it is done
    }
  }

  /** Returns the absolute path of the pond's folder. */
  public Path directory() {
    return folder.directory();
  }

  /** Returns the newest committed state, other processes' commits included. */
  public PondView view() throws IOException {
    return new CommittedView(newest());
  }

  /** Returns the state after a transaction; refuses a number below 1 or not yet given. */
  public PondView asOf(long txnSeq) throws IOException {
    newest();
    return new CommittedView(states.at(new TransactionFinder(oplog.reader()).at(txnSeq)));
  }

  /** Returns the state at an instant: after the last transaction not later than it. */
  public PondView asOf(Instant instant) throws IOException {
    newest();
    return new CommittedView(
        states.at(new TransactionFinder(oplog.reader()).at(instant, clock.instant())));
  }

  /**
   * Returns what differs between two states, in path order: of the one to the other, whichever is
   * older. Versions and node ids are no difference; a node that has another place was moved.
   */
  public List<Difference> diff(PondView before, PondView after) throws IOException {
    return TreeDiff.of(states.at(before.txnSeq()), states.at(after.txnSeq()));
  }

  /**
   * The same of what is, or was before, at or below a path, which need be in one of them only. A
   * link at its end is not followed.
   */
  public List<Difference> diff(PondView before, PondView after, String path) throws IOException {
    return PathDiff.of(diff(before, after), before, after, path);
  }

  /**
   * Returns the root in auto-commit mode, for any thread: a call sees the newest committed state,
   * other processes' commits included, and one that changes something is a transaction of its own,
   * durable when it returns. Calls of many threads at a time share commits. A call that met another
   * transaction's change is made again on what that has left: so a create whose name was taken
   * meanwhile is refused as one that came later. A {@link ConflictException} comes only after many
   * attempts.
   */
  public WorkingDirectory root() {
    return new AutoCommitDirectory(this, Standpoint.ROOT);
  }

  /** Returns this pond's calls without blocking, and its contents as streams. */
  public AsyncPond async() {
    return async;
  }

  /** Returns what transactions change, as they are committed. */
  public ChangeFeed feed() {
    return feed;
  }

  /** Opens a transaction on the newest committed state. Takes no lock yet. */
  public Transaction begin() throws IOException {
    return open(TransactionOptions.DEFAULT);
  }

  /** The same with an isolation, a time-out, or commits of its own accord. */
  public Transaction begin(TransactionOptions options) throws IOException {
    return open(options);
  }

  PondTransaction open(TransactionOptions options) throws IOException {
    return transactions.begin(
        new Workspace(newest(), contents, oplog::stage, ids, clock, settings.stagingThreshold()),
        options);
  }

  /**
   * Runs {@code change} in a transaction and commits it; on a conflict, again on the newest state.
   * What the function throws ends it, and nothing was written.
   *
   * @param attempts how often it is run at most, 1 at least
   * @throws ConflictException if the last attempt met one, too
   */
  public <T> T transact(Change<T> change, int attempts) throws IOException {
    return transact(change, attempts, TransactionOptions.DEFAULT);
  }

  /** The same with an isolation, or a time-out for each attempt. */
  public <T> T transact(Change<T> change, int attempts, TransactionOptions options)
      throws IOException {
    return transactions.transact(change, attempts, options);
  }

  /** The same without blocking, on a thread of the pond's. */
  public <T> CompletionStage<T> transactAsync(Change<T> change, int attempts) {
    return async.transact(change, attempts);
  }

  /** Runs {@code read} on the newest state, on a thread of the pond's. */
  public <T> CompletionStage<T> readAsync(Reading<T> read) {
    return async.read(read);
  }

  /** Returns counts; loads the whole tree. */
  public PondStatus status() throws IOException {
    return status(view());
  }

  /** Returns the same of an earlier state; files, bytes and the lock are those of now. */
  public PondStatus status(PondView view) throws IOException {
    long micros = new TransactionFinder(oplog.reader()).timestampOf(view.txnSeq());
    return StatusReport.of(folder, oplog, view.tree(), micros);
  }

  /**
   * Replays the whole log into fresh state, all cores, checking every hash in it. Nothing changes,
   * stored or in memory, unless all of it is right. Then {@code snapshots/} is rewritten, if the
   * write lock is free or ours, and if it can be.
   */
  public RestoreReport restore(RestoreMode mode, Progress progress) throws IOException {
    TreeView newest = newest();
    return new RestoreRun(oplog, contents, states, threads, clock, progress)
        .run(newest.txnSeq(), mode, seat::rewriteSnapshots);
  }

  /**
   * Rebuilds an earlier state from the log in fresh memory, checking every hash of the log; writes
   * nothing, and leaves what is in memory alone.
   */
  public RestoreReport restore(PondView view, RestoreMode mode, Progress progress)
      throws IOException {
    return new RestoreRun(oplog, contents, states, threads, clock, progress)
        .rehearse(view.txnSeq(), mode);
  }

  /**
   * Merges the log's files, makes a checkpoint and removes files that nobody needs any more, those
   * of {@code contents/} included that no version refers to; takes the write lock. Commits and
   * reads go on meanwhile. Then rebuilds the newest state from the log: another content root is a
   * {@code DamageException}.
   */
  public MaintenanceReport maintain() throws IOException {
    return maintain(EnumSet.allOf(MaintenanceTask.class), Progress.NONE);
  }

  /** Does only some of it. */
  public MaintenanceReport maintain(Set<MaintenanceTask> tasks, Progress progress)
      throws IOException {
    Writer unused = seat.start();
    return new Maintenance(this, oplog, contents, progress, Stopwatch.start(clock)).run(tasks);
  }

  /** Returns the log for those who look at history. */
  public OplogReader oplog() throws IOException {
    newest();
    return oplog.reader();
  }

  /** Returns what became of nodes up to the newest committed state. */
  public History history() throws IOException {
    return history(view());
  }

  /** Returns what became of nodes up to a state. */
  public History history(PondView view) {
    return new History(oplog, view.tree(), threads.work(), threads.parallelism());
  }

  /** Returns a new file for bytes that are put aside, such as those of an unfinished file. */
  public Scratch scratch() throws IOException {
    seat.requireOpen();
    return contents.scratch();
  }

  /** Returns the space of the filesystem that the pond's folder is on. */
  public DiskSpace space() throws IOException {
    seat.requireOpen();
    return folder.disk().space(directory());
  }

  /** Returns whether nobody has closed it. */
  public boolean isOpen() {
    return !seat.isClosed();
  }

  /**
   * Returns once every commit that was asked for before is answered: those that succeed are durable
   * then. What fails is told to who asked for it.
   */
  public void sync() throws IOException {
    seat.requireOpen();
    threads.await(inFlight.answered());
  }

  /** Waits for commits in flight, stops the actors, gives back the lock. Transactions are over. */
  @Override
  public void close() {
    closing = true;
    try {
      threads.await(inFlight.answered());
    } catch (IOException e) {
      throw new IllegalStateException(e); // it never fails
    }
    seat.close(
        () -> {
          contents.close();
          threads.close();
          snapshots.close();
          oplog.close();
        });
  }

  /** Returns the newest tree, other processes' commits included. */
  TreeView newest() throws IOException {
    return seat.newest();
  }

  /** Returns the newest tree that this process knows of. */
  TreeView committed() {
    return states.newest();
  }

  /** Returns how many directories have been loaded. */
  int loadedDirectories() {
    return states.size();
  }

  long newestTimestampMicros() {
    return oplog.timestampMicros();
  }

  /** Has changes committed; completes on whichever thread has the answer. */
  CompletableFuture<CommitResult> commit(Changes changes, CommitInfo info) {
    if (closing) {
      throw new ClosedFileSystemException();
    }
    CompletableFuture<Writer> ready = seat.ready();
    Holding named = contents.hold();
    named.share(changes.largeContents());
    return inFlight.add(
        ready
            .thenCompose(started -> started.commit(changes, info))
            .whenComplete(
                (result, failure) -> {
                  named.close();
                  commits.wake();
                }));
  }

  Threads threads() {
    return threads;
  }

  /** Commits transaction 1, unless somebody else has done so. */
  private void commitRoot(CommitInfo info) throws IOException {
    Writer unused = seat.start();
    if (states.txnSeq() > 0) {
      throw folder.alreadyThere();
    }
    long now = ChronoUnit.NANOS.between(Instant.EPOCH, clock.instant());
    Changes.OfDirectory root =
        new Changes.OfDirectory(
            NodeId.ROOT,
            "/",
            true,
            List.of(),
            Optional.of(new Attributes(ROOT_MODE, now)),
            List.of());
    Changes first = new Changes(0, List.of(root), List.of(), List.of(), oplog.stage(), 1, 0);
    threads.await(commit(first, info));
  }

  /** A function that changes a pond within a transaction. */
  @FunctionalInterface
  public interface Change<T> {
    /** Changes what is below {@code root}; may be run again on a newer state. */
    T apply(WorkingDirectory root) throws IOException;
  }

  /** A function that reads a committed state. */
  @FunctionalInterface
  public interface Reading<T> {
    /** Reads below {@code root}. */
    T apply(WorkingDirectory root) throws IOException;
  }
}
