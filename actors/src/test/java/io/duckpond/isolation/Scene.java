package io.duckpond.isolation;

import io.duckpond.Isolation;
import io.duckpond.isolation.Call.Verb;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/** Transactions written by hand, on a database that has {@code /a/ /b/ /d/ /f /g} to begin with. */
final class Scene {
  private final Database database;
  private final History history = new History();
  private final List<History.Record> records = new ArrayList<>();
  private long number;

  Scene(Database database) throws IOException {
    this.database = database;
    furnish("");
  }

  /** Makes the same below another path. */
  void furnish(String at) throws IOException {
    Actor first = begin(Isolation.SNAPSHOT);
    for (String path : List.of("/a", "/b", "/d")) {
      first.does(Verb.MKDIRS, at + path, "");
    }
    first.does(Verb.WRITE, at + "/f", "1").does(Verb.WRITE, at + "/g", "1").commits();
  }

  Database database() {
    return database;
  }

  History history() {
    return history;
  }

  /** Returns what became of transactions, to be altered. */
  List<History.Record> records() {
    return records;
  }

  Actor begin(Isolation isolation) throws IOException {
    return new Actor(isolation);
  }

  /** Looks at every state, and has all judged. */
  Verdict check() throws IOException {
    for (long txnSeq = 1; txnSeq <= database.newest(); txnSeq++) {
      history.look(txnSeq, database.picture(txnSeq));
    }
    records.forEach(history::add);
    return Checker.check(history);
  }

  /** One who makes a transaction. */
  final class Actor {
    private final Isolation isolation;
    private final Database.Session session;
    private final long begin;
    private final long transaction = ++number;
    private final List<History.Step> steps = new ArrayList<>();

    private Actor(Isolation isolation) throws IOException {
      this.isolation = isolation;
      this.session = database.begin(isolation);
      this.begin = session.begin();
    }

    Actor does(Verb verb, String path, String other) throws IOException {
      Call call = new Call(++number, verb, path, other, database.now());
      steps.add(new History.Step(call, session.answer(call)));
      return this;
    }

    /** Returns the answer to the last call. */
    String told() {
      return steps.get(steps.size() - 1).answer();
    }

    /** Says that it was told something else. */
    Actor wasTold(String answer) {
      Call call = steps.remove(steps.size() - 1).call();
      steps.add(new History.Step(call, answer));
      return this;
    }

    /** Asks for a commit, to hear of it later. */
    CompletableFuture<Long> asks() {
      return session.commit().toCompletableFuture();
    }

    /** Hears the answer; returns what has become of it. */
    History.Outcome hears(CompletableFuture<Long> answer) throws IOException {
      database.work(Integer.MAX_VALUE);
      try {
        long txnSeq = answer.join();
        return ends(txnSeq == 0 ? new History.Nothing() : new History.Committed(txnSeq));
      } catch (CompletionException e) {
        if (e.getCause() instanceof io.duckpond.ConflictException) {
          return ends(new History.Conflict(begin, database.newest()));
        }
        throw e;
      }
    }

    History.Outcome commits() throws IOException {
      return hears(asks());
    }

    History.Outcome ends(History.Outcome outcome) {
      records.add(new History.Record(transaction, isolation, begin, steps, steps.size(), outcome));
      return outcome;
    }
  }
}
