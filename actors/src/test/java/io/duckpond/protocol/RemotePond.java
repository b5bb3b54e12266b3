package io.duckpond.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import io.duckpond.protocol.PondProtocol.Command;
import io.duckpond.testkit.PondTestKit;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorRefResolver;
import org.apache.pekko.util.ByteString;

/** A pond's actor in one actor system, and another system that asks it over a socket. */
final class RemotePond implements AutoCloseable {
  private static final Config REMOTE =
      ConfigFactory.parseString(
              """
              pekko.loglevel = ERROR
              pekko.actor.provider = remote
              pekko.remote.artery.canonical.hostname = "127.0.0.1"
              pekko.remote.artery.canonical.port = 0
              pekko.remote.use-unsafe-remote-features-outside-cluster = on
              pekko.remote.warn-about-direct-use = off
              """)
          .withFallback(ConfigFactory.load());

  final PondTestKit pond = new PondTestKit();
  private final ActorTestKit near = ActorTestKit.create("near", REMOTE);
  private final ActorTestKit far = ActorTestKit.create("far", REMOTE);
  private ActorRef<Command> service;

  RemotePond() {
    this.service = spawn();
  }

  private ActorRef<Command> spawn() {
    ActorRef<Command> here = near.spawn(PondService.of(pond.pond()));
    String address = ActorRefResolver.get(near.system()).toSerializationFormat(here);
    return ActorRefResolver.get(far.system()).resolveActorRef(address);
  }

  void restart() {
    pond.restart();
    service = spawn();
  }

  /** A command without who is answered. */
  interface Asked<T extends Payload> {
    Command by(ActorRef<Answer<T>> replyTo);
  }

  <T extends Payload> TestProbe<Answer<T>> tell(Asked<T> asked) {
    TestProbe<Answer<T>> probe = far.createTestProbe();
    service.tell(asked.by(probe.getRef()));
    return probe;
  }

  <T extends Payload> Answer<T> ask(Asked<T> asked) {
    return tell(asked).receiveMessage(Duration.ofSeconds(20));
  }

  /** Returns what is answered, which is no refusal. */
  <T extends Payload> T value(Asked<T> asked) {
    Answer<T> answer = ask(asked);
    assertThat(answer).isInstanceOf(Answer.Value.class);
    return ((Answer.Value<T>) answer).value();
  }

  <T extends Payload> Answer.Refused<T> refused(Asked<T> asked) {
    Answer<T> answer = ask(asked);
    assertThat(answer).isInstanceOf(Answer.Refused.class);
    return (Answer.Refused<T>) answer;
  }

  static Asked<Payload.Committed> changes(Change... changes) {
    return replyTo -> new PondProtocol.Transact(List.of(changes), 3, "by test", "me", replyTo);
  }

  static Asked<Payload.Node> stat(String path) {
    return replyTo ->
        new PondProtocol.Stat(path, PondProtocol.Links.FOLLOW, OptionalLong.empty(), replyTo);
  }

  static Asked<Payload.Content> read(String path, OptionalLong asOf) {
    return replyTo -> new PondProtocol.Read(path, 0, PondProtocol.MAX_BYTES, asOf, replyTo);
  }

  static Asked<Payload.Listing> list(String path, String after, int limit) {
    return replyTo ->
        new PondProtocol.ListDirectory(
            path,
            Optional.of(after).filter(name -> !name.isEmpty()),
            limit,
            OptionalLong.empty(),
            replyTo);
  }

  static Asked<Payload.Matches> glob(String pattern, int limit) {
    return replyTo -> new PondProtocol.Glob(pattern, limit, OptionalLong.empty(), replyTo);
  }

  static ByteString bytes(String text) {
    return ByteString.fromString(text);
  }

  @Override
  public void close() {
    far.shutdownTestKit();
    near.shutdownTestKit();
    pond.close();
  }
}
