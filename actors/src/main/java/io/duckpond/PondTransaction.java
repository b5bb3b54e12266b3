package io.duckpond;

import io.duckpond.journal.disk.JournalException;
import io.duckpond.node.Entry;
import io.duckpond.oplog.OplogRow;
import io.duckpond.oplog.PendingRows;
import io.duckpond.series.Pieces;
import io.duckpond.transaction.Changes;
import io.duckpond.transaction.Savepoint;
import io.duckpond.transaction.Standpoint;
import io.duckpond.transaction.Workspace;
import io.duckpond.view.Tree;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.ClosedFileSystemException;
import java.nio.file.FileSystemException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** A workspace over a view of one pond, and the way from it to the pond's Committer. */
final class PondTransaction implements Transaction {
  private final Pond pond;
  private final Workspace workspace;
  private final Optional<Expiry> expiry;
  private final Optional<SyncSchedule> autoSync;

  /** Held by whoever uses the workspace; by an idle one's expiry, too. */
  private final ReentrantLock using = new ReentrantLock();

  private boolean closed;
  private boolean expired;
  private boolean lost;

  /** What a commit has met; then this commits no more, whatever it goes back to. */
  private volatile @Nullable ConflictException conflict;

  PondTransaction(
      Pond pond, Workspace workspace, Optional<Expiry> expiry, Optional<SyncSchedule> autoSync) {
    this.pond = pond;
    this.workspace = workspace;
    this.expiry = expiry;
    this.autoSync = autoSync;
  }

  /** What is done with the workspace. */
  interface Call<T> {
    T on(Workspace workspace) throws IOException;
  }

  /** Makes a call that changes something; before it, commits if that is due. */
  <T> T change(Call<T> call) throws IOException {
    using.lock();
    try {
      requireOpen();
      syncIfDue();
      return call.on(workspace);
    } finally {
      using.unlock();
    }
  }

  /** Makes a call that only reads; before it, commits if that is due and can be. */
  <T> T read(Call<T> call) throws IOException {
    using.lock();
    try {
      requireOpen();
      if (conflict == null) {
        syncIfDue();
      }
      return call.on(workspace);
    } finally {
      using.unlock();
    }
  }

  private void syncIfDue() throws IOException {
    if (autoSync.isPresent() && autoSync.get().isDue(workspace)) {
      commit(SyncSchedule.INFO);
    }
  }

  @Override
  public WorkingDirectory root() {
    return at(Standpoint.ROOT);
  }

  /** Returns a directory as this transaction sees it. */
  WorkingDirectory at(Standpoint standpoint) {
    using.lock();
    try {
      requireOpen();
      return new TransactionDirectory(this, standpoint);
    } finally {
      using.unlock();
    }
  }

  /** Opens the bytes of a file as it was last written here. */
  InputStream reread(Entry.File written) throws IOException {
    String name = written.child().toString();
    if (written.type().isSeries()) {
      Pieces pieces = workspace.pieces(written, name);
      return pieces.open(pieces.numbered(written.version()).piece());
    }
    return workspace.open(written, name);
  }

  @Override
  public Tree tree() {
    requireOpen();
    return workspace.reader();
  }

  @Override
  public Pond pond() {
    return pond;
  }

  @Override
  public CommitResult commit(CommitInfo info) throws IOException {
    using.lock();
    try {
      Changes changes = finished();
      return isEmpty(changes) ? nothing() : goOn(pond.threads().await(ask(changes, info)));
    } finally {
      using.unlock();
    }
  }

  @Override
  public CompletionStage<CommitResult> commitAsync(CommitInfo info) {
    using.lock();
    try {
      Changes changes = finished();
      return isEmpty(changes)
          ? CompletableFuture.completedFuture(nothing())
          : Stages.then(ask(changes, info), this::goOn, pond.threads().replies());
    } catch (IOException | RuntimeException e) {
      return CompletableFuture.failedFuture(e);
    } finally {
      using.unlock();
    }
  }

  private CompletableFuture<CommitResult> ask(Changes changes, CommitInfo info) {
    return pond.commit(changes, info)
        .whenComplete(
            (result, failure) -> {
              Throwable cause =
                  failure instanceof CompletionException ? failure.getCause() : failure;
              if (cause instanceof ConflictException met) {
                conflict = met;
              }
            });
  }

