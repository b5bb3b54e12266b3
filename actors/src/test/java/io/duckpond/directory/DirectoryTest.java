package io.duckpond.directory;

import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.ConfigFactory;
import io.duckpond.node.Attributes;
import io.duckpond.node.Entry;
import io.duckpond.node.NodeId;
import io.duckpond.oplog.DirectoryEntry;
import io.duckpond.oplog.DirectoryEvent;
import io.duckpond.oplog.DirectoryEventAdapter;
import io.duckpond.oplog.OplogEntry;
import io.duckpond.path.EntryName;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.apache.pekko.Done;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.testkit.typed.javadsl.LoggingTestKit;
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.pattern.StatusReply;
import org.apache.pekko.persistence.testkit.javadsl.EventSourcedBehaviorTestKit;
import org.apache.pekko.persistence.testkit.javadsl.EventSourcedBehaviorTestKit.CommandResultWithReply;
import org.apache.pekko.persistence.testkit.javadsl.PersistenceTestKit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

final class DirectoryTest {
  private static final ActorTestKit KIT =
      ActorTestKit.create(
          EventSourcedBehaviorTestKit.config()
              .withFallback(ConfigFactory.load().getConfig("pond.system"))
              .withFallback(ConfigFactory.load()));
  private static final NodeId ID = new NodeId(7, 1);
  private static final DirectoryEvent.Group GROUP = new DirectoryEvent.Group("txn", 1);

  @AfterAll
  static void stopActors() {
    KIT.shutdownTestKit();
  }

  // Events travel wrapped for the journal, whose codec stores them (OplogCodecTest): no serializer
  // of Pekko's is ever asked.
  private static EventSourcedBehaviorTestKit<Directory.Command, DirectoryEvent, DirectoryState>
      directory(DirectoryState committed) {
    return EventSourcedBehaviorTestKit.create(
        KIT.system(),
        Directory.create(ID, committed),
        EventSourcedBehaviorTestKit.disabledSerializationSettings());
  }

  @Test
  void persistsItsPartOfATransactionAndAcknowledges() {
    var directory = directory(DirectoryState.EMPTY);

    CommandResultWithReply<Directory.Command, DirectoryEvent, DirectoryState, StatusReply<Done>>
        result = directory.runCommand(persist(0, put("a", 10)));

    assertThat(result.reply().isSuccess()).isTrue();
    assertThat(stored(result.events()))
        .containsExactly(new DirectoryEvent(DirectoryEvent.Group.STORED, put("a", 10).entries()));
    assertThat(result.state().seqNr()).isEqualTo(1);
    assertThat(result.state().get(new EntryName("a"))).contains(child(10));
  }

  @Test
  void aRestartFromNothingReplaysWhatWasLogged() {
    var directory = directory(DirectoryState.EMPTY);
    directory.runCommand(persist(0, put("a", 10)));
    directory.runCommand(persist(1, put("b", 11)));
    DirectoryState before = directory.runCommand(persist(2, remove("a", 10))).state();

    DirectoryState after = directory.restart().state();

    assertThat(after).isEqualTo(before);
    assertThat(after.entries().keySet()).containsExactly(new EntryName("b"));
  }

  @Test
  void goesOnFromACommittedStateWithoutReplay() {
    // Were it replayed, this event would fail: it takes away what is not there.
    DirectoryState committed = DirectoryState.EMPTY.apply(put("a", 10)).apply(put("b", 11));
    PersistenceTestKit journal = PersistenceTestKit.create(KIT.system());
    journal.clearAll();
    journal.persistForRecovery(ID.hex(), List.of(remove("x", 1), remove("y", 2)));
    TestProbe<StatusReply<Done>> probe = KIT.createTestProbe();
    ActorRef<Directory.Command> directory = KIT.spawn(Directory.create(ID, committed));

    directory.tell(new Directory.Persist(2, put("c", 12), probe.getRef()));

    assertThat(probe.receiveMessage().isSuccess()).isTrue();
    assertThat(read(directory)).isEqualTo(committed.apply(put("c", 12)));
    KIT.stop(directory);
  }

