package io.duckpond.feed;

import java.time.Instant;
import java.util.List;

/**
 * One committed transaction.
 *
 * @param txnSeq its number; the next element has the next number
 * @param instant when it was committed, to the microsecond; later than all before it
 * @param command what was run; may be empty
 * @param message the user's message; may be empty
 * @param user who committed it; may be empty
 * @param changes by path; empty if it changed the root's own attributes only
 */
public record CommittedTransaction(
    long txnSeq,
    Instant instant,
    String command,
    String message,
    String user,
    List<Change> changes) {

  public CommittedTransaction {
    changes = List.copyOf(changes);
  }
}
