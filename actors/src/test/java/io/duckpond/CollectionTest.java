package io.duckpond;

import static io.duckpond.CollectionScene.CONTENTS;
import static io.duckpond.CollectionScene.FOLDER;
import static io.duckpond.CollectionScene.abort;
import static io.duckpond.CollectionScene.create;
import static io.duckpond.CollectionScene.fill;
import static io.duckpond.CollectionScene.history;
import static io.duckpond.CollectionScene.large;
import static io.duckpond.CollectionScene.leftovers;
import static io.duckpond.CollectionScene.open;
import static io.duckpond.CollectionScene.stream;
import static io.duckpond.CollectionScene.write;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.duckpond.CollectionScene.InterruptedDisk;
import io.duckpond.content.Collected;
import io.duckpond.harness.MemoryDisk;
import io.duckpond.journal.disk.Disk;
import io.duckpond.journal.disk.JournalException;
import io.duckpond.journal.disk.SimulatedDisk;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** What upkeep removes from {@code contents/}, and what it leaves to those who come between. */
class CollectionTest {

  @Test
  void whatAbortedAndKilledTransactionsHaveLeftGoesAndNothingElse() throws Exception {
    MemoryDisk disk = new MemoryDisk();
    try (Pond pond = create(disk)) {
      fill(pond);
    }
    TreeSet<Path> referred = new TreeSet<>(disk.files());
    Pond killed = open(disk);
    abort(killed, 7, 15);
    Transaction unfinished = killed.begin();
    unfinished.root().write("/unfinished", stream(20));
    assertThat(unfinished.root().readBytes("/unfinished")).isEqualTo(large(20));
    MemoryDisk left = disk.copy();
    unfinished.close();
    killed.close();
    long bytes = 0;
    for (String file : leftovers(left)) {
      bytes += left.bytes(FOLDER.resolve(file)).length;
    }
    assertThat(leftovers(left)).hasSizeGreaterThanOrEqualTo(5);

    try (Pond pond = open(left)) {
      Map<String, Integer> before = history(pond);
      MaintenanceReport report = pond.maintain();

      assertThat(report.collected().contents()).isEqualTo(3);
      assertThat(report.collected().bytes()).isEqualTo(bytes);
      assertThat(report.collected().temporaries()).isPositive();
      assertThat(history(pond)).isEqualTo(before);
      assertThat(pond.maintain().collected()).isEqualTo(Collected.NOTHING);
      pond.restore(RestoreMode.VERIFY, Progress.NONE);
    }
    assertThat(leftovers(left)).isEmpty();
    assertThat(contents(left.files())).isEqualTo(contents(referred));
  }

  private static List<Path> contents(Iterable<Path> files) {
    TreeSet<Path> contents = new TreeSet<>();
    files.forEach(
        file -> {
          if (file.startsWith(CONTENTS)) {
            contents.add(file);
          }
        });
    return List.copyOf(contents);
  }

  @Test
  void onlyVacuumCollects() throws Exception {
    MemoryDisk disk = new MemoryDisk();
    try (Pond pond = create(disk)) {
      abort(pond, 1);
      EnumSet<MaintenanceTask> rest =
          EnumSet.of(MaintenanceTask.COMPACT, MaintenanceTask.CHECKPOINT);

      assertThat(pond.maintain(rest, Progress.NONE).collected()).isEqualTo(Collected.NOTHING);
      assertThat(disk.names(CONTENTS)).isNotEmpty();
      assertThat(
              pond.maintain(EnumSet.of(MaintenanceTask.VACUUM), Progress.NONE)
                  .collected()
                  .contents())
          .isEqualTo(1);
    }
  }

