package io.duckpond.journal.benchmark;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.pekko.actor.ActorRef;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/**
 * P3, in the spirit of Pekko's JournalPerfSpec: one actor persists, then another one with its
 * persistence id recovers, over each of three journals in turn.
 */
@State(Scope.Benchmark)
public class PersistCallsBenchmark {
  private static final int TOGETHER = 100;

  private final Map<String, PeerSystem> systems = new LinkedHashMap<>();
  private int round;

  /** Warms up, and opens one of each. */
  @Setup
  public void open() throws Exception {
    OpenJournal.warmUp();
    systems.put("delta", PeerSystem.delta());
    systems.put("leveldb", PeerSystem.levelDb());
    systems.put("jdbc", PeerSystem.jdbc());
  }

  /** Persists and recovers with each. */
  @Benchmark
  public void round() throws Exception {
    int async = Size.of(2_000, 10_000, 10_000);
    int single = Size.of(100, 500, 10_000);
    round++;
    for (Map.Entry<String, PeerSystem> system : systems.entrySet()) {
      String name = system.getKey();
      PeerSystem journal = system.getValue();
      note(name, "persistAsync", run(journal, Persister.Call.PERSIST_ASYNC, async, 1));
      note(name, "persistAll", run(journal, Persister.Call.PERSIST_ALL, async, TOGETHER));
      note(name, "persist", run(journal, Persister.Call.PERSIST, single, 1));
      note(name, "recover", recover(journal, id(Persister.Call.PERSIST_ASYNC), async));
    }
  }

  private static void note(String journal, String what, double eventsPerSecond) {
    Figures.note(journal + " " + what, eventsPerSecond, "events/s");
  }

  private String id(Persister.Call call) {
    return call + "-" + round;
  }

  private double run(PeerSystem journal, Persister.Call call, int events, int together)
      throws Exception {
    ActorRef actor = journal.persister(id(call));
    journal.ask(actor, Persister.Count.REPLAYED).get(1, TimeUnit.MINUTES);
    Timing.Taken taken =
        Timing.time(
            () -> {
              for (int i = together; i < events; i += together) {
                journal.ask(actor, new Persister.Command(call, together));
              }
              journal.ask(actor, new Persister.Command(call, together)).get(5, TimeUnit.MINUTES);
            });
    journal.stop(actor);
    return events / taken.seconds();
  }

  private static double recover(PeerSystem journal, String persistenceId, int events)
      throws Exception {
    ActorRef[] actor = new ActorRef[1];
    Timing.Taken taken =
        Timing.time(
            () -> {
              actor[0] = journal.persister(persistenceId);
              Object replayed =
                  journal.ask(actor[0], Persister.Count.REPLAYED).get(1, TimeUnit.MINUTES);
              if (!replayed.equals((long) events)) {
                throw new IllegalStateException(replayed + " events came back of " + events);
              }
            });
    journal.stop(actor[0]);
    return events / taken.seconds();
  }

  /** Closes what was opened. */
  @TearDown
  public void close() throws Exception {
    for (PeerSystem system : systems.values()) {
      system.close();
    }
  }
}
