package io.duckpond.isolation;

import io.duckpond.ConflictException;
import io.duckpond.Isolation;
import java.io.IOException;
import java.util.SortedMap;
import java.util.concurrent.CompletionStage;

/** What scripts are played on: a pond, or a toy that has a fault. For one thread. */
interface Database extends AutoCloseable {

  /** A transaction. */
  interface Session {
    /** Returns the number of the state that it sees, but for its own changes. */
    long begin();

    /** Returns what a call gives, or the class of its refusal. */
    String answer(Call call) throws IOException;

    /**
     * Asks for a commit.
     *
     * @return the transaction's number, 0 if there was nothing to commit; or a {@link
     *     ConflictException}
     */
    CompletionStage<Long> commit();

    /** Drops all changes, and goes on on the newest state; after a conflict only to be read. */
    void rollback() throws IOException;

    /** Drops all changes. */
    void close();
  }

  Session begin(Isolation isolation) throws IOException;

  /** Returns the newest transaction. */
  long newest() throws IOException;

  /** Returns everything that there is after a transaction, by paths. */
  SortedMap<String, Held.Seen> picture(long txnSeq) throws IOException;

  /** Returns the time of the clock, later at each call; nanoseconds since the epoch. */
  long now();

  /** Lets up to {@code steps} steps happen of what was asked for. */
  void work(int steps);

  /** Has the process end before the {@code operations}th operation on the disk from now on. */
  void crashAfter(int operations);

  /** Returns whether it has ended; nothing that was answered since counts. */
  boolean hasCrashed();

  /** Starts the next process, after a crash or in good order. */
  void restart() throws IOException;

  /** Removes what nobody needs, and merges files. */
  void maintain() throws IOException;

  /** Closes it in good order and looks at all that is stored. */
  @Override
  void close() throws IOException;
}
