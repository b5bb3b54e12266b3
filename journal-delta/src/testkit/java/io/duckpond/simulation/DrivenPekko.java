package io.duckpond.simulation;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The configuration of an actor system that runs on the threads of a simulation: every dispatcher
 * and the scheduler. Close it when no such system is started any more.
 */
public final class DrivenPekko implements AutoCloseable {
  private static final String KEY = "pond-simulation";
  private static final AtomicLong KEYS = new AtomicLong();
  private static final Map<Long, PlayedThreads> THREADS = new HashMap<>();

  /** Every dispatcher that Pekko and its persistence define, and those of our plugins. */
  private static final List<String> DISPATCHERS =
      List.of(
          "pekko.actor.default-dispatcher",
          "pekko.actor.internal-dispatcher",
          "pekko.actor.default-blocking-io-dispatcher",
          "pekko.persistence.dispatchers.default-plugin-dispatcher",
          "pekko.persistence.dispatchers.default-replay-dispatcher",
          "pekko.persistence.dispatchers.default-stream-dispatcher",
          "pekko.persistence.delta.commit-dispatcher",
          "pekko.persistence.delta.read-dispatcher");

  private final long key = KEYS.incrementAndGet();

  /** Actors played by {@code threads}. */
  public DrivenPekko(PlayedThreads threads) {
    synchronized (THREADS) {
      THREADS.put(key, threads);
    }
  }

  /** Returns what to put before an actor system's configuration. */
  public Config config() {
    StringBuilder text = new StringBuilder();
    text.append(KEY + " = " + key + "\n");
    for (String dispatcher : DISPATCHERS) {
      text.append(dispatcher + " { type = Dispatcher, throughput = 1 }\n");
      text.append(dispatcher + ".executor = " + DrivenDispatcher.class.getName() + "\n");
    }
    text.append("pekko.scheduler.implementation = " + DrivenScheduler.class.getName() + "\n");
    // A system's start blocks until its loggers have answered, if they are actors.
    text.append("pekko.use-slf4j = off\n");
    text.append("pekko.logging-filter = org.apache.pekko.event.DefaultLoggingFilter\n");
    text.append("pekko.loggers = [\"org.apache.pekko.event.Logging$StandardOutLogger\"]\n");
    return ConfigFactory.parseString(text.toString());
  }

  static PlayedThreads threads(Config config) {
    synchronized (THREADS) {
      return Objects.requireNonNull(THREADS.get(config.getLong(KEY)), "a closed simulation");
    }
  }

  @Override
  public void close() {
    synchronized (THREADS) {
      THREADS.remove(key);
    }
  }
}
