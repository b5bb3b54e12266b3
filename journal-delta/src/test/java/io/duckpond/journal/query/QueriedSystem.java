package io.duckpond.journal.query;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import io.duckpond.journal.Teller;
import io.duckpond.journal.TestConfig;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.pekko.NotUsed;
import org.apache.pekko.actor.ActorRef;
import org.apache.pekko.actor.ActorSystem;
import org.apache.pekko.actor.ExtendedActorSystem;
import org.apache.pekko.persistence.DeleteMessagesSuccess;
import org.apache.pekko.persistence.journal.Tagged;
import org.apache.pekko.persistence.query.EventEnvelope;
import org.apache.pekko.persistence.query.PersistenceQuery;
import org.apache.pekko.stream.javadsl.Sink;
import org.apache.pekko.stream.javadsl.SinkQueueWithCancel;
import org.apache.pekko.stream.javadsl.Source;
import org.apache.pekko.testkit.javadsl.TestKit;

/** An actor system with persistent actors and a read journal, for tests. */
final class QueriedSystem implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  final ActorSystem system;
  final DeltaReadJournal journal;
  private final TestKit probe;
  private final Map<String, ActorRef> actors = new HashMap<>();

  QueriedSystem(Path directory, String overrides) {
    Config config =
        ConfigFactory.parseString(overrides).withFallback(TestConfig.in(directory)).resolve();
    system = ActorSystem.create("queried", config);
    probe = new TestKit(system);
    journal = readJournal(DeltaReadJournal.IDENTIFIER);
  }

  DeltaReadJournal readJournal(String section) {
    return PersistenceQuery.get(system).getReadJournalFor(DeltaReadJournal.class, section);
  }

  /** A read journal of its own that differs from the configured one in some keys. */
  DeltaReadJournal readJournalWith(String keys) {
    Config section = system.settings().config().getConfig(DeltaReadJournal.IDENTIFIER);
    return new DeltaReadJournal(
        new Queries(
            (ExtendedActorSystem) system, ConfigFactory.parseString(keys).withFallback(section)));
  }

  ActorRef actor(String id) {
    return actors.computeIfAbsent(
        id,
        name -> {
          ActorRef actor = system.actorOf(Teller.props(name, probe.getRef()));
          probe.expectMsgClass(Teller.Recovered.class);
          return actor;
        });
  }

  /** Starts an actor and returns what it has recovered. */
  List<Object> recovered(String id) {
    actors.put(id, system.actorOf(Teller.props(id, probe.getRef())));
    return probe.expectMsgClass(Teller.Recovered.class).events();
  }

  /** Starts an actor that uses a journal of its own. */
  void actorOf(String id, String journal) {
    actors.put(id, system.actorOf(Teller.props(id, probe.getRef(), journal)));
    probe.expectMsgClass(Teller.Recovered.class);
  }

  /** Persists events together, and returns when they are stored. */
  void persist(String id, Object... events) {
    tell(id, events);
    awaitStored(events.length);
  }

  void tell(String id, Object... events) {
    actor(id).tell(new Teller.Persist(List.of(events)), probe.getRef());
  }

  void awaitStored(int events) {
    for (int i = 0; i < events; i++) {
      probe.expectMsgClass(Teller.Stored.class);
    }
  }

  void awaitRefused() {
    probe.expectMsgClass(Teller.Refused.class);
  }

  void delete(String id, long to) {
    actor(id).tell(to, probe.getRef());
    probe.expectMsgClass(DeleteMessagesSuccess.class);
  }

  static Tagged tagged(Object event, String... tags) {
    return new Tagged(event, Set.of(tags));
  }

  /** Runs a stream to its end. */
  <T> List<T> all(Source<T, NotUsed> source) {
    try {
      return source
          .runWith(Sink.seq(), system)
          .toCompletableFuture()
          .get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    } catch (Exception e) {
      throw new AssertionError("the stream has not completed", e);
    }
  }

  /** Runs a stream and returns its events as {@code id/sequence number event}. */
  List<String> shown(Source<EventEnvelope, NotUsed> source) {
    return all(source).stream().map(QueriedSystem::shown).toList();
  }

  static String shown(EventEnvelope envelope) {
    return envelope.persistenceId() + "/" + envelope.sequenceNr() + " " + envelope.event();
  }

  <T> Live<T> live(Source<T, NotUsed> source) {
    return new Live<>(source.runWith(Sink.queue(), system));
  }

  @Override
  public void close() {
    TestKit.shutdownActorSystem(system);
  }

  /** A stream of which a test takes one element at a time. */
  static final class Live<T> {
    private final SinkQueueWithCancel<T> queue;
    private CompletableFuture<Optional<T>> pulled;

    private Live(SinkQueueWithCancel<T> queue) {
      this.queue = queue;
      this.pulled = queue.pull().toCompletableFuture();
    }

    private Optional<T> pull() throws Exception {
      Optional<T> next = pulled.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
      if (next.isPresent()) {
        pulled = queue.pull().toCompletableFuture();
      }
      return next;
    }

    T next() {
      try {
        return pull().orElseThrow(() -> new AssertionError("the stream has completed"));
      } catch (Exception e) {
        throw new AssertionError("no next element", e);
      }
    }

    List<T> next(int count) {
      List<T> elements = new ArrayList<>();
      for (int i = 0; i < count; i++) {
        elements.add(next());
      }
      return elements;
    }

    void hasNothing() {
      try {
        throw new AssertionError("unexpected: " + pulled.get(300, TimeUnit.MILLISECONDS));
      } catch (TimeoutException expected) {
        return; // nothing came
      } catch (Exception e) {
        throw new AssertionError("the stream has failed", e);
      }
    }

    void hasCompleted() {
      try {
        if (pull().isPresent()) {
          throw new AssertionError("the stream goes on");
        }
      } catch (Exception e) {
        throw new AssertionError("the stream has failed", e);
      }
    }

    Throwable failure() {
      try {
        throw new AssertionError("unexpected: " + pull());
      } catch (Exception e) {
        return e.getCause() == null ? e : e.getCause();
      }
    }

    void cancel() {
      queue.cancel();
    }
  }
}