  @Test
  void whatATransactionHasTakenInStaysUntilItIsOver() throws Exception {
    MemoryDisk disk = new MemoryDisk();
    try (Pond pond = create(disk);
        Transaction transaction = pond.begin()) {
      abort(pond, 5);
      transaction.root().write("/b", stream(5)); // what another has left
      transaction.root().write("/c", stream(6));

      assertThat(pond.maintain().collected().contents()).isZero();
      assertThat(transaction.root().readBytes("/b")).isEqualTo(large(5));
      transaction.rollback();
      assertThat(pond.maintain().collected().contents()).isEqualTo(2);

      transaction.root().write("/b", stream(5));
      transaction.commit(CommitInfo.NONE);
      assertThat(pond.maintain().collected().contents()).isZero();
      assertThat(pond.view().root().readBytes("/b")).isEqualTo(large(5));
    }
  }

  @Test
  void whatAnotherProcessHasTakenInStays() throws Exception {
    MemoryDisk disk = new MemoryDisk();
    try (Pond writer = create(disk);
        Pond other = open(disk)) {
      abort(writer, 5);
      try (Transaction transaction = other.begin()) {
        transaction.root().write("/b", stream(5));
        transaction.root().write("/c", stream(6));

        assertThat(writer.maintain().collected().contents()).isZero();
        assertThat(transaction.root().readBytes("/b")).isEqualTo(large(5));
        writer.close();
        transaction.commit(CommitInfo.NONE);
      }
      assertThat(other.view().root().readBytes("/b")).isEqualTo(large(5));
      assertThat(other.view().root().readBytes("/c")).isEqualTo(large(6));
      other.restore(RestoreMode.VERIFY, Progress.NONE);
    }
    assertThat(leftovers(disk)).isEmpty();
  }

  /** Another process takes in the very bytes that are being collected, at each step of that. */
  @Test
  void whoComesBetweenKeepsAContentOrWritesItAgain() throws Exception {
    List<String> steps =
        List.of(
            "rename tmp-collected-", // it is about to be set aside
            "rename .blocks", // its digests are
            "create _delta_log", // the fence is about to be made
            "link _delta_log",
            "sync _delta_log", // it is made
            "delete tmp-collected-", // it is about to go
            "delete .blocks");
    for (String step : steps) {
      InterruptedDisk disk = new InterruptedDisk(new MemoryDisk());
      try (Pond writer = create(disk);
          Pond other = open(disk)) {
        abort(writer, 5, 10, 6);
        try (Transaction transaction = other.begin()) {
          int space = step.indexOf(' ');
          disk.before(
              step.substring(0, space),
              step.substring(space + 1),
              () -> {
                transaction.root().write("/b", stream(5));
                transaction.root().write("/c", stream(10));
              });
          writer.maintain(EnumSet.of(MaintenanceTask.VACUUM), Progress.NONE);
          assertThat(disk.isOver()).as(step).isTrue();
          assertThat(transaction.root().readBytes("/b")).as(step).isEqualTo(large(5));
          writer.close();
          transaction.commit(CommitInfo.NONE);
        }
        assertThat(other.view().root().readBytes("/b")).as(step).isEqualTo(large(5));
        assertThat(other.view().root().readBytes("/c")).as(step).isEqualTo(large(10));
        other.restore(RestoreMode.VERIFY, Progress.NONE);
      }
      assertThat(leftovers(disk)).as(step).isEmpty();
    }
  }

  @Test
  void aTransactionOfTheCollectingProcessMayComeBetweenToo() throws Exception {
    for (String step : List.of("create _delta_log", "link _delta_log", "delete tmp-collected-")) {
      InterruptedDisk disk = new InterruptedDisk(new MemoryDisk());
      try (Pond pond = create(disk)) {
        abort(pond, 5, 6);
        int space = step.indexOf(' ');
        try (Transaction transaction = pond.begin()) {
          disk.before(
              step.substring(0, space),
              step.substring(space + 1),
              () -> transaction.root().write("/b", stream(5)));
          pond.maintain(EnumSet.of(MaintenanceTask.VACUUM), Progress.NONE);
          assertThat(disk.isOver()).as(step).isTrue();
          transaction.commit(CommitInfo.NONE);
        }
        assertThat(pond.view().root().readBytes("/b")).as(step).isEqualTo(large(5));
        pond.restore(RestoreMode.VERIFY, Progress.NONE);
      }
      assertThat(leftovers(disk)).as(step).isEmpty();
    }
  }

