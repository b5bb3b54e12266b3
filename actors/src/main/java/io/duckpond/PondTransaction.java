package io.duckpond;

import io.duckpond.journal.disk.JournalException;
import io.duckpond.node.Entry;
import io.duckpond.oplog.OplogRow;
import io.duckpond.oplog.PendingRows;
import io.duckpond.series.Pieces;
import io.duckpond.transaction.Changes;
import io.duckpond.transaction.Standpoint;
import io.duckpond.transaction.TreeWorkingDirectory;
import io.duckpond.transaction.Workspace;
import io.duckpond.view.Tree;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.ClosedFileSystemException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** A workspace over a view of one pond, and the way from it to the pond's Committer. */
final class PondTransaction implements Transaction {
  private final Pond pond;
  private final Workspace workspace;
  private boolean closed;

  PondTransaction(Pond pond, Workspace workspace) {
    this.pond = pond;
    this.workspace = workspace;
  }

  @Override
  public WorkingDirectory root() {
    requireOpen();
    return TreeWorkingDirectory.of(workspace);
  }

  /** Returns a directory as this transaction sees it. */
  WorkingDirectory at(Standpoint standpoint) {
    requireOpen();
    return TreeWorkingDirectory.of(workspace, standpoint);
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
    return workspace;
  }

  @Override
  public Pond pond() {
    return pond;
  }

  @Override
  public CommitResult commit(CommitInfo info) throws IOException {
    Changes changes = finished();
    return isEmpty(changes) ? nothing() : goOn(pond.threads().await(pond.commit(changes, info)));
  }

  @Override
  public CompletionStage<CommitResult> commitAsync(CommitInfo info) {
    try {
      Changes changes = finished();
      return isEmpty(changes)
          ? CompletableFuture.completedFuture(nothing())
          : Stages.then(pond.commit(changes, info), this::goOn, pond.threads().replies());
    } catch (IOException | RuntimeException e) {
      return CompletableFuture.failedFuture(e);
    }
  }

  private static boolean isEmpty(Changes changes) {
    return changes.directories().isEmpty();
  }

  private Changes finished() {
    requireOpen();
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
    workspace.reset(pond.committed());
    return result;
  }

  private CommitResult nothing() throws IOException {
    workspace.reset(pond.newest());
    return new CommitResult(
        workspace.txnSeq(), pond.newestTimestampMicros(), 0, 0, 0, Duration.ZERO);
  }

  @Override
  public void rollback() {
    requireOpen();
    try {
      workspace.reset(pond.newest());
    } catch (IOException e) {
      throw JournalException.notStored(
          "cannot look for newer transactions: " + Failures.classify(e).line(), e);
    }
  }

  @Override
  public List<String> dirty() {
    requireOpen();
    return workspace.dirty();
  }

  @Override
  public List<OplogRow> pendingRows() {
    requireOpen();
    try {
      Changes changes = workspace.changes();
      return PendingRows.of(changes.events(), changes.staging());
    } catch (IOException e) {
      throw JournalException.notStored(
          "cannot read what was staged: " + Failures.classify(e).line(), e);
    }
  }

  @Override
  public void close() {
    if (!closed) {
      closed = true;
      workspace.close();
    }
  }

  private void requireOpen() {
    if (closed) {
      throw new ClosedFileSystemException();
    }
  }
}