  @Test
  void diesIfTheLogHasMoreThanTheStateItWasGiven() {
    PersistenceTestKit journal = PersistenceTestKit.create(KIT.system());
    journal.clearAll();
    journal.persistForRecovery(ID.hex(), List.of(put("a", 10), put("b", 11)));
    TestProbe<Object> probe = KIT.createTestProbe();

    ActorRef<Directory.Command> directory =
        KIT.spawn(Directory.create(ID, DirectoryState.EMPTY.apply(put("a", 10))));

    probe.expectTerminated(directory);
  }

  @Test
  void diesOfAnEventDecidedAgainstAnotherSequenceNumber() {
    TestProbe<StatusReply<Done>> probe = KIT.createTestProbe();
    PersistenceTestKit.create(KIT.system()).clearAll();
    ActorRef<Directory.Command> directory = KIT.spawn(Directory.create(ID, DirectoryState.EMPTY));

    LoggingTestKit.error(IllegalStateException.class)
        .withMessageContains("was decided against sequence number 3")
        .expect(
            KIT.system(),
            () -> {
              directory.tell(new Directory.Persist(3, put("a", 10), probe.getRef()));
              return Done.getInstance();
            });

    probe.expectTerminated(directory);
    probe.expectNoMessage();
  }

  @Test
  void aFailedPersistIsNotAcknowledgedAndEndsTheActor() {
    PersistenceTestKit journal = PersistenceTestKit.create(KIT.system());
    journal.clearAll();
    TestProbe<StatusReply<Done>> probe = KIT.createTestProbe();
    ActorRef<Directory.Command> directory = KIT.spawn(Directory.create(ID, DirectoryState.EMPTY));
    journal.failNextPersisted(ID.hex());

    directory.tell(new Directory.Persist(0, put("a", 10), probe.getRef()));

    probe.expectTerminated(directory);
    probe.expectNoMessage();
    assertThat(journal.persistedInStorage(ID.hex())).isEmpty();
  }

  @Test
  void everyCommandHasAHandler() {
    assertThat(Directory.Command.class.getPermittedSubclasses())
        .containsExactlyInAnyOrder(Directory.Persist.class, Directory.Read.class);
    PersistenceTestKit.create(KIT.system()).clearAll();
    ActorRef<Directory.Command> directory = KIT.spawn(Directory.create(ID, DirectoryState.EMPTY));

    assertThat(read(directory)).isEqualTo(DirectoryState.EMPTY);
    KIT.stop(directory);
  }

  private static DirectoryState read(ActorRef<Directory.Command> directory) {
    TestProbe<StatusReply<DirectoryState>> probe = KIT.createTestProbe();
    directory.tell(new Directory.Read(probe.getRef()));
    return probe.receiveMessage().getValue();
  }

  private static Function<ActorRef<StatusReply<Done>>, Directory.Command> persist(
      long base, DirectoryEvent event) {
    return replyTo -> new Directory.Persist(base, event, replyTo);
  }

  private static List<DirectoryEvent> stored(List<?> events) {
    DirectoryEventAdapter adapter = new DirectoryEventAdapter();
    List<DirectoryEvent> stored = new ArrayList<>();
    for (Object event : events) {
      adapter.fromJournal(event, "").events().foreach(each -> stored.add(each));
    }
    return stored;
  }

  private static DirectoryEvent put(String name, long node) {
    return event(new DirectoryEntry.Put(new EntryName(name), child(node)));
  }

  private static DirectoryEvent remove(String name, long node) {
    return event(new DirectoryEntry.Remove(new EntryName(name), child(node)));
  }

  private static DirectoryEvent event(DirectoryEntry change) {
    return new DirectoryEvent(
        GROUP, List.of(new OplogEntry.DirectoryChanged(ID, List.of(change), Optional.empty())));
  }

  private static Entry child(long node) {
    return new Entry.Directory(new NodeId(7, node), new Attributes(0755, 1));
  }
}
