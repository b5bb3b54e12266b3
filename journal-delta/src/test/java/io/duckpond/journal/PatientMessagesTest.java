package io.duckpond.journal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.pekko.actor.ActorRef;
import org.apache.pekko.actor.ActorSystem;
import org.apache.pekko.persistence.AtomicWrite;
import org.apache.pekko.persistence.JournalProtocol;
import org.apache.pekko.persistence.PersistentEnvelope;
import org.apache.pekko.persistence.PersistentRepr;
import org.apache.pekko.persistence.journal.Tagged;
import org.apache.pekko.testkit.TestProbe;
import org.apache.pekko.testkit.javadsl.TestKit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import scala.jdk.javaapi.CollectionConverters;

/** Which messages to the journal wait, and in which order they come again. */
final class PatientMessagesTest {
  private static final ActorSystem SYSTEM = ActorSystem.create("patient");

  private final PatientMessages messages = new PatientMessages();
  private final ActorRef a = new TestProbe(SYSTEM).ref();
  private final ActorRef b = new TestProbe(SYSTEM).ref();

  @AfterAll
  static void stop() {
    TestKit.shutdownActorSystem(SYSTEM);
  }

  private static Object write(ActorRef actor, String id, Object event) {
    PersistentRepr repr =
        PersistentRepr.apply(event, 1, id, "", false, ActorRef.noSender(), "writer");
    PersistentEnvelope envelope = AtomicWrite.apply(repr);
    return new JournalProtocol.WriteMessages(
        CollectionConverters.asScala(List.of(envelope)).toVector(), actor, 1);
  }

  private static Object grouped(int participants) {
    return new Grouped("txn", participants, "event");
  }

  private List<Object> drain() {
    List<Object> all = new ArrayList<>();
    for (Optional<Object> next = messages.next(); next.isPresent(); next = messages.next()) {
      all.add(next.get());
    }
    return all;
  }

  @Test
  void writesOfLargeTransactionsWaitHoweverTheyAreWrapped() {
    Object plain = write(a, "a", grouped(20_000));
    Object tagged = write(b, "b", new Tagged(grouped(20_000), Set.of("tag")));

    assertThat(messages.take(plain)).isTrue();
    assertThat(messages.take(tagged)).isTrue();

    assertThat(drain()).containsExactly(plain, tagged);
    assertThat(messages.isEmpty()).isTrue();
  }

  @Test
  void othersDoNotWait() {
    messages.take(write(a, "a", grouped(20_000)));

    assertThat(messages.take(write(b, "b", "event"))).isFalse();
    assertThat(messages.take(write(b, "b", grouped(2)))).isFalse();
    assertThat(messages.take(new JournalProtocol.ReplayMessages(1, 9, 9, "b", b))).isFalse();
    assertThat(messages.take(new JournalProtocol.DeleteMessagesTo("b", 1, b))).isFalse();
  }

  @Test
  void whatComesBehindAWaitingOneOfTheSameOwnerWaitsToo() {
    Object first = write(a, "a", grouped(20_000));
    Object second = write(a, "a", "event");
    Object replay = new JournalProtocol.ReplayMessages(1, 9, 9, "a", b);
    Object deletion = new JournalProtocol.DeleteMessagesTo("a", 1, b);

    for (Object message : List.of(first, second, replay, deletion)) {
      assertThat(messages.take(message)).isTrue();
    }

    assertThat(drain()).containsExactly(first, second, replay, deletion);
    assertThat(messages.take(second)).isFalse();
    assertThat(messages.take(replay)).isFalse();
  }

  @Test
  void theLastOfAnOwnersMessagesMustHaveGoneBeforeOthersNeedNotWait() {
    Object first = write(a, "a", grouped(20_000));
    Object second = write(a, "a", grouped(20_000));
    messages.take(first);
    messages.take(second);

    assertThat(messages.next()).contains(first);
    assertThat(messages.take(write(a, "a", "event"))).isTrue();
  }
}
