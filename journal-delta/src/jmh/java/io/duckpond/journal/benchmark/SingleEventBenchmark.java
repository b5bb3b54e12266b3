package io.duckpond.journal.benchmark;

import java.util.concurrent.TimeUnit;
import org.apache.pekko.actor.ActorRef;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** P1: one event in a transaction of its own, durable, one after another. */
@State(Scope.Benchmark)
public class SingleEventBenchmark {
  private OpenJournal journal;
  private RawFloor floor;
  private PeerSystem system;
  private ActorRef actor;
  private long seqNr;

  /** Opens one of each. */
  @Setup
  public void open() throws Exception {
    floor = new RawFloor();
    journal = new OpenJournal("single");
    system = PeerSystem.delta();
    actor = system.persister();
    OpenJournal.warmUp();
  }

  private void submit() throws Exception {
    journal.submit("one", ++seqNr, 1).get(1, TimeUnit.MINUTES);
  }

  private void ask() throws Exception {
    system.ask(actor, system.command(Persister.Call.PERSIST)).get(1, TimeUnit.MINUTES);
  }

  /** Commits in turn with each. */
  @Benchmark
  public void round() throws Exception {
    int commits = Size.of(60, 200, 400);
    double floorMillis = Timing.medianMillis(commits, floor::commit);
    double queueMillis = Timing.medianMillis(commits, this::submit);
    double actorMillis = Timing.medianMillis(commits, this::ask);
    Figures.note("floor", floorMillis, "ms");
    Figures.note("queue", queueMillis, "ms");
    Figures.note("actor", actorMillis, "ms");
    Figures.note("queue above the floor", queueMillis - floorMillis, "ms");
  }

  /** Closes what was opened. */
  @TearDown
  public void close() throws Exception {
    journal.close();
    system.close();
  }
}
