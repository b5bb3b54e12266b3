package io.duckpond.isolation;

import io.duckpond.Isolation;
import io.duckpond.isolation.Call.Verb;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/**
 * Three clients of one database, each with a transaction of several calls, step by step in an order
 * that a seed says; commits are in flight while others go on. Now and then the process ends, and
 * with it all that is open.
 */
final class Script {
  private static final int CLIENTS = 3;

  /** Who has waited so long for a crash crashes at once. */
  private static final int PATIENCE = 15;

  private final Database database;
  private final Random random;
  private final RandomCalls calls;
  private final Mix mix;
  private final History history = new History();
  private final List<Client> clients = new ArrayList<>();
  private long transactions;
  private long acknowledged;
  private long crashes;
  private int crashDue = -1;

  /** Clients that heard of a conflict, but not of which transactions, before a crash. */
  private final List<Client> refused = new ArrayList<>();

  /** Which isolations the clients ask for. */
  enum Mix {
    SNAPSHOT,
    SERIALIZABLE,
    BOTH
  }

  Script(Database database, Random random) {
    this.database = database;
    this.random = random;
    this.calls = new RandomCalls(random);
    this.mix = Mix.values()[random.nextInt(Mix.values().length)];
  }

  History history() {
    return history;
  }

  long crashes() {
    return crashes;
  }

  /** Runs about {@code steps} steps, then ends all transactions and closes the database. */
  void run(int steps) throws IOException {
    look();
    begin();
    for (String path : List.of("/a", "/b", "/c/d", "/c/a", "/é")) {
      clients.get(0).ask(call(Verb.MKDIRS, path, ""));
    }
    for (String path : List.of("/d", "/a/a", "/a/b", "/b/a", "/c/b", "/c/d/a")) {
      clients.get(0).ask(call(Verb.CREATE, path, "first at " + path));
    }
    clients.get(0).commit(database.newest());
    settle();
    for (int i = 0; i < steps; i++) {
      step();
      database.work(random.nextInt(16));
      if (crashDue >= 0 && crashDue-- == 0) {
        database.crashAfter(0);
      }
      hear();
    }
    settle();
    for (Client client : List.copyOf(clients)) {
      client.commit(database.newest());
      database.work(random.nextInt(4));
    }
    settle();
    for (int i = 0; i < 3; i++) {
      lookAt(1 + random.nextInt(Math.toIntExact(history.newest())));
    }
    database.close();
  }

  private Call call(Verb verb, String path, String other) {
    return calls.call(verb, path, other, database.now());
  }

  private void step() throws IOException {
    int choice = random.nextInt(600);
    if (choice == 0) {
      restart();
    } else if (choice == 1) {
      database.maintain();
    } else if (choice < 6) {
      lookAt(1 + random.nextInt(Math.toIntExact(history.newest())));
    } else if (choice < 8 && crashDue < 0) {
      crashDue = PATIENCE;
      database.crashAfter(1 + random.nextInt(40));
    } else if (clients.size() < CLIENTS && random.nextInt(3) == 0) {
      begin();
    } else if (!clients.isEmpty()) {
      step(clients.get(random.nextInt(clients.size())));
    }
  }

  private void begin() throws IOException {
    Isolation isolation =
        mix == Mix.BOTH ? Isolation.values()[random.nextInt(2)] : Isolation.valueOf(mix.toString());
    Database.Session session = database.begin(isolation);
    if (!database.hasCrashed()) {
      clients.add(new Client(database, session, isolation, ++transactions));
    }
  }

  private void step(Client client) throws IOException {
    if (client.isAsking()) {
      return;
    }
    int choice = random.nextInt(30);
    if (choice < 1) {
      rollBack(client);
    } else if (choice < 6 && client.steps() > 1 || client.steps() > 12) {
      client.commit(database.newest());
    } else {
      for (int i = random.nextInt(3); i >= 0; i--) {
        List<String> there = paths(client);
        List<String> directories =
            there.stream().filter(path -> isDirectory(path, client)).toList();
        client.ask(calls.next(there, directories, client.savepoints(), database.now()));
      }
    }
  }

  private List<String> paths(Client client) throws IOException {
    if (!history.hasSeen(client.begin())) {
      look();
    }
    if (database.hasCrashed()) {
      return List.of();
    }
    List<String> paths = new ArrayList<>(history.picture(client.begin()).keySet());
    paths.addAll(client.paths());
    return paths;
  }

