package io.duckpond.transaction;

import io.duckpond.CommitInfo;
import io.duckpond.CommitResult;
import io.duckpond.ConflictException;
import io.duckpond.journal.disk.JournalException;
import io.duckpond.node.NodeId;
import io.duckpond.oplog.CommitReceipt;
import io.duckpond.oplog.TransactionRow;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** A transaction on its way through the Committer. For the Committer's thread. */
final class Running {
  private final Changes changes;
  private final CommitInfo info;
  private final CompletableFuture<CommitResult> reply;
  private final List<NodeId> touched;
  private final long arrivedNanos = System.nanoTime();

  /** Directories whose actors are being stopped because this transaction failed. */
  private final Set<NodeId> stopping = new HashSet<>();

  private @Nullable Decision decision;
  private @Nullable CommitReceipt receipt;
  private @Nullable Throwable failure;

  Running(Changes changes, CommitInfo info, CompletableFuture<CommitResult> reply) {
    this.changes = changes;
    this.info = info;
    this.reply = reply;
    this.touched =
        changes.directories().stream()
            .filter(directory -> !directory.newborn())
            .map(Changes.OfDirectory::directory)
            .toList();
  }

  Changes changes() {
    return changes;
  }

  /** Returns the existing directories that it changes. */
  List<NodeId> touched() {
    return touched;
  }

  boolean runsAlone() {
    return !changes.removed().isEmpty() || !changes.moved().isEmpty();
  }

  void decided(Decision made) {
    decision = made;
  }

  boolean hasDecided() {
    return decision != null;
  }

  Decision decision() {
    if (decision == null) {
      throw new IllegalStateException("nothing was decided");
    }
    return decision;
  }

  void stored(CommitReceipt told) {
    receipt = told;
  }

  CommitReceipt receipt() {
    if (receipt == null) {
      throw new IllegalStateException("nothing was stored");
    }
    return receipt;
  }

  Set<NodeId> stopping() {
    return stopping;
  }

  /** Notes why it failed: a bug of ours explains more than the time-out that follows from it. */
  void failed(Throwable cause) {
    if (failure == null || cause instanceof IllegalStateException) {
      failure = cause;
    }
  }

  /** Notes that a directory's actor ended: of interest only if that was a bug of ours. */
  void participantFailed(Throwable cause) {
    for (Throwable next = cause; next != null; next = next.getCause()) {
      if (next instanceof IllegalStateException) {
        failed(next);
      }
    }
  }

  TransactionRow description() {
    return new TransactionRow(
        0,
        0,
        info.command(),
        info.message(),
        info.user(),
        changes.operations(),
        decision().directories().size(),
        decision().entries() + changes.staging().count(),
        changes.bytes());
  }

  void answer() {
    reply.complete(
        new CommitResult(
            receipt().txnSeq(),
            receipt().timestampMicros(),
            changes.operations(),
            receipt().entries(),
            changes.bytes(),
            Duration.ofNanos(System.nanoTime() - arrivedNanos)));
  }

  void answerFailure() {
    Throwable cause = failure;
    reply.completeExceptionally(
        cause == null ? new IllegalStateException("failed without a cause") : asOurs(cause));
  }

  private static Throwable asOurs(Throwable cause) {
    if (cause instanceof IOException && !(cause instanceof ConflictException)) {
      String what =
          cause instanceof FileSystemException ? cause.getMessage() : String.valueOf(cause);
      return JournalException.notStored("nothing was committed: " + what, cause);
    }
    return cause;
  }
}
