package io.duckpond.isolation;

import io.duckpond.ConflictException;
import io.duckpond.Isolation;
import io.duckpond.isolation.History.Step;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;

/** One of those who change a database, and what its present transaction was told so far. */
final class Client {
  private final Database database;
  private final Database.Session session;
  private final Isolation isolation;
  private final List<Step> steps = new ArrayList<>();
  private long number;
  private long begin;
  private int asked = -1;
  private long askedAt;
  private int savepoints;
  private @Nullable Throwable failure;
  private @Nullable Long txnSeq;

  /** A client whose transaction has just begun; {@code number} is no other one's. */
  Client(Database database, Database.Session session, Isolation isolation, long number) {
    this.database = database;
    this.session = session;
    this.isolation = isolation;
    this.number = number;
    this.begin = session.begin();
  }

  /** Goes on in the same session with a transaction that has just begun. */
  void goOn(long newNumber) {
    number = newNumber;
    begin = session.begin();
    steps.clear();
    asked = -1;
    savepoints = 0;
    failure = null;
    txnSeq = null;
  }

  long begin() {
    return begin;
  }

  int savepoints() {
    return savepoints;
  }

  int steps() {
    return steps.size();
  }

  /** Returns the paths that it has asked for. */
  List<String> paths() {
    return steps.stream()
        .map(step -> step.call().path())
        .filter(path -> path.length() > 1)
        .toList();
  }

  boolean isAsking() {
    return asked >= 0 && failure == null && txnSeq == null;
  }

  boolean wasAnswered() {
    return asked >= 0 && !isAsking();
  }

  /** Makes a call; what was answered after a crash, nobody has heard. */
  void ask(Call call) throws IOException {
    String answer = session.answer(call);
    if (database.hasCrashed()) {
      return;
    }
    steps.add(new Step(call, answer));
    switch (call.verb()) {
      case SAVEPOINT -> savepoints++;
      case ROLL_BACK -> savepoints = call.savepoint(savepoints) + 1;
      case RELEASE -> savepoints = call.savepoint(savepoints);
      default -> {}
    }
  }

  /** Asks for a commit. */
  void commit(long newest) {
    asked = steps.size();
    askedAt = newest;
    var unused =
        session
            .commit()
            .whenComplete(
                (number, thrown) -> {
                  if (!database.hasCrashed()) {
                    txnSeq = number;
                    failure = thrown;
                  }
                });
  }

  /** Returns the number that a commit was answered with; empty if it was a conflict. */
  Optional<Long> answer() {
    if (failure == null) {
      return Optional.ofNullable(txnSeq);
    }
    Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
    if (cause instanceof ConflictException) {
      return Optional.empty();
    }
    throw new AssertionError("a commit failed: " + cause, cause);
  }

  /** After a conflict: it never commits. */
  void commitAgain() {
    var again = session.commit().toCompletableFuture();
    database.work(Integer.MAX_VALUE);
    if (!database.hasCrashed() && !again.isCompletedExceptionally()) {
      throw new AssertionError("committed after a conflict\n" + record(new History.Dropped()));
    }
  }

  /** Returns what it was told, and what became of it. */
  History.Record record(History.Outcome outcome) {
    int before = asked < 0 ? steps.size() : asked;
    return new History.Record(number, isolation, begin, steps, before, outcome);
  }

  /** Returns the newest transaction when it asked for a commit. */
  long askedAt() {
    return askedAt;
  }

  void rollback() throws IOException {
    session.rollback();
  }

  void close() {
    session.close();
  }
}
