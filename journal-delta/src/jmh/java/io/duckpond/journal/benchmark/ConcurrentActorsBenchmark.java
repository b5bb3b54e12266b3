package io.duckpond.journal.benchmark;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.pekko.actor.ActorRef;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/**
 * P3: many persistent actors, each waiting for its event to be durable, on one journal or other;
 * and as many threads on RocksDB, which has no actors.
 */
@State(Scope.Benchmark)
public class ConcurrentActorsBenchmark {
  /** How many. */
  @Param({"64", "1000"})
  public int writers;

  private final Map<String, PeerSystem> systems = new LinkedHashMap<>();
  private final Map<String, List<ActorRef>> actors = new LinkedHashMap<>();
  private SyncedRocksDb rocks;

  /** Warms up, and opens one of each. */
  @Setup
  public void open() throws Exception {
    OpenJournal.warmUp();
    systems.put("actors", PeerSystem.delta());
    systems.put("jdbc", PeerSystem.jdbc());
    systems.put("leveldb", PeerSystem.levelDb());
    rocks = new SyncedRocksDb(writers);
    for (Map.Entry<String, PeerSystem> system : systems.entrySet()) {
      actors.put(system.getKey(), system.getValue().persisters(writers));
    }
  }

  /** Writes in turn to each. */
  @Benchmark
  public void round() throws Exception {
    Duration time = Duration.ofMillis(Size.of(500, 2_000, 5_000));
    for (Map.Entry<String, PeerSystem> system : systems.entrySet()) {
      List<ActorRef> all = actors.get(system.getKey());
      Figures.note(system.getKey(), system.getValue().eventsPerSecond(all, time), "events/s");
    }
    Figures.note("rocksdb", rocks.eventsPerSecond(time), "events/s");
  }

  /** Closes each. */
  @TearDown
  public void close() throws Exception {
    for (PeerSystem system : systems.values()) {
      system.close();
    }
    rocks.close();
  }
}
