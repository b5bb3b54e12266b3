package io.duckpond.transaction;

import io.duckpond.CommitInfo;
import io.duckpond.CommitResult;
import io.duckpond.ConflictException;
import io.duckpond.journal.disk.JournalException;
import io.duckpond.journal.disk.Stopwatch;
import io.duckpond.node.NodeId;
import io.duckpond.oplog.CommitReceipt;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.time.Clock;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/** What one caller asked to be committed, and where the answer goes. */
final class Request {
  private final Changes changes;
  private final CommitInfo info;
  private final CompletableFuture<CommitResult> reply;
  private final List<NodeId> touched;
  private final Stopwatch waiting;

  Request(Changes changes, CommitInfo info, CompletableFuture<CommitResult> reply, Clock clock) {
    this.changes = changes;
    this.info = info;
    this.reply = reply;
    this.waiting = Stopwatch.start(clock);
    this.touched =
        changes.directories().stream()
            .filter(directory -> !directory.newborn())
            .map(Changes.OfDirectory::directory)
            .toList();
  }

  Changes changes() {
    return changes;
  }

  CommitInfo info() {
    return info;
  }

  /** Returns the existing directories that it changes. */
  List<NodeId> touched() {
    return touched;
  }

  /** Returns the directories in which nothing may change that it has read. */
  Set<NodeId> reliedOn() {
    return changes.reads().read();
  }

  boolean runsAlone() {
    return changes.reads().everything()
        || !changes.removed().isEmpty()
        || !changes.moved().isEmpty()
        || !changes.returned().isEmpty();
  }

  /** Returns whether both say the same of themselves and change one directory's names only. */
  boolean joins(Request other) {
    return info.equals(other.info)
        && touched.equals(other.touched)
        && isOfOneDirectory()
        && other.isOfOneDirectory();
  }

  private boolean isOfOneDirectory() {
    return changes.directories().size() == 1
        && touched.size() == 1
        && changes.directories().get(0).own().isEmpty()
        && changes.staging().count() == 0
        && changes.reads().equals(Reads.NONE)
        && !runsAlone();
  }

  /** Tells the caller what was committed; {@code entries} are the rows of its own changes. */
  void answer(CommitReceipt receipt, long entries) {
    reply.complete(
        new CommitResult(
            receipt.txnSeq(),
            receipt.timestampMicros(),
            changes.operations(),
            entries,
            changes.bytes(),
            waiting.elapsed()));
  }

  /** Tells the caller why nothing was: a refusal as it is, what a disk said as a failure. */
  void answerFailure(Throwable cause) {
    reply.completeExceptionally(asOurs(cause));
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
