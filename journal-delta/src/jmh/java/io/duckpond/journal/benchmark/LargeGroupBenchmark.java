package io.duckpond.journal.benchmark;

import io.duckpond.journal.commit.PendingEvent;
import io.duckpond.journal.commit.Receipt;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.pekko.actor.ActorRef;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/**
 * A transaction over 20,000 persistence ids, and what somebody else waits meanwhile who persists
 * one event after another: by calls of the queue, then by persistent actors.
 */
@State(Scope.Benchmark)
public class LargeGroupBenchmark {
  private static final int PARTICIPANTS = 20_000;

  private final List<ActorRef> actors = new ArrayList<>();
  private ExecutorService other;
  private OpenJournal journal;
  private PeerSystem system;
  private long round;
  private long others;

  /** Persists one event of an unrelated persistence id, and waits. */
  @FunctionalInterface
  private interface Unrelated {
    void persist() throws Exception;
  }

  /** Starts the actors, each of which recovers. */
  @Setup
  public void open() throws Exception {
    other = Executors.newSingleThreadExecutor();
    journal = new OpenJournal("group");
    system = PeerSystem.delta();
    actors.addAll(system.persisters(PARTICIPANTS));
    for (ActorRef actor : actors) {
      system.ask(actor, Persister.Count.REPLAYED).get(5, TimeUnit.MINUTES);
    }
  }

  /** One group each. */
  @Benchmark
  public void round() throws Exception {
    round++;
    measure("queue", this::queueGroup, () -> journal.submit("other", ++others, 1).get());
    ActorRef unrelated = system.persister("unrelated-" + round);
    measure(
        "actors",
        this::actorGroup,
        () -> system.ask(unrelated, system.command(Persister.Call.PERSIST)).get());
  }

  private void measure(String name, Timing.Work group, Unrelated unrelated) throws Exception {
    unrelated.persist();
    AtomicBoolean over = new AtomicBoolean();
    Future<Double> worst = other.submit(() -> worstMillis(unrelated, over));
    Timing.Taken taken;
    try {
      taken = Timing.time(group);
    } finally {
      over.set(true);
    }
    Figures.note(name + " group", taken.seconds(), "s");
    Figures.note(name + " unrelated, worst", worst.get(), "ms");
  }

  private static double worstMillis(Unrelated unrelated, AtomicBoolean over) throws Exception {
    long worst = 0;
    while (!over.get()) {
      long start = System.nanoTime();
      unrelated.persist();
      worst = Math.max(worst, System.nanoTime() - start);
    }
    return worst / 1e6;
  }

  private void queueGroup() throws Exception {
    List<CompletableFuture<Receipt>> joined = new ArrayList<>(PARTICIPANTS);
    for (int i = 0; i < PARTICIPANTS; i++) {
      String partId = BulkTransactionBenchmark.partId(i);
      PendingEvent event = new PendingEvent(partId, round, Payloads.of(i), "", "", List.of());
      joined.add(
          journal
              .queue()
              .join("group-" + round, PARTICIPANTS, List.of(event))
              .toCompletableFuture());
    }
    for (CompletableFuture<Receipt> each : joined) {
      each.get(5, TimeUnit.MINUTES);
    }
  }

  private void actorGroup() throws Exception {
    List<CompletableFuture<Object>> answers = new ArrayList<>(PARTICIPANTS);
    Persister.Join join = new Persister.Join("group-" + round, PARTICIPANTS);
    for (ActorRef actor : actors) {
      answers.add(system.ask(actor, join));
    }
    for (CompletableFuture<Object> answer : answers) {
      answer.get(5, TimeUnit.MINUTES);
    }
  }

  /** Closes what was opened. */
  @TearDown
  public void close() throws Exception {
    other.shutdown();
    journal.close();
    system.close();
  }
}