  private static boolean isEmpty(Changes changes) {
    return changes.directories().isEmpty();
  }

  private Changes finished() throws ConflictException {
    requireOpen();
    ConflictException met = conflict;
    if (met != null) {
      throw new ConflictException(met.getFile(), met.getReason());
    }
    Changes changes = workspace.changes();
    if (!isEmpty(changes)) {
      finish(changes);
    }
    return changes;
  }

  /** The Committer is an actor and does no I/O: what is staged is synced on the caller's thread. */
  private static void finish(Changes changes) {
    try {
      changes.staging().finish();
    } catch (IOException e) {
      throw JournalException.notStored("nothing was committed: " + Failures.classify(e).line(), e);
    }
  }

  private CommitResult goOn(CommitResult result) {
    using.lock();
    try {
      if (!closed && !expired) {
        workspace.reset(pond.committed());
        autoSync.ifPresent(SyncSchedule::synced);
      }
      return result;
    } finally {
      using.unlock();
    }
  }

  private CommitResult nothing() throws IOException {
    workspace.reset(pond.newest());
    autoSync.ifPresent(SyncSchedule::synced);
    return new CommitResult(
        workspace.txnSeq(), pond.newestTimestampMicros(), 0, 0, 0, Duration.ZERO);
  }

  @Override
  public void rollback() {
    using.lock();
    try {
      requireOpen();
      workspace.reset(pond.newest());
      autoSync.ifPresent(SyncSchedule::synced);
    } catch (IOException e) {
      throw JournalException.notStored(
          "cannot look for newer transactions: " + Failures.classify(e).line(), e);
    } finally {
      using.unlock();
    }
  }

  @Override
  public Savepoint savepoint() throws IOException {
    using.lock();
    try {
      requireOpen();
      return workspace.savepoint();
    } finally {
      using.unlock();
    }
  }

  @Override
  public void rollbackTo(Savepoint savepoint) throws FileSystemException {
    using.lock();
    try {
      requireOpen();
      requireKnown(workspace.rollBackTo(savepoint));
    } finally {
      using.unlock();
    }
  }

  @Override
  public void release(Savepoint savepoint) throws FileSystemException {
    using.lock();
    try {
      requireOpen();
      requireKnown(workspace.release(savepoint));
    } finally {
      using.unlock();
    }
  }

  private static void requireKnown(boolean known) throws FileSystemException {
    if (!known) {
      throw new FileSystemException(
          "/", null, "the savepoint is stale: a commit, a rollback or an earlier one passed it");
    }
  }

  @Override
  public List<String> dirty() {
    using.lock();
    try {
      requireOpen();
      return workspace.dirty();
    } finally {
      using.unlock();
    }
  }

  @Override
  public List<OplogRow> pendingRows() {
    using.lock();
    try {
      requireOpen();
      Changes changes = workspace.changes();
      return PendingRows.of(changes.events(), changes.staging());
    } catch (IOException e) {
      throw JournalException.notStored(
          "cannot read what was staged: " + Failures.classify(e).line(), e);
    } finally {
      using.unlock();
    }
  }

  @Override
  public void close() {
    using.lock();
    try {
      if (closed) {
        return;
      }
      try {
        if (autoSync.isPresent()) {
          syncLast();
        }
      } finally {
        closed = true;
        workspace.close();
      }
    } finally {
      using.unlock();
    }
  }

  private void syncLast() {
    if (isExpired()) {
      if (lost) {
        requireOpen();
      }
      return;
    }
    try {
      if (!isEmpty(workspace.changes())) {
        pond.threads().await(pond.commit(finished(), SyncSchedule.INFO));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Frees the workspace if time is up, unless somebody uses it; returns whether it is done. */
  boolean sweep() {
    if (!using.tryLock()) {
      return false;
    }
    try {
      return closed || isExpired();
    } finally {
      using.unlock();
    }
  }

  private boolean isExpired() {
    if (!expired && expiry.isPresent() && expiry.get().isUp()) {
      expired = true;
      lost = !workspace.dirty().isEmpty();
      workspace.close();
    }
    return expired;
  }

  private void requireOpen() {
    if (closed) {
      throw new ClosedFileSystemException();
    }
    if (isExpired()) {
      throw new TransactionExpiredException(expiry.orElseThrow().allowed());
    }
  }
}
