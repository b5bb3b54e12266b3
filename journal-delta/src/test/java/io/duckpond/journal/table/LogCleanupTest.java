package io.duckpond.journal.table;

import static io.duckpond.journal.table.Records.event;
import static io.duckpond.journal.table.Records.everything;
import static io.duckpond.journal.table.Records.flush;
import static io.duckpond.journal.table.Records.names;
import static io.duckpond.journal.table.Records.read;
import static io.duckpond.journal.table.Records.transaction;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.duckpond.journal.disk.DamageException;
import io.duckpond.journal.disk.Disk;
import io.duckpond.journal.disk.ForwardingDisk;
import io.duckpond.journal.disk.JournalException;
import io.duckpond.journal.disk.Machine;
import io.duckpond.journal.disk.RealDisk;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LogCleanupTest {
  private static final int INTERVAL = 5;

  @TempDir private Path directory;

  private final Disk disk = new RealDisk();

  private LogTable create() throws Exception {
    return LogTable.create(
        disk, directory, Map.of(LogTable.CHECKPOINT_INTERVAL, String.valueOf(INTERVAL)));
  }

  /** Appends transactions, and lets each be followed by what it sets going. */
  private static void append(LogTable table, int from, int to) {
    for (int txn = from; txn <= to; txn++) {
      table.append(flush(txn, event("p" + txn % 3, txn, txn), transaction(txn)));
      table.settle();
    }
  }

  private LogListing log() throws Exception {
    return LogListing.of(disk, directory);
  }

  private Path checkpoint(long version) {
    return LogListing.folder(directory).resolve(String.format("%020d.checkpoint.parquet", version));
  }

  private void cut(Path file) throws Exception {
    byte[] bytes = Files.readAllBytes(file);
    Files.write(file, Arrays.copyOf(bytes, bytes.length / 2));
  }

  private void assertHolds(int transactions) throws Exception {
    try (LogTable table = LogTable.open(disk, directory)) {
      assertThat(table.head().txnSeq()).isEqualTo(transactions);
      assertThat(read(table.head(), everything())).hasSize(2 * transactions);
    }
  }

  @Test
  void keepsTwoCheckpointsAndTheEntriesSinceTheOlderOne() throws Exception {
    try (LogTable table = create()) {
      append(table, 1, 40);
      List<String> before = names(read(table.head(), everything()));

      TreeSet<Long> checkpoints = new TreeSet<>(log().checkpoints().keySet());
      assertThat(checkpoints).hasSize(2);
      long head = table.head().version();
      assertThat(head).isGreaterThan(40); // a commit went before each removal
      assertThat(log().entries().first()).isEqualTo(checkpoints.first());
      assertThat(log().entries()).hasSize((int) (head - checkpoints.first() + 1));
      assertThat(names(read(table.head(), everything()))).isEqualTo(before);
    }
    assertHolds(40);
    assertThatThrownBy(this::create).isInstanceOf(FileAlreadyExistsException.class);
  }

  @Test
  void entriesGoAFewWithEachCommitAndTheRestInTheEnd() throws Exception {
    LaterThreads threads = new LaterThreads();
    Machine real = Machine.with(disk);
    Machine machine = new Machine(disk, real.clock(), real.random(), threads);
    create().close();
    try (LogTable table = LogTable.open(machine, directory)) {
      for (int txn = 1; txn <= 2 * INTERVAL + 1; txn++) {
        table.append(flush(txn, event("p", txn, txn)));
        threads.run();
      }
      assertThat(log().entries().first()).isZero();

      table.tidy();
      assertThat(log().entries().first()).isEqualTo(2);
      table.settle();
      assertThat(log().entries().first()).isEqualTo(log().checkpoints().firstKey());
    }
  }

  @Test
  void newerCheckpointThatIsCutIsPassedOverAndReplacedByTheNextCommit() throws Exception {
    try (LogTable table = create()) {
      append(table, 1, 12);
    }
    long newest = log().checkpoints().lastKey();
    cut(checkpoint(newest));
    assertHolds(12);

    try (LogTable table = LogTable.open(disk, directory)) {
      append(table, 13, 13);
    }

    assertThat(log().checkpoints()).hasSize(2).doesNotContainKey(newest);
    for (long version : log().checkpoints().keySet()) {
      CheckpointContents.read(
          disk, directory, checkpoint(version).getFileName().toString(), version);
    }
    assertHolds(13);
  }

  @Test
  void olderCheckpointThatIsCutGoesAndNothingThatWouldStandInForIt() throws Exception {
    try (LogTable table = create()) {
      append(table, 1, 6);
      long older = log().checkpoints().firstKey();
      cut(checkpoint(older));
      append(table, 7, 11);

      assertThat(log().checkpoints()).hasSize(1).doesNotContainKey(older);
      assertThat(log().entries().first()).isZero();
      cut(checkpoint(log().checkpoints().firstKey()));
      assertHolds(11);
    }
  }

  @Test
  void checkpointsThatCannotBeReadAreDamageOnceTheEntriesBelowAreGone() throws Exception {
    try (LogTable table = create()) {
      append(table, 1, 20);
    }
    cut(checkpoint(log().checkpoints().firstKey()));
    cut(checkpoint(log().checkpoints().lastKey()));

    assertThatThrownBy(() -> LogTable.open(disk, directory)).isInstanceOf(DamageException.class);
  }

  @Test
  void entryThatIsMissingSinceTheNewestCheckpointIsNamed() throws Exception {
    try (LogTable table = create()) {
      append(table, 1, 14);
    }
    long missing = log().entries().last() - 1;
    Path entry = LogListing.folder(directory).resolve(String.format("%020d.json", missing));
    Files.delete(entry);

    assertThatThrownBy(() -> LogTable.open(disk, directory))
        .isInstanceOf(DamageException.class)
        .hasMessageContaining(entry.toString());
  }

  @Test
  void readerThatHasSeenOnlyWhatIsGoneFindsTheNewestVersion() throws Exception {
    try (LogTable table = create();
        LogTable reader = LogTable.open(disk, directory)) {
      append(table, 1, 2);
      TableVersion old = reader.refresh();
      append(table, 3, 40);

      assertThat(log().entries()).doesNotContain(old.version(), old.version() + 1);
      assertThat(reader.refresh().txnSeq()).isEqualTo(40);
      assertThat(read(old, everything())).hasSize(4);
    }
  }

  @Test
  void writerThatWasStoppedWhileItsVersionWasMadeAndRemovedIsFenced() throws Exception {
    try (LogTable table = create();
        LogTable stopped = LogTable.open(disk, directory)) {
      append(table, 1, 40);
      assertThat(log().entries()).doesNotContain(1L);

      assertThatThrownBy(() -> stopped.append(flush(1, event("p", 1, 1))))
          .isInstanceOf(JournalException.class)
          .hasMessageContaining("another writer")
          .extracting(e -> ((JournalException) e).outcomeUnknown())
          .isEqualTo(false);
      assertThatThrownBy(() -> stopped.append(flush(41, event("p", 41, 41))))
          .isInstanceOf(JournalException.class);

      assertThat(log().entries()).doesNotContain(1L);
      append(table, 41, 50);
    }
    assertHolds(50);
  }

  @Test
  void writerThatWasStoppedInItsCommitWhileOthersTidiedUpIsFenced() throws Exception {
    create().close();
    Runnable others =
        () -> {
          try (LogTable other = LogTable.open(disk, directory)) {
            append(other, 1, 40); // and has removed what the stopped one was about to link
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
        };
    Disk slow = new DiskBeforeAnEntry(others);
    try (LogTable stopped = LogTable.open(slow, directory)) {

      assertThatThrownBy(() -> stopped.append(flush(1, event("p", 1, 1))))
          .isInstanceOf(JournalException.class)
          .hasMessageContaining("another writer has committed version 1")
          .extracting(e -> ((JournalException) e).outcomeUnknown())
          .isEqualTo(false);
    }
    assertThat(log().entries()).doesNotContain(1L);
    assertHolds(40);
  }

  /** Lets something happen before an entry gets its name, once. */
  private static final class DiskBeforeAnEntry extends ForwardingDisk {
    private Optional<Runnable> next;

    DiskBeforeAnEntry(Runnable once) {
      super(new RealDisk());
      this.next = Optional.of(once);
    }

    @Override
    protected void before(String operation, Path path) {
      if (operation.equals("link") && LogListing.isEntry(String.valueOf(path.getFileName()))) {
        Optional<Runnable> now = next;
        next = Optional.empty();
        now.ifPresent(Runnable::run);
      }
    }
  }

  @Test
  void garbageWhereTheLastCheckpointIsNamedIsOfNoConsequence() throws Exception {
    try (LogTable table = create()) {
      append(table, 1, 6);
      Path hint = LogListing.folder(directory).resolve("_last_checkpoint");
      for (String text : List.of("", "garbage", "{\"version\":3,\"size\":1}", "{\"version\":99}")) {
        Files.writeString(hint, text);
        assertHolds(6);
      }
      append(table, 7, 10);
      assertThat(Files.readString(hint)).contains("\"version\":10");
    }
  }

  @Test
  void nextWriterRemovesWhatWasLeftBehindAndPaysForItWithOneCommit() throws Exception {
    try (LogTable table = create()) {
      append(table, 1, 2);
    }
    Path log = LogListing.folder(directory);
    List<Path> left =
        List.of(
            directory.resolve("flush-of-somebody.parquet"),
            log.resolve(".00000000000000000003.json.x.tmp"),
            log.resolve(".00000000000000000005.checkpoint.parquet.x.tmp"),
            log.resolve("00000000000000000009.crc"));
    for (Path file : left) {
      Files.writeString(file, "half");
    }
    assertHolds(2);
    assertThat(left).allMatch(Files::exists);

    try (LogTable table = LogTable.open(disk, directory)) {
      append(table, 3, 3);
      assertThat(left).noneMatch(Files::exists);
      assertThat(table.head().version()).isEqualTo(4);
      Files.writeString(left.get(0), "of a later one");
      append(table, 4, 4);
      assertThat(table.head().version()).isEqualTo(5);
      assertThat(left.get(0)).exists();
    }
    assertHolds(4);
  }
}