  @Test
  void anOpenStreamIsReadToItsEndWhateverBecomesOfItsFile() throws Exception {
    MemoryDisk disk = new MemoryDisk();
    try (Pond pond = create(disk);
        Transaction transaction = pond.begin()) {
      write(pond, "/a", 5);
      transaction.root().write("/b", stream(10));
      try (InputStream committed = pond.view().root().read("/a");
          InputStream givenUp = transaction.root().read("/b")) {
        transaction.rollback();
        write(pond, "/a", 15);
        pond.root().remove("/a");
        assertThat(pond.maintain().collected().contents()).isEqualTo(1);

        assertThat(committed.readAllBytes()).isEqualTo(large(5));
        assertThat(givenUp.readAllBytes()).isEqualTo(large(10));
      }
    }
  }

  /** As if the lock and the lease of a process had been lost while it was stopped. */
  private static void steal(Disk disk) throws IOException {
    disk.delete(FOLDER.resolve("write.lock"));
    for (String name : disk.names(CONTENTS)) {
      if (name.startsWith(".lease-")) {
        disk.delete(CONTENTS.resolve(name));
      }
    }
  }

  @Test
  void aWriterThatWasStoppedBeforeItsCommitCannotNameWhatWasCollectedMeanwhile() throws Exception {
    SimulatedDisk disk = new SimulatedDisk();
    InterruptedDisk stopped = new InterruptedDisk(disk);
    try (Pond former = create(stopped)) {
      write(former, "/a", 1);
      stopped.before(
          "link",
          "_delta_log",
          () -> {
            steal(disk);
            try (Pond next = open(disk)) {
              assertThat(next.maintain().collected().contents()).isEqualTo(1);
            }
          });

      assertThatThrownBy(() -> write(former, "/b", 5))
          .isInstanceOf(JournalException.class)
          .hasMessageContaining("another writer");
      assertThat(stopped.isOver()).isTrue();
    }
    try (Pond pond = open(disk)) {
      pond.restore(RestoreMode.VERIFY, Progress.NONE);
      assertThat(pond.view().root().exists("/b")).isFalse();
    }
  }

  @Test
  void aCollectionThatWasStoppedTakesNothingFromTheNextWriter() throws Exception {
    List<String> steps =
        List.of("rename tmp-collected-", "rename .blocks", "create _delta_log", "link _delta_log");
    for (String step : steps) {
      SimulatedDisk disk = new SimulatedDisk();
      InterruptedDisk stopped = new InterruptedDisk(disk);
      try (Pond former = create(stopped)) {
        abort(former, 5, 10);
        int space = step.indexOf(' ');
        stopped.before(
            step.substring(0, space),
            step.substring(space + 1),
            () -> {
              steal(disk);
              try (Pond next = open(disk)) {
                next.transact(
                    root -> {
                      root.write("/b", stream(5));
                      return root.write("/c", stream(10));
                    },
                    1);
              }
            });

        assertThatThrownBy(() -> former.maintain(EnumSet.of(MaintenanceTask.VACUUM), Progress.NONE))
            .as(step)
            .isInstanceOf(JournalException.class)
            .hasMessageContaining("another writer");
        assertThat(stopped.isOver()).as(step).isTrue();
      }
      try (Pond pond = open(disk)) {
        pond.restore(RestoreMode.VERIFY, Progress.NONE);
        assertThat(pond.view().root().readBytes("/b")).as(step).isEqualTo(large(5));
        assertThat(pond.view().root().readBytes("/c")).as(step).isEqualTo(large(10));
        pond.maintain();
      }
      assertThat(leftovers(disk)).as(step).isEmpty();
    }
  }
}
