package io.duckpond.transaction;

import io.duckpond.CommitInfo;
import io.duckpond.journal.disk.JournalException;
import io.duckpond.node.NodeId;
import io.duckpond.oplog.CommitReceipt;
import io.duckpond.oplog.TransactionRow;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A transaction on its way through the Committer: what one caller asked for, or what several did
 * for one directory. For the Committer's thread.
 */
final class Running {
  private final List<NodeId> touched;
  private final Set<NodeId> reliedOn;
  private final CommitInfo info;
  private List<Request> requests;

  /** Who met a conflict, and which. */
  private final Map<Request, Throwable> overtaken = new LinkedHashMap<>();

  /** Directories whose actors are being stopped because this transaction failed. */
  private final Set<NodeId> stopping = new HashSet<>();

  private @Nullable Verdict verdict;
  private @Nullable CommitReceipt receipt;
  private @Nullable Throwable failure;

  /** The requests, at least one, all of the same directories. */
  Running(List<Request> requests) {
    this.requests = List.copyOf(requests);
    this.touched = requests.get(0).touched();
    this.reliedOn = requests.get(0).reliedOn();
    this.info = requests.get(0).info();
  }

  /** Returns what was asked for, in the order of arrival. */
  List<Changes> asked() {
    return requests.stream().map(Request::changes).toList();
  }

  /** Returns the existing directories that it changes. */
  List<NodeId> touched() {
    return touched;
  }

  /** Returns the directories in which nothing may change meanwhile. */
  Set<NodeId> reliedOn() {
    return reliedOn;
  }

  /**
   * Goes on with what was found valid; who met a conflict is told and forgotten. One that met
   * another request of this transaction is told at its end, when that can be seen.
   */
  void decided(Verdict made) {
    verdict = made;
    List<Request> valid = new ArrayList<>(requests.size());
    for (int i = 0; i < requests.size(); i++) {
      Throwable conflict = made.refused().get(i);
      if (conflict == null) {
        valid.add(requests.get(i));
      } else if (made.decision().isPresent()) {
        overtaken.put(requests.get(i), conflict);
      } else {
        requests.get(i).answerFailure(conflict);
      }
    }
    requests = valid;
  }

  boolean hasDecision() {
    return verdict != null && verdict.decision().isPresent();
  }

  Decision decision() {
    return verdict().decision().orElseThrow();
  }

  Verdict verdict() {
    if (verdict == null) {
      throw new IllegalStateException("nothing was decided");
    }
    return verdict;
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
      if (next instanceof JournalException) {
        return; // the world said no, whatever explains it
      }
      if (next instanceof IllegalStateException) {
        failed(next);
      }
    }
  }

  TransactionRow description() {
    Changes changes = verdict().changes();
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
    for (Request request : requests) {
      long own = request.changes().directories().get(0).contents().size() + 1L;
      request.answer(receipt(), requests.size() == 1 ? receipt().entries() : own);
    }
    overtaken.forEach(Request::answerFailure);
  }

  void answerFailure() {
    Throwable cause = failure;
    for (Request request : requests) {
      request.answerFailure(
          cause == null ? new IllegalStateException("failed without a cause") : cause);
    }
    overtaken.forEach(Request::answerFailure);
  }
}
