package io.duckpond.journal.benchmark;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.apache.pekko.actor.ActorRef;
import org.apache.pekko.actor.ActorSystem;
import org.apache.pekko.persistence.jdbc.testkit.javadsl.SchemaUtils;

/** An actor system on one of the journals that are compared. */
final class PeerSystem implements AutoCloseable {
  private final ActorSystem system;
  private final Path directory;
  private int actors;

  private PeerSystem(String name, Path directory, Config config) {
    this.directory = directory;
    this.system = ActorSystem.create(name, config.withFallback(ConfigFactory.load()));
  }

  /** The journal of this module, as its reference.conf has it. */
  static PeerSystem delta() throws Exception {
    Path directory = Scratch.directory("delta");
    return new PeerSystem(
        "delta",
        directory,
        config(
            "pekko.persistence.delta.journal",
            Map.of("pekko.persistence.delta.journal.directory", directory + "/journal")));
  }

  /** Pekko's LevelDB journal: native, with fsync, as Pekko's reference.conf has it. */
  static PeerSystem levelDb() throws Exception {
    Path directory = Scratch.directory("leveldb");
    return new PeerSystem(
        "leveldb",
        directory,
        config(
            "pekko.persistence.journal.leveldb",
            Map.of("pekko.persistence.journal.leveldb.dir", directory + "/journal")));
  }

  /**
   * pekko-persistence-jdbc on an H2 file whose commits are written at once: by default H2 answers
   * up to half a second before it writes.
   */
  static PeerSystem jdbc() throws Exception {
    Path directory = Scratch.directory("h2");
    PeerSystem made =
        new PeerSystem(
            "jdbc",
            directory,
            config(
                "jdbc-journal",
                Map.of(
                    "jdbc-journal.slick.profile",
                    "slick.jdbc.H2Profile$",
                    "jdbc-journal.slick.db.url",
                    "jdbc:h2:file:" + directory + "/journal;WRITE_DELAY=0;DATABASE_TO_UPPER=false",
                    "jdbc-journal.slick.db.user",
                    "sa",
                    "jdbc-journal.slick.db.password",
                    "",
                    "jdbc-journal.slick.db.driver",
                    "org.h2.Driver")));
    SchemaUtils.createIfNotExists(made.system).toCompletableFuture().get(1, TimeUnit.MINUTES);
    return made;
  }

  private static Config config(String journal, Map<String, String> own) {
    return ConfigFactory.parseMap(own)
        .withFallback(
            ConfigFactory.parseString(
                """
                pekko.loglevel = WARNING
                pekko.persistence.journal.plugin = "%s"
                pekko.persistence.snapshot-store.plugin = "pekko.persistence.no-snapshot-store"
                """
                    .formatted(journal)));
  }

  /** Returns what one event is persisted by. */
  Persister.Command command(Persister.Call call) {
    return new Persister.Command(call, 1);
  }

  /** Starts an actor that has a persistence id of its own. */
  ActorRef persister() {
    return persister("id-" + actors++);
  }

  ActorRef persister(String persistenceId) {
    return system.actorOf(Persister.props(persistenceId));
  }

  List<ActorRef> persisters(int count) {
    List<ActorRef> all = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      all.add(persister());
    }
    return all;
  }

  void stop(ActorRef actor) {
    system.stop(actor);
  }

  CompletableFuture<Object> ask(ActorRef actor, Object message) {
    CompletableFuture<Object> answer = new CompletableFuture<>();
    actor.tell(new Persister.Asked(message, answer), ActorRef.noSender());
    return answer;
  }

  /** Persists one event after another with each actor for a time; returns events a second. */
  double eventsPerSecond(List<ActorRef> actors, Duration time) throws Exception {
    return Writers.eventsPerSecond(
        actors.size(),
        time,
        (writer, event) -> ask(actors.get(writer), command(Persister.Call.PERSIST)));
  }

  @Override
  public void close() throws Exception {
    system.terminate();
    system.getWhenTerminated().toCompletableFuture().get(1, TimeUnit.MINUTES);
  }
}