  private boolean isDirectory(String path, Client client) {
    Held.Seen seen = history.picture(client.begin()).get(path);
    return seen != null && seen.what().startsWith(Held.Kind.DIRECTORY.toString());
  }

  /** Drops a transaction; its client goes away, or goes on on the newest state. */
  private void rollBack(Client client) throws IOException {
    History.Record dropped = client.record(new History.Dropped());
    client.rollback();
    if (!database.hasCrashed()) {
      history.add(dropped);
      goOn(client);
    }
  }

  /** After a crash nobody does: the newest state may be one that was never durable. */
  private void goOn(Client client) {
    if (random.nextBoolean() && !database.hasCrashed()) {
      client.goOn(++transactions);
    } else {
      client.close();
      clients.remove(client);
    }
  }

  /** Takes in what was answered, and whether the process has ended. */
  private void hear() throws IOException {
    // What one does on hearing its answer may bring others theirs.
    while (clients.stream().anyMatch(Client::wasAnswered)) {
      for (Client client : List.copyOf(clients)) {
        if (client.wasAnswered()) {
          hear(client);
        }
      }
    }
    if (database.hasCrashed()) {
      recover();
    } else {
      look();
    }
  }

  private void hear(Client client) throws IOException {
    Optional<Long> answer = client.answer();
    if (answer.isPresent()) {
      acknowledged = Math.max(acknowledged, answer.get());
      history.add(
          client.record(
              answer.get() == 0 ? new History.Nothing() : new History.Committed(answer.get())));
      goOn(client);
      return;
    }
    clients.remove(client);
    if (database.hasCrashed()) {
      refused.add(client);
      return;
    }
    History.Outcome conflict = conflict(client, database.newest());
    for (int i = random.nextInt(3); i > 0 && !database.hasCrashed(); i--) {
      client.ask(calls.read(paths(client), database.now()));
    }
    if (random.nextInt(4) == 0 && !database.hasCrashed()) {
      client.commitAgain();
    }
    history.add(client.record(conflict));
    if (random.nextBoolean() && !database.hasCrashed()) {
      goBack(client);
    }
    client.close();
  }

  private static History.Outcome conflict(Client client, long newest) {
    return new History.Conflict(client.askedAt(), Math.max(newest, client.askedAt()));
  }

  /** After a conflict it never commits, whatever it goes back to. */
  private void goBack(Client client) throws IOException {
    if (client.savepoints() > 0 && random.nextBoolean()) {
      client.ask(call(Verb.ROLL_BACK, "", String.valueOf(random.nextInt(100))));
    } else {
      client.rollback();
    }
    client.commitAgain();
  }

  /** Looks at every state that nobody has seen. */
  private void look() throws IOException {
    long newest = database.newest();
    for (long txnSeq = history.newest() + 1; txnSeq <= newest; txnSeq++) {
      lookAt(txnSeq);
    }
  }

  private void lookAt(long txnSeq) throws IOException {
    var picture = database.picture(txnSeq);
    if (!database.hasCrashed()) {
      history.look(txnSeq, picture);
    }
  }

  private void recover() throws IOException {
    crashes++;
    crashDue = -1;
    database.restart();
    long found = database.newest();
    if (found < Math.max(acknowledged, history.newest())) {
      throw new AssertionError(
          "lost: " + acknowledged + " was acknowledged, the newest after a crash is " + found);
    }
    for (Client client : clients) {
      history.add(
          client.record(client.isAsking() ? new History.Unknown(found) : new History.Dropped()));
    }
    clients.clear();
    for (Client client : refused) {
      history.add(client.record(conflict(client, found)));
    }
    refused.clear();
    if (history.newest() > 0) {
      lookAt(history.newest());
    }
    look();
  }

  /** In good order: who asked is answered, all others are dropped. */
  private void restart() throws IOException {
    if (crashDue >= 0) {
      return;
    }
    settle();
    clients.forEach(client -> history.add(client.record(new History.Dropped())));
    clients.clear();
    database.restart();
    look();
  }

  /** Waits until all who asked are answered. */
  private void settle() throws IOException {
    database.work(Integer.MAX_VALUE);
    hear();
    if (clients.stream().anyMatch(Client::isAsking)) {
      throw new AssertionError("a commit was never answered");
    }
  }
}
