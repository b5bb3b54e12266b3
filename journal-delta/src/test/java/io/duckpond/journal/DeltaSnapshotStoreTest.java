package io.duckpond.journal;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.ConfigFactory;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.apache.pekko.actor.ActorRef;
import org.apache.pekko.actor.ActorSystem;
import org.apache.pekko.persistence.DeleteSnapshotsSuccess;
import org.apache.pekko.persistence.Persistence;
import org.apache.pekko.persistence.SaveSnapshotFailure;
import org.apache.pekko.persistence.SaveSnapshotSuccess;
import org.apache.pekko.persistence.SelectedSnapshot;
import org.apache.pekko.persistence.SnapshotMetadata;
import org.apache.pekko.persistence.SnapshotProtocol;
import org.apache.pekko.persistence.SnapshotSelectionCriteria;
import org.apache.pekko.testkit.javadsl.TestKit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What Pekko's kit leaves out: restarts, sizes, numbers used again, and refusals. */
class DeltaSnapshotStoreTest {
  private static final SnapshotSelectionCriteria LATEST = SnapshotSelectionCriteria.latest();

  private static final int SIZE = 100_000;

  @TempDir Path directory;

  private static String incompressible() {
    byte[] bytes = new byte[SIZE];
    new SecureRandom().nextBytes(bytes);
    return new String(bytes, ISO_8859_1);
  }

  private void inSystem(Consumer<TestKit> body) {
    ActorSystem system = ActorSystem.create("test", TestConfig.in(directory));
    try {
      body.accept(new TestKit(system));
    } finally {
      TestKit.shutdownActorSystem(system);
    }
  }

  private static ActorRef store(TestKit probe) {
    return Persistence.get(probe.getSystem()).snapshotStoreFor("", ConfigFactory.empty());
  }

  private static void save(TestKit probe, long sequenceNr, String snapshot) {
    store(probe)
        .tell(
            new SnapshotProtocol.SaveSnapshot(new SnapshotMetadata("p", sequenceNr, 0), snapshot),
            probe.getRef());
    probe.expectMsgClass(SaveSnapshotSuccess.class);
  }

  private static void delete(TestKit probe, SnapshotSelectionCriteria criteria) {
    store(probe).tell(new SnapshotProtocol.DeleteSnapshots("p", criteria), probe.getRef());
    probe.expectMsgClass(DeleteSnapshotsSuccess.class);
  }

  private static Optional<Object> load(TestKit probe, SnapshotSelectionCriteria criteria) {
    store(probe)
        .tell(new SnapshotProtocol.LoadSnapshot("p", criteria, Long.MAX_VALUE), probe.getRef());
    scala.Option<SelectedSnapshot> loaded =
        probe.expectMsgClass(SnapshotProtocol.LoadSnapshotResult.class).snapshot();
    return loaded.isEmpty() ? Optional.empty() : Optional.of(loaded.get().snapshot());
  }

  @Test
  void anotherSystemLoadsWhatWasSaved() {
    String large = "x".repeat(5 << 20);
    inSystem(
        probe -> {
          save(probe, 1, "small");
          save(probe, 2, large);
        });

    inSystem(
        probe -> {
          assertThat(load(probe, LATEST)).contains(large);
          assertThat(load(probe, new SnapshotSelectionCriteria(1, Long.MAX_VALUE, 0, 0)))
              .contains("small");
        });
  }

  @Test
  void aNumberThatWasDeletedMayBeSavedAgain() {
    inSystem(
        probe -> {
          save(probe, 5, "old");
          save(probe, 6, "newer");
          delete(probe, LATEST);
          assertThat(load(probe, LATEST)).isEmpty();

          save(probe, 5, "again");

          assertThat(load(probe, LATEST)).contains("again");
        });

    inSystem(probe -> assertThat(load(probe, LATEST)).contains("again"));
  }

  @Test
  void theSpaceOfDeletedSnapshotsIsGivenBack() {
    List<String> snapshots =
        Stream.generate(DeltaSnapshotStoreTest::incompressible).limit(20).toList();
    inSystem(
        probe -> {
          for (int number = 1; number <= 20; number++) {
            save(probe, number, snapshots.get(number - 1));
            delete(probe, SnapshotSelectionCriteria.create(number - 2, Long.MAX_VALUE));
          }

          JournalUpkeep.Report report =
              JournalUpkeep.runSnapshots(probe.getSystem(), "pekko.persistence.delta.snapshot")
                  .toCompletableFuture()
                  .join();

          assertThat(report.files()).isEqualTo(1);
          assertThat(report.bytes()).isBetween(2L * SIZE, 3L * SIZE);
          assertThat(load(probe, LATEST)).contains(snapshots.get(19));
        });

    inSystem(
        probe -> {
          assertThat(load(probe, SnapshotSelectionCriteria.create(19, Long.MAX_VALUE)))
              .contains(snapshots.get(18));
          assertThat(load(probe, SnapshotSelectionCriteria.create(18, Long.MAX_VALUE))).isEmpty();
          save(probe, 3, "again");
          assertThat(load(probe, SnapshotSelectionCriteria.create(18, Long.MAX_VALUE)))
              .contains("again");
        });
  }

  @Test
  void snapshotsThatAreSavedTogetherInAnyOrderAreFoundEachByItself() {
    inSystem(
        probe -> {
          for (long number : new long[] {15, 3, 9}) {
            store(probe)
                .tell(
                    new SnapshotProtocol.SaveSnapshot(
                        new SnapshotMetadata("p", number, 0), "of " + number),
                    probe.getRef());
          }
          for (int saved = 0; saved < 3; saved++) {
            probe.expectMsgClass(SaveSnapshotSuccess.class);
          }

          assertThat(load(probe, SnapshotSelectionCriteria.create(10, Long.MAX_VALUE)))
              .contains("of 9");
          delete(probe, SnapshotSelectionCriteria.create(10, Long.MAX_VALUE));
          assertThat(load(probe, SnapshotSelectionCriteria.create(10, Long.MAX_VALUE))).isEmpty();
          assertThat(load(probe, LATEST)).contains("of 15");
        });
  }

  @Test
  void aSnapshotBeforeTheFirstEventIsRefused() {
    inSystem(
        probe -> {
          store(probe)
              .tell(
                  new SnapshotProtocol.SaveSnapshot(new SnapshotMetadata("p", 0, 0), "empty"),
                  probe.getRef());

          assertThat(probe.expectMsgClass(SaveSnapshotFailure.class).cause())
              .hasMessage("partition [p]: a snapshot before the first event cannot be saved");
        });
  }

  @Test
  void aSnapshotThatCannotBeSerializedIsRefused() {
    inSystem(
        probe -> {
          store(probe)
              .tell(
                  new SnapshotProtocol.SaveSnapshot(new SnapshotMetadata("p", 1, 0), new Object()),
                  probe.getRef());

          assertThat(probe.expectMsgClass(SaveSnapshotFailure.class).cause())
              .hasMessageContaining("no serializer takes a snapshot of java.lang.Object");
        });
  }
}
