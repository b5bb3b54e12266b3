package io.duckpond.journal.testkit;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import io.duckpond.harness.MemoryDisk;
import io.duckpond.journal.MachineSetup;
import io.duckpond.journal.disk.Machine;
import io.duckpond.journal.query.DeltaReadJournal;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.pekko.NotUsed;
import org.apache.pekko.actor.ActorSystem;
import org.apache.pekko.actor.BootstrapSetup;
import org.apache.pekko.actor.setup.ActorSystemSetup;
import org.apache.pekko.persistence.query.EventEnvelope;
import org.apache.pekko.persistence.query.PersistenceQuery;
import org.apache.pekko.stream.javadsl.Sink;
import org.apache.pekko.stream.javadsl.Source;

/**
 * Runs actor systems whose journal, snapshot store and read journal are the real ones, on a disk in
 * memory that outlives each system: what a test persists is serialized, committed, recovered and
 * queried as it will be, but leaves no file and waits for no disk.
 *
 * <pre>{@code
 * DeltaJournalTestKit journal = new DeltaJournalTestKit();
 * ActorTestKit kit = ActorTestKit.create(Adapter.toTyped(journal.start("test")));
 * kit.spawn(Account.create("a")).tell(new Deposit(5));
 * journal.expectNextPersisted("a", new Deposited(5));
 * journal.restart(); // and "a" recovers
 * }</pre>
 *
 * For one thread, the test's; the actors are free to run meanwhile.
 */
public final class DeltaJournalTestKit {
  private static final Config PLUGINS =
      ConfigFactory.parseString(
          """
          pekko.persistence.journal.plugin = "pekko.persistence.delta.journal"
          pekko.persistence.snapshot-store.plugin = "pekko.persistence.delta.snapshot"
          pekko.persistence.delta.journal.directory = "/journal"
          pekko.persistence.delta.snapshot.directory = "/snapshots"
          """);

  private final Config overrides;
  private final Duration timeout;
  private FailingDisk disk = new FailingDisk(new MemoryDisk());
  private final Map<String, Long> expected = new HashMap<>();
  private Optional<ActorSystem> running = Optional.empty();

  /** Starts with nothing stored; expectations wait for up to three seconds. */
  public DeltaJournalTestKit() {
    this(ConfigFactory.empty(), Duration.ofSeconds(3));
  }

  /**
   * Starts with nothing stored.
   *
   * @param overrides what the systems' configuration says beyond the defaults
   * @param timeout how long an expectation waits
   */
  public DeltaJournalTestKit(Config overrides, Duration timeout) {
    this.overrides = overrides;
    this.timeout = timeout;
  }

  /** Returns the configuration that systems are started with, the application's included. */
  public Config config() {
    return overrides.withFallback(PLUGINS).withFallback(ConfigFactory.load()).resolve();
  }

  /** Returns what a system that an application creates itself needs, its configuration included. */
  public ActorSystemSetup setup() {
    return ActorSystemSetup.create(
        BootstrapSetup.create(config()), new MachineSetup(Machine.with(disk)));
  }

  /**
   * Starts a system, which finds what those before it have stored. The one before has to be
   * terminated first, as two processes cannot write the same table.
   */
  public ActorSystem start(String name) {
    requireNoneRunning();
    ActorSystem system = ActorSystem.create(name, setup());
    running = Optional.of(system);
    return system;
  }

  /** Terminates the system that was started last, if it runs, and starts another of its name. */
  public ActorSystem restart() {
    String name = system().name();
    stop();
    return start(name);
  }

  /** Terminates the system that was started last; returns when its tables are closed. */
  public void stop() {
    ActorSystem system = system();
    system.terminate();
    await(system.getWhenTerminated(), "the system has not terminated");
  }

  /** Forgets all that is stored and all that was expected. No system may run. */
  public void clearAll() {
    requireNoneRunning();
    disk = new FailingDisk(new MemoryDisk());
    expected.clear();
  }

  /** Returns the events of a persistence id that are stored and not deleted, the oldest first. */
  public List<Object> persistedInStorage(String persistenceId) {
    return stored(persistenceId, 1);
  }

  /**
   * Waits for the next event of a persistence id to be durable, after those that were expected
   * before; fails with an {@link AssertionError} unless it equals {@code event}.
   */
  public void expectNextPersisted(String persistenceId, Object event) {
    Object next = next(persistenceId);
    if (!next.equals(event)) {
      throw new AssertionError(
          "persistence id [%s]: expected [%s], found [%s]".formatted(persistenceId, event, next));
    }
  }

  /** Waits likewise for an event of some class, and returns it. */
  public <E> E expectNextPersistedClass(String persistenceId, Class<E> type) {
    Object next = next(persistenceId);
    if (!type.isInstance(next)) {
      throw new AssertionError(
          "persistence id [%s]: expected a [%s], found [%s]"
              .formatted(persistenceId, type.getName(), next));
    }
    return type.cast(next);
  }

  /** Fails if a persistence id has, now, durable events beyond those that were expected. */
  public void expectNothingPersisted(String persistenceId) {
    List<Object> more = stored(persistenceId, expected.getOrDefault(persistenceId, 0L) + 1);
    if (!more.isEmpty()) {
      throw new AssertionError(
          "persistence id [%s]: expected nothing more, found %s".formatted(persistenceId, more));
    }
  }

  /**
   * Has the next flushes fail as a broken disk would have them: journal's and snapshot store's,
   * with all writes that go into each.
   */
  public void failNextWrites(int flushes) {
    disk.failWrites(flushes);
  }

  /** Has the next attempts to open a data file fail, as recoveries and queries make them. */
  public void failNextReads(int files) {
    disk.failReads(files);
  }

  private Object next(String persistenceId) {
    long from = expected.getOrDefault(persistenceId, 0L) + 1;
    EventEnvelope next =
        await(
            journal()
                .eventsByPersistenceId(persistenceId, from, Long.MAX_VALUE)
                .runWith(Sink.head(), system()),
            "persistence id [%s]: expected an event, found none".formatted(persistenceId));
    expected.put(persistenceId, next.sequenceNr());
    return next.event();
  }

  private List<Object> stored(String persistenceId, long from) {
    Source<Object, NotUsed> events =
        journal()
            .currentEventsByPersistenceId(persistenceId, from, Long.MAX_VALUE)
            .map(EventEnvelope::event);
    return await(
        events.runWith(Sink.seq(), system()),
        "persistence id [%s]: its events were not read".formatted(persistenceId));
  }

  private DeltaReadJournal journal() {
    return PersistenceQuery.get(system())
        .getReadJournalFor(DeltaReadJournal.class, DeltaReadJournal.IDENTIFIER);
  }

  private ActorSystem system() {
    return running.orElseThrow(() -> new IllegalStateException("no system was started"));
  }

  private void requireNoneRunning() {
    if (running.isPresent() && !running.get().getWhenTerminated().toCompletableFuture().isDone()) {
      throw new IllegalStateException(
          "system [" + running.get().name() + "] still runs: stop it first");
    }
  }

  private <T> T await(CompletionStage<T> stage, String otherwise) {
    try {
      return stage.toCompletableFuture().get(timeout.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      throw new AssertionError(otherwise + " within " + timeout.toMillis() + " ms", e);
    } catch (ExecutionException e) {
      throw new AssertionError(otherwise, e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(otherwise, e);
    }
  }
}
