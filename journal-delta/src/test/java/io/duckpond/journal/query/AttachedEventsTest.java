package io.duckpond.journal.query;

import static org.assertj.core.api.Assertions.assertThat;

import io.duckpond.journal.Grouped;
import io.duckpond.journal.attachment.Attached;
import io.duckpond.journal.attachment.Attachment;
import io.duckpond.journal.attachment.StoredAttachment;
import io.duckpond.journal.recovery.RecoveredPartition;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.apache.pekko.NotUsed;
import org.apache.pekko.persistence.query.EventEnvelope;
import org.apache.pekko.persistence.query.NoOffset;
import org.apache.pekko.stream.javadsl.Sink;
import org.apache.pekko.util.ByteString;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AttachedEventsTest {
  @TempDir Path directory;

  private static byte[] random(int length, long seed) {
    byte[] bytes = new byte[length];
    new Random(seed).nextBytes(bytes);
    return bytes;
  }

  private static ByteString bytes(QueriedSystem system, Attachment attachment) throws Exception {
    return attachment
        .source()
        .runWith(Sink.fold(ByteString.emptyByteString(), ByteString::concat), system.system)
        .toCompletableFuture()
        .get(60, TimeUnit.SECONDS);
  }

  @Test
  void queriesAndRecoveryHandOutTheSameReferences() throws Exception {
    byte[] large = random(1_500_000, 1);
    try (QueriedSystem system = new QueriedSystem(directory, "")) {
      system.persist(
          "a",
          QueriedSystem.tagged(Attached.to("one", Attachment.of("x", large)), "t"),
          "two",
          Attached.to(QueriedSystem.tagged("three", "t"), Attachment.of(new byte[] {3})));
    }
    try (QueriedSystem system = new QueriedSystem(directory, "")) {
      system.persist("b", new Grouped("g", 1, Attached.to("four", Attachment.of(new byte[] {4}))));
      List<Object> events = new ArrayList<>();
      for (EventEnvelope envelope :
          system.all(system.journal.currentEventsInCommitOrder(NoOffset.getInstance()))) {
        events.add(envelope.event());
      }

      assertThat(events.stream().map(AttachedEventsTest::bare))
          .containsExactly("one", "two", "three", "four");
      assertThat(bytes(system, attachment(events.get(0)))).isEqualTo(ByteString.fromArray(large));
      assertThat(bytes(system, attachment(events.get(2)))).isEqualTo(ByteString.fromInts(3));
      assertThat(
              system.all(system.journal.currentEventsByTag("t", NoOffset.getInstance())).stream()
                  .map(envelope -> attachment(envelope.event()).toString()))
          .containsExactly("Attachment(a/1/0, x, 1500000 bytes)", "Attachment(a/3/0, , 1 bytes)");
      List<RecoveredPartition> recovered =
          system.all(
              system.journal.recoverAll().mapMaterializedValue(progress -> NotUsed.getInstance()));
      assertThat(
              recovered.stream()
                  .flatMap(partition -> partition.events().stream())
                  .map(event -> bare(event.payload())))
          .containsExactlyInAnyOrder("one", "two", "three", "four");
    }
  }

  private static Object bare(Object event) {
    return event instanceof Attached<?> attached ? attached.event() : event;
  }

  private static StoredAttachment attachment(Object event) {
    return (StoredAttachment) ((Attached<?>) event).attachments().get(0);
  }

  @Test
  void anActorRecoversReferencesAndTheReadJournalFindsThemByKey() throws Exception {
    try (QueriedSystem system = new QueriedSystem(directory, "")) {
      system.persist("a", Attached.to("one", Attachment.of("x", random(100, 1))));
    }
    try (QueriedSystem system = new QueriedSystem(directory, "")) {
      StoredAttachment recovered = attachment(system.recovered("a").get(0));
      assertThat(bytes(system, recovered)).isEqualTo(ByteString.fromArray(random(100, 1)));

      Attachment found =
          system
              .journal
              .attachment(recovered.key())
              .toCompletableFuture()
              .get(60, TimeUnit.SECONDS);
      assertThat(found.sha256()).isEqualTo(recovered.sha256());
      system.delete("a", 1);
      CompletableFuture<Attachment> gone =
          system.journal.attachment(recovered.key()).toCompletableFuture();

      assertThat(gone)
          .failsWithin(java.time.Duration.ofSeconds(60))
          .withThrowableOfType(java.util.concurrent.ExecutionException.class)
          .withCauseInstanceOf(NoSuchFileException.class);
    }
  }
}
