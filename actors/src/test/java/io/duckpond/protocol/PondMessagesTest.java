package io.duckpond.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.serialization.Serialization;
import org.apache.pekko.serialization.SerializationExtension;
import org.apache.pekko.serialization.jackson.JacksonCborSerializer;
import org.apache.pekko.util.ByteString;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What goes from one JVM to another comes out as it went in. */
final class PondMessagesTest {
  private static ActorTestKit kit;

  @BeforeAll
  static void start() {
    kit = ActorTestKit.create();
  }

  @AfterAll
  static void stop() {
    kit.shutdownTestKit();
  }

  static Stream<Class<?>> messages() {
    return Stream.of(PondProtocol.Command.class, Answer.class)
        .flatMap(type -> Samples.records(type).stream());
  }

  private static Serialization serialization() {
    return SerializationExtension.get(kit.system());
  }

  @ParameterizedTest
  @MethodSource("messages")
  void everyMessageSurvivesCbor(Class<?> type) {
    List<Object> samples = new Samples(kit.createTestProbe().getRef()).all(type);

    assertThat(samples).isNotEmpty();
    for (Object message : samples) {
      assertThat(message).isInstanceOf(PondMessage.class);
      assertThat(serialization().findSerializerFor(message))
          .isInstanceOf(JacksonCborSerializer.class);
      assertThat(kit.serializationTestKit().verifySerialization(message, true)).isEqualTo(message);
    }
  }

  @Test
  void everyChangeAndEveryPayloadIsAmongThem() {
    Samples samples = new Samples(kit.createTestProbe().getRef());

    PondProtocol.Transact transact =
        (PondProtocol.Transact) samples.all(PondProtocol.Transact.class).get(0);

    assertThat(classes(transact.changes())).isEqualTo(Set.copyOf(Samples.records(Change.class)));
    List<Payload> payloads = new ArrayList<>();
    samples.all(Answer.Value.class).forEach(each -> payloads.add(((Answer.Value<?>) each).value()));
    assertThat(classes(payloads)).isEqualTo(Set.copyOf(Samples.records(Payload.class)));
  }

  private static Set<Class<?>> classes(List<?> values) {
    Set<Class<?>> classes = new HashSet<>();
    values.forEach(value -> classes.add(value.getClass()));
    return classes;
  }

  @Test
  void whatNoFrameHoldsIsNoMessage() {
    ActorRef<Answer<Payload.Committed>> committed =
        kit.<Answer<Payload.Committed>>createTestProbe().getRef();
    ByteString large = ByteString.fromArray(new byte[PondProtocol.MAX_BYTES / 2 + 1]);
    List<Change> changes = List.of(new Change.Write("/a", large), new Change.Append("/b", large));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new PondProtocol.Transact(changes, 1, "", "", committed));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new PondProtocol.Transact(List.of(), 0, "", "", committed));
    for (int limit : List.of(0, PondProtocol.MAX_NODES + 1)) {
      assertThatIllegalArgumentException()
          .isThrownBy(
              () ->
                  new PondProtocol.ListDirectory(
                      "/",
                      Optional.empty(),
                      limit,
                      OptionalLong.empty(),
                      kit.<Answer<Payload.Listing>>createTestProbe().getRef()));
      assertThatIllegalArgumentException()
          .isThrownBy(
              () ->
                  new PondProtocol.Glob(
                      "*",
                      limit,
                      OptionalLong.empty(),
                      kit.<Answer<Payload.Matches>>createTestProbe().getRef()));
    }
    for (int length : List.of(-1, PondProtocol.MAX_BYTES + 1)) {
      assertThatIllegalArgumentException()
          .isThrownBy(
              () ->
                  new PondProtocol.Read(
                      "/",
                      0,
                      length,
                      OptionalLong.empty(),
                      kit.<Answer<Payload.Content>>createTestProbe().getRef()));
    }
  }
}
