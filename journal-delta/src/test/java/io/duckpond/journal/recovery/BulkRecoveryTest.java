package io.duckpond.journal.recovery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.typesafe.config.ConfigFactory;
import io.duckpond.harness.Harness;
import io.duckpond.journal.disk.DamageException;
import io.duckpond.journal.disk.RealDisk;
import io.duckpond.journal.table.PartIdRange;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.pekko.actor.ActorSystem;
import org.apache.pekko.japi.Pair;
import org.apache.pekko.stream.javadsl.Keep;
import org.apache.pekko.stream.javadsl.Sink;
import org.apache.pekko.stream.javadsl.SinkQueueWithCancel;
import org.apache.pekko.testkit.javadsl.TestKit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BulkRecoveryTest {
  private static ActorSystem system;

  @TempDir Path directory;

  @BeforeAll
  static void start() {
    system =
        ActorSystem.create(
            "recovery",
            ConfigFactory.parseString("pekko.loglevel = WARNING")
                .withFallback(ConfigFactory.load()));
  }

  @AfterAll
  static void stop() {
    TestKit.shutdownActorSystem(system);
  }

  private RecoveredTables table(String name) throws Exception {
    return new RecoveredTables(system, new RealDisk(), directory.resolve(name));
  }

  @Test
  void anEmptyTableRecoversToNothing() throws Exception {
    try (RecoveredTables table = table("empty")) {
      assertThat(table.recovered(RecoveryOptions.ALL)).isEmpty();
    }
  }

  @Test
  void aPartitionWhoseEventsAreAllDeletedKeepsItsHighestSequenceNumber() throws Exception {
    try (RecoveredTables table = table("deleted")) {
      table.tell("a", "one");
      table.tell("a", "two");
      table.tell("b", "other");
      table.flush();
      table.delete("a", 2);
      table.flush();

      assertThat(table.recovered(RecoveryOptions.ALL)).containsExactly("a 2 []", "b 1 [1:other]");
    }
  }

  @Test
  void recoversWhatTheModelHoldsWhateverMemoryThreadsAndRange() throws Exception {
    Harness harness = Harness.named("bulk-recovery");
    int tables = Harness.size(6, 300);
    for (int step = 0; step < tables; step++) {
      Random random = harness.random(step);
      try (RecoveredTables table = table("random" + step)) {
        List<String> ids = write(table, random);
        for (int run = 0; run < 4; run++) {
          if (run == 2) {
            table.maintain();
          }
          long from = random.nextInt(3) == 0 ? random.nextInt(20) : 0;
          PartIdRange range = random.nextInt(3) == 0 ? range(ids, random) : PartIdRange.ALL;
          RecoveryOptions options =
              RecoveryOptions.ALL
                  .memory(1L << random.nextInt(20))
                  .threads(1 + random.nextInt(4))
                  .from(from)
                  .within(range);

          List<String> recovered = table.recovered(options);

          assertThat(recovered)
              .as(harness.at(step) + " " + options)
              .containsExactlyInAnyOrderElementsOf(table.expected(from, range));
          harness.count("recoveries", 1);
          harness.count("partitions", recovered.size());
        }
      }
    }
    harness.report();
  }

  private static List<String> write(RecoveredTables table, Random random) {
    List<String> ids = new ArrayList<>();
    int count = 1 + random.nextInt(60);
    for (int i = 0; i < count; i++) {
      ids.add(List.of("id-", "é", "\uFFFD", "\uD83E\uDD86").get(random.nextInt(4)) + i);
    }
    int flushes = random.nextInt(25);
    for (int flush = 0; flush < flushes; flush++) {
      int events = 1 + random.nextInt(40);
      for (int i = 0; i < events; i++) {
        String id = ids.get(random.nextInt(count));
        table.tell(id, "e" + i + "x".repeat(random.nextInt(10) == 0 ? 3_000 : 3));
      }
      table.flush();
      String deleted = ids.get(random.nextInt(count));
      long highest = table.highest.getOrDefault(deleted, 0L);
      if (random.nextInt(4) == 0 && highest > 0) {
        table.delete(deleted, 1 + random.nextLong(highest));
        table.flush();
      }
      if (random.nextInt(12) == 0) {
        table.maintain();
      }
    }
    return ids;
  }

  private static PartIdRange range(List<String> ids, Random random) {
    String one = ids.get(random.nextInt(ids.size()));
    String other = ids.get(random.nextInt(ids.size()));
    return PartIdRange.ORDER.compare(one, other) <= 0
        ? new PartIdRange(one, Optional.of(other))
        : new PartIdRange(one, Optional.empty());
  }

  @Test
  void aSlowConsumerHoldsReadingUpWithinTheMemoryGiven() throws Exception {
    long memory = 300_000;
    try (RecoveredTables table = table("slow")) {
      for (int flush = 0; flush < 20; flush++) {
        for (int i = 0; i < 200; i++) {
          table.tell("id-" + i, "x".repeat(1_000));
        }
        table.flush();
      }
      Pair<RecoveryProgress, SinkQueueWithCancel<RecoveredPartition>> running =
          BulkRecovery.partitions(
                  () -> CompletableFuture.completedFuture(table),
                  RecoveryOptions.ALL.memory(memory).threads(2),
                  system.dispatcher())
              .toMat(Sink.<RecoveredPartition>queue(), Keep.both())
              .run(system);
      RecoveryProgress progress = running.first();
      SinkQueueWithCancel<RecoveredPartition> queue = running.second();

      assertThat(pull(queue)).isPresent();
      Awaitility.await().until(() -> progress.heldBytes() > memory / 3);
      assertThat(progress.partitions()).isLessThan(100);
      assertThat(progress.totalRows()).hasValue(4_000);
      int partitions = 1;
      while (pull(queue).isPresent()) {
        partitions++;
        assertThat(progress.heldBytes()).isLessThanOrEqualTo(memory);
      }

      assertThat(partitions).isEqualTo(200);
      assertThat(progress.mostHeldBytes()).isBetween(memory / 3, memory);
      assertThat(progress.heldBytes()).isZero();
      assertThat(progress.partitions()).isEqualTo(200);
      assertThat(progress.events()).isEqualTo(4_000);
      assertThat(progress.rows()).isEqualTo(4_000);
    }
  }

  private static Optional<RecoveredPartition> pull(SinkQueueWithCancel<RecoveredPartition> queue)
      throws Exception {
    return queue.pull().toCompletableFuture().get(60, TimeUnit.SECONDS);
  }

  @Test
  void whatIsWrittenMeanwhileIsNotHandedOut() throws Exception {
    try (RecoveredTables table = table("meanwhile")) {
      for (int i = 0; i < 100; i++) {
        table.tell("id-" + i, "x".repeat(1_000));
      }
      table.flush();
      List<String> before = table.expected();
      SinkQueueWithCancel<RecoveredPartition> queue =
          BulkRecovery.partitions(
                  () -> CompletableFuture.completedFuture(table),
                  RecoveryOptions.ALL.memory(10_000),
                  system.dispatcher())
              .runWith(Sink.queue(), system);
      List<String> recovered = new ArrayList<>();
      recovered.add(RecoveredTables.shown(pull(queue).orElseThrow()));

      for (int i = 0; i < 200; i++) {
        table.tell("id-" + i, "later");
      }
      table.flush();
      for (Optional<RecoveredPartition> next = pull(queue); next.isPresent(); next = pull(queue)) {
        recovered.add(RecoveredTables.shown(next.get()));
      }

      assertThat(recovered).containsExactlyInAnyOrderElementsOf(before);
    }
  }

  @Test
  void filesThatAreMergedAndRemovedMeanwhileChangeNothing() throws Exception {
    try (RecoveredTables table = table("merged")) {
      for (int i = 0; i < 600; i++) {
        table.tell("id-" + i % 200, "x".repeat(1_000));
        if (i % 20 == 0) {
          table.flush();
        }
      }
      table.flush();
      SinkQueueWithCancel<RecoveredPartition> queue =
          BulkRecovery.partitions(
                  () -> CompletableFuture.completedFuture(table),
                  RecoveryOptions.ALL.memory(60_000),
                  system.dispatcher())
              .runWith(Sink.queue(), system);
      List<String> expected = table.expected();
      List<String> recovered = new ArrayList<>();
      for (Optional<RecoveredPartition> next = pull(queue); next.isPresent(); next = pull(queue)) {
        recovered.add(RecoveredTables.shown(next.get()));
        if (recovered.size() % 50 == 1) {
          table.tell("later", "l");
          table.flush();
          table.maintain();
        }
      }

      assertThat(recovered).containsExactlyInAnyOrderElementsOf(expected);
    }
  }

  @Test
  void aDataFileThatIsGoneIsDamageAndNothingIsPassedOver() throws Exception {
    try (RecoveredTables table = table("gone")) {
      table.tell("a", "one");
      table.flush();
      table.tell("b", "two");
      table.flush();
      try (Stream<Path> files = Files.list(directory.resolve("gone"))) {
        Files.delete(
            files.filter(file -> file.toString().endsWith(".parquet")).findAny().orElseThrow());
      }

      assertThatThrownBy(() -> table.recovered(RecoveryOptions.ALL))
          .hasRootCauseInstanceOf(java.nio.file.NoSuchFileException.class)
          .cause()
          .isInstanceOf(DamageException.class);
    }
  }
}
