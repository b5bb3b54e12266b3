package io.duckpond.simulation;

import io.duckpond.CommitInfo;
import io.duckpond.CommitResult;
import io.duckpond.ConflictException;
import io.duckpond.Pond;
import io.duckpond.RestoreMode;
import io.duckpond.Transaction;
import java.io.IOException;
import java.nio.file.ClosedFileSystemException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CompletionException;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * A random script of verbs on a pond and on the model: several transactions at a time, committed
 * while others go on, rolled back, or in conflict; reads of the past, restores, reopening.
 */
final class PondScript {
  private static final int CLIENTS = 3;
  private static final int MOST_CHANGES = 6;

  /** What a clock may say. */
  static final List<Instant> CLOCKS =
      List.of(
          Instant.parse("2024-01-01T01:00:00Z"),
          Instant.parse("2023-12-31T22:00:00Z"),
          Instant.parse("2014-01-01T00:00:00Z"),
          Instant.parse("1970-01-01T00:00:01Z"),
          Instant.parse("2038-01-19T03:14:07Z"));

  private final SimulatedProcess process;
  private final ModelHistory history;
  private final RandomGenerator random;
  private final StringBuilder log = new StringBuilder();
  private final RandomChanges changes;
  private final List<Client> clients = new ArrayList<>();
  private final List<Conflict> conflicts = new ArrayList<>();
  private int inFlight;
  private int begun;
  private Pond pond;

  private record Conflict(ModelChange change, ConflictException answer) {}

  /** One who has a transaction open, or waits for one to be committed. */
  private static final class Client {
    final Transaction transaction;
    final ModelTransaction model;
    boolean committing;

    Client(Transaction transaction, ModelTransaction model) {
      this.transaction = transaction;
      this.model = model;
    }
  }

  /**
   * A script on a pond that is as {@code history} says.
   *
   * @param pond closed by {@link #run}
   */
  PondScript(SimulatedProcess process, Pond pond, ModelHistory history, long seed) {
    this.process = process;
    this.pond = pond;
    this.history = history;
    this.random = new SplittableRandom(seed);
    this.changes = new RandomChanges(random, process.threads().clock(), log);
  }

  /** Returns what was done. */
  String log() {
    return log.toString();
  }

  /** Returns how many transactions were begun, and how many of them met a conflict. */
  long begun() {
    return begun;
  }

  long conflicts() {
    return conflicts.size();
  }

  /** Runs about {@code commits} transactions, waits for all, and closes the pond. */
  void run(int commits) throws IOException {
    while (begun < commits) {
      step();
      process.threads().run(random.nextInt(12));
    }
    for (Client client : List.copyOf(clients)) {
      if (!client.committing) {
        commit(client);
      }
    }
    close();
    for (Conflict conflict : conflicts) {
      check(conflict);
    }
  }

  private void step() throws IOException {
    int choice = random.nextInt(20);
    List<Client> idle = clients.stream().filter(client -> !client.committing).toList();
    if (idle.isEmpty() || choice < 5 && clients.size() < CLIENTS) {
      begin();
    } else if (choice < 12) {
      change(idle.get(random.nextInt(idle.size())));
    } else if (choice < 16) {
      commit(idle.get(random.nextInt(idle.size())));
    } else if (choice == 16) {
      rollBack(idle.get(random.nextInt(idle.size())));
    } else if (choice == 17) {
      restore();
    } else if (choice == 18) {
      readThePast();
    } else if (random.nextInt(4) == 0) {
      setClock();
    } else if (random.nextInt(3) == 0) {
      close();
      log.append("open\n");
      pond = process.open();
    } else {
      status();
    }
  }

  /** Order comes from numbers; a clock that somebody sets must change nothing but times. */
  private void setClock() {
    Instant now = CLOCKS.get(random.nextInt(CLOCKS.size()));
    log.append("the clock is set to ").append(now).append('\n');
    process.threads().setClock(now);
  }

  private void begin() throws IOException {
    long pin = pond.view().txnSeq();
    Transaction transaction = pond.begin();
    if (pin > history.known()) {
      settle(); // published, but those who wait for it have not been told
    }
    log.append("begin at ").append(pin).append('\n');
    Client client = new Client(transaction, new ModelTransaction(pin, history.at(pin)));
    clients.add(client);
    begun++;
    change(client);
  }

  private void change(Client client) throws IOException {
    if (random.nextInt(4) == 0) {
      changes.manySmallFiles(client.transaction.root(), client.model);
    }
    int count = 1 + random.nextInt(MOST_CHANGES);
    for (int i = 0; i < count; i++) {
      changes.next(client.transaction.root(), client.model);
    }
  }

  private void commit(Client client) {
    ModelChange change = client.model.change();
    log.append("commit of ").append(change.pin()).append('\n');
    client.committing = true;
    inFlight++;
    history.ask();
    var unused =
        client
            .transaction
            .commitAsync(new CommitInfo("simulation", "", ""))
            .whenComplete((result, failure) -> answered(client, change, result, failure));
  }

  private void answered(
      Client client,
      ModelChange change,
      @Nullable CommitResult result,
      @Nullable Throwable failure) {
    inFlight--;
    history.answer();
    clients.remove(client);
    client.transaction.close();
    Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
    if (cause instanceof ConflictException conflict) {
      log.append("conflict of ").append(change.pin()).append('\n');
      conflicts.add(new Conflict(change, conflict));
    } else if (cause != null && !(cause instanceof ClosedFileSystemException)) {
      throw new AssertionError("a commit failed: " + cause, cause);
    } else if (result != null && result.operations() > 0) {
      log.append("acknowledged ").append(result.txnSeq()).append('\n');
      history.committed(result.txnSeq(), change);
    }
  }

  private void rollBack(Client client) {
    log.append("roll back\n");
    client.transaction.rollback();
    client.transaction.close();
    clients.remove(client);
  }

  private void restore() throws IOException {
    log.append("restore\n");
    RestoreMode mode = random.nextBoolean() ? RestoreMode.LOG : RestoreMode.VERIFY;
    pond.restore(mode, (what, done, bytes) -> {});
  }

  private void readThePast() throws IOException {
    long txnSeq = 1 + random.nextLong(history.known());
    log.append("read as of ").append(txnSeq).append('\n');
    ModelComparison.require(pond.asOf(txnSeq).root(), history.at(txnSeq), "as of " + txnSeq);
  }

  private void status() throws IOException {
    settle();
    log.append("status\n");
    long nodes = pond.status().nodes().values().stream().mapToLong(Long::longValue).sum();
    if (nodes != history.at(history.known()).size()) {
      throw new AssertionError("status counts " + nodes + " nodes");
    }
  }

  /** With transactions open and commits in flight, if there are any. */
  private void close() throws IOException {
    log.append("close\n");
    pond.close();
    clients.stream()
        .filter(client -> !client.committing)
        .toList()
        .forEach(
            client -> {
              client.transaction.close();
              clients.remove(client);
            });
    settle();
  }

  private void settle() {
    process.threads().runAll();
    if (inFlight > 0) {
      throw new AssertionError(inFlight + " commits were never answered");
    }
    history.settle();
  }

  /** A conflict is with something that was committed meanwhile. */
  private void check(Conflict conflict) {
    ModelChange change = conflict.change;
    for (long txnSeq = change.pin() + 1; txnSeq <= history.known(); txnSeq++) {
      if (change.removesOrMovesDirectories() || change.on(history.at(txnSeq)).isEmpty()) {
        return;
      }
    }
    throw new AssertionError("a conflict with nobody: " + conflict.answer.getMessage());
  }
}
