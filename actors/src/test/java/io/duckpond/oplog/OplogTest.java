package io.duckpond.oplog;

import static io.duckpond.oplog.TestLog.event;
import static io.duckpond.oplog.TestLog.node;
import static io.duckpond.oplog.TestLog.put;
import static io.duckpond.oplog.TestLog.small;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.duckpond.journal.disk.DamageException;
import io.duckpond.journal.disk.JournalException;
import io.duckpond.journal.disk.Machine;
import io.duckpond.journal.disk.RealDisk;
import io.duckpond.journal.disk.Sha256;
import io.duckpond.journal.table.LogTable;
import io.duckpond.node.ContentLocator;
import io.duckpond.node.NodeId;
import io.duckpond.node.NodeType;
import io.duckpond.oplog.OplogReader.Bytes;
import java.io.Closeable;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ForkJoinPool;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.pekko.util.ByteString;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class OplogTest {
  private static final NodeId DIRECTORY = node(1);
  private static final OplogEntry.SmallFile FILE = small(node(2), "hello");
  private static final OplogEntry.Link LINK = new OplogEntry.Link(node(3), 1, "../f");
  private static final OplogEntry.LargeFile LARGE =
      new OplogEntry.LargeFile(
          node(4), NodeType.FILE, 2, 1L << 33, Sha256.of(new byte[1]), Sha256.of(new byte[2]));
  private static final DirectoryEvent ROOT_EVENT = event(NodeId.ROOT, List.of(put("d", DIRECTORY)));
  private static final ContentLocator.Logged PLACE = new ContentLocator.Logged(DIRECTORY.hex(), 1);
  private static final DirectoryEvent FIRST_EVENT =
      event(DIRECTORY, List.of(put("f", FILE, PLACE)), FILE, LINK, LARGE);
  private static final DirectoryEvent SECOND_EVENT = event(DIRECTORY, List.of(put("e", node(9))));

  @TempDir private Path folder;
  private Path directory;
  private TestLog log;

  @BeforeEach
  void open() throws IOException {
    directory = folder.resolve("oplog");
    log = TestLog.create(directory);
  }

  @AfterEach
  void close() {
    log.close();
  }

  @Test
  void aReceiptTellsNumberTimeAndEntries() {
    CommitReceipt first = commitFirst();
    CommitReceipt second = log.change(SECOND_EVENT);

    assertThat(first.txnSeq()).isEqualTo(1);
    assertThat(first.entries()).isEqualTo(5);
    assertThat(second.txnSeq()).isEqualTo(2);
    assertThat(second.timestampMicros()).isGreaterThan(first.timestampMicros());
    assertThat(log.oplog().txnSeq()).isEqualTo(2);
    assertThat(log.oplog().timestampMicros()).isEqualTo(second.timestampMicros());
    assertThat(log.oplog().size().files()).isEqualTo(2);
  }

  @Test
  void replayHandsOutTheEventsAskedForInOrder() throws IOException {
    CommitReceipt first = commitFirst();
    CommitReceipt second = log.change(SECOND_EVENT);

    LoggedEvent one =
        new LoggedEvent(DIRECTORY, 1, 1, first.timestampMicros(), withoutAttachments(FIRST_EVENT));
    LoggedEvent two = new LoggedEvent(DIRECTORY, 2, 2, second.timestampMicros(), SECOND_EVENT);
    assertThat(replay(0, Long.MAX_VALUE)).containsExactly(one, two);
    assertThat(replay(1, Long.MAX_VALUE)).containsExactly(two);
    assertThat(replay(0, 1)).containsExactly(one);
    assertThat(replay(2, Long.MAX_VALUE)).isEmpty();
  }

  @Test
  void replayAllHandsOutEveryEventOnce() throws IOException {
    commitFirst();
    log.change(SECOND_EVENT);
    Queue<LoggedEvent> events = new ConcurrentLinkedQueue<>();
    Queue<LoggedEvent> asOf = new ConcurrentLinkedQueue<>();

    ReadCounts read =
        log.oplog().replayAll(Long.MAX_VALUE, ForkJoinPool.commonPool(), 4, events::add);
    log.oplog().replayAll(1, ForkJoinPool.commonPool(), 4, asOf::add);

    assertThat(events)
        .extracting(LoggedEvent::event)
        .containsExactlyInAnyOrder(ROOT_EVENT, withoutAttachments(FIRST_EVENT), SECOND_EVENT);
    assertThat(asOf).hasSize(2);
    assertThat(read.records()).isEqualTo(3);
    assertThat(read.bytes()).isPositive();
  }

  @Test
  void fetchFindsSmallAndLargeFilesByTheirLocators() throws IOException {
    commitFirst();

    assertThat(log.oplog().fetch(PLACE, FILE.node(), 1, "/d/f")).isEqualTo(FILE);
    assertThat(log.oplog().fetch(PLACE, LARGE.node(), 2, "/d/l")).isEqualTo(LARGE);
    assertThatThrownBy(() -> log.oplog().fetch(PLACE, FILE.node(), 2, "/d/f"))
        .isInstanceOf(DamageException.class)
        .hasMessageContaining("/d/f");
  }

  @Test
  void rowsOfOneTransactionAreReadAheadOnceSeveralAreWanted() throws IOException {
    List<DirectoryEvent> events = new ArrayList<>();
    for (int i = 0; i < 200; i++) {
      OplogEntry large =
          new OplogEntry.LargeFile(
              node(2000 + i), NodeType.FILE, 1, i, LARGE.sha256(), LARGE.blocks());
      events.add(event(node(100 + i), List.of(), small(node(1000 + i), "text " + i), large));
    }
    log.commit(log.oplog().stage(), events.toArray(DirectoryEvent[]::new));

    for (int i : new int[] {150, 151, 0, 50, 152, 153, 154, 155, 1, 199, 100}) {
      ContentLocator.Logged place = new ContentLocator.Logged(node(100 + i).hex(), 1);
      assertThat(log.oplog().fetch(place, node(1000 + i), 1, "/f"))
          .isEqualTo(small(node(1000 + i), "text " + i));
      assertThat(log.oplog().fetch(place, node(2000 + i), 1, "/l"))
          .isInstanceOf(OplogEntry.LargeFile.class)
          .extracting(row -> ((OplogEntry.LargeFile) row).size())
          .isEqualTo((long) i);
    }
    dataFile().toFile().delete(); // what was read ahead needs it no more
    for (int i = 0; i < 200; i++) {
      ContentLocator.Logged place = new ContentLocator.Logged(node(100 + i).hex(), 1);
      assertThat(log.oplog().fetch(place, node(1000 + i), 1, "/f")).isNotNull();
      assertThat(log.oplog().fetch(place, node(2000 + i), 1, "/l")).isNotNull();
    }
  }

  @Test
  void stagedContentsAreReadBackBeforeAndAfterTheCommit() throws IOException {
    Staging staging = log.oplog().stage();
    Map<OplogEntry.SmallFile, ContentLocator.Logged> places = stage(staging, 400, 10_000);

    for (Map.Entry<OplogEntry.SmallFile, ContentLocator.Logged> each : places.entrySet()) {
      assertThat(staging.read(each.getValue(), each.getKey().node(), 1)).isEqualTo(each.getKey());
    }
    CommitReceipt receipt = log.commit(staging, ROOT_EVENT);
    staging.close();

    assertThat(receipt.entries()).isEqualTo(401);
    try (Oplog reopened = Oplog.open(Machine.real(), directory)) {
      for (Map.Entry<OplogEntry.SmallFile, ContentLocator.Logged> each : places.entrySet()) {
        assertThat(reopened.fetch(each.getValue(), each.getKey().node(), 1, "/f"))
            .isEqualTo(each.getKey());
      }
    }
  }

  @Test
  void stagedContentsBeyondTheCacheAreReadBackFromTheirFile() throws IOException {
    Staging staging = log.oplog().stage();
    OplogEntry.SmallFile first = small(node(7), "first");
    ContentLocator.Logged place = staging.stage(DIRECTORY.hex(), first);
    stage(staging, 40, 1_000_000);

    assertThat(staging.read(place, first.node(), 1)).isEqualTo(first);
    assertThat(staging.rows()).hasSize(41);
    assertThat(staging.count()).isEqualTo(41);
    staging.close();
  }

  @Test
  void theNewestOfTwoStagedRowsOfAVersionIsRead() throws IOException {
    Staging staging = log.oplog().stage();
    staging.stage(DIRECTORY.hex(), small(node(7), "first"));
    ContentLocator.Logged place = staging.stage(DIRECTORY.hex(), small(node(7), "second"));

    assertThat(staging.read(place, node(7), 1).bytes().utf8String()).isEqualTo("second");
    log.commit(staging, ROOT_EVENT);

    OplogEntry fetched = log.oplog().fetch(place, node(7), 1, "/f");
    assertThat(((OplogEntry.SmallFile) fetched).bytes().utf8String()).isEqualTo("second");
  }

  @Test
  void closingAStagingRemovesItsFilesUnlessACommitHasListedThem() throws IOException {
    commitFirst();
    Staging given = log.oplog().stage();
    stage(given, 3, 1_000_000);
    log.commit(given, event(node(50), List.of()));
    Staging up = log.oplog().stage();
    stage(up, 3, 1_000_000);
    up.finish();
    long before = dataFiles();

    given.close();
    up.close();

    assertThat(before).isEqualTo(4);
    assertThat(dataFiles()).isEqualTo(3);
  }

  @Test
  void aCommitThatWasRefusedCanBeRepeated() throws IOException {
    commitFirst();
    Staging staging = log.oplog().stage();
    Map<OplogEntry.SmallFile, ContentLocator.Logged> places = stage(staging, 3, 1000);

    assertThatThrownBy(() -> log.commit(staging, ROOT_EVENT)) // its number 1 is taken
        .isInstanceOf(JournalException.class);
    log.commit(staging, event(node(50), List.of()));

    for (Map.Entry<OplogEntry.SmallFile, ContentLocator.Logged> each : places.entrySet()) {
      assertThat(log.oplog().fetch(each.getValue(), each.getKey().node(), 1, "/f"))
          .isEqualTo(each.getKey());
    }
  }

  @Test
  void readersSeeEveryRowAndItsColumns() throws IOException {
    Staging staging = log.oplog().stage();
    OplogEntry.SmallFile staged = small(node(7), "staged");
    staging.stage(DIRECTORY.hex(), staged);
    CommitReceipt receipt = log.commit(staging, ROOT_EVENT, FIRST_EVENT);
    log.change(SECOND_EVENT);
    OplogReader reader = log.oplog().reader();

    List<OplogRow> rows = list(reader.entries(LogFilter.ALL, Bytes.READ));

    assertThat(rows)
        .extracting(row -> row.nodeId() + " " + row.type() + " " + row.attachment() + row.seqNr())
        .containsExactlyInAnyOrder(
            NodeId.ROOT + " DIRECTORY false1",
            DIRECTORY + " DIRECTORY false1",
            LINK.node() + " SYMLINK false1",
            LARGE.node() + " FILE false1",
            FILE.node() + " FILE true1",
            staged.node() + " FILE true0",
            DIRECTORY + " DIRECTORY false2");
    OplogRow ofStaged =
        rows.stream().filter(row -> row.nodeId().equals(staged.node().hex())).findFirst().get();
    assertThat(ofStaged.partId()).isEqualTo(DIRECTORY.hex());
    assertThat(ofStaged.txnSeq()).isEqualTo(1);
    assertThat(ofStaged.timestampMicros()).isEqualTo(receipt.timestampMicros());
    assertThat(ofStaged.content()).isEqualTo("staged".getBytes());
    assertThat(reader.changes(rows.get(rows.size() - 1))).isEqualTo(SECOND_EVENT.own().changes());
    assertThat(reader.txnSeq()).isEqualTo(2);
  }

  @Test
  void readersCanSkipContent() throws IOException {
    commitFirst();
    OplogReader reader = log.oplog().reader();

    assertThat(list(reader.entries(LogFilter.ALL, Bytes.SKIP)))
        .hasSize(5)
        .allMatch(row -> row.content().length == 0);
    assertThat(list(reader.records(LogFilter.ALL, Bytes.SKIP)))
        .hasSize(4)
        .allMatch(record -> record.content().length == 0);
  }

  @Test
  void filtersGoByPartitionAndTransactionAndOpenFewerFiles() throws IOException {
    Staging staging = log.oplog().stage();
    staging.stage(DIRECTORY.hex(), small(node(7), "staged"));
    log.commit(staging, ROOT_EVENT, FIRST_EVENT);
    log.change(SECOND_EVENT);
    log.commit(log.oplog().stage(), event(node(60), List.of()));
    OplogReader reader = log.oplog().reader();

    LogFilter ofDirectory = new LogFilter(Optional.of(Set.of(DIRECTORY.hex())), 1, Long.MAX_VALUE);
    LogFilter second = new LogFilter(Optional.empty(), 2, 2);

    assertThat(list(reader.entries(ofDirectory, Bytes.READ)))
        .hasSize(6)
        .allMatch(row -> row.partId().equals(DIRECTORY.hex()));
    assertThat(list(reader.records(ofDirectory, Bytes.READ)))
        .allMatch(record -> record.partId().equals(DIRECTORY.hex()))
        .hasSize(3);
    assertThat(list(reader.entries(second, Bytes.READ))).hasSize(1);
    assertThat(list(reader.transactions(second)))
        .extracting(TransactionRow::txnSeq)
        .containsExactly(2L);
    assertThat(reader.filesFor(LogFilter.ALL)).isEqualTo(4);
    assertThat(reader.filesFor(ofDirectory)).isEqualTo(3);
    assertThat(reader.filesFor(second)).isEqualTo(1);
  }

  @Test
  void transactionsSayWhatWasRun() throws IOException {
    CommitReceipt receipt = commitFirst();

    assertThat(list(log.oplog().reader().transactions(LogFilter.ALL)))
        .containsExactly(
            new TransactionRow(
                1, receipt.timestampMicros(), "put 'ä' /f", "why", "me", 3, 2, 7, 1L << 40));
  }

  @Test
  void verificationFindsAnyFlippedByte() throws IOException {
    commitFirst();
    Path data = dataFile();
    byte[] good = Files.readAllBytes(data);

    for (int at = 4; at < good.length - 8; at += 37) {
      try (RandomAccessFile file = new RandomAccessFile(data.toFile(), "rw")) {
        file.seek(at);
        file.write(good[at] ^ 0x10);
      }
      try (Oplog damaged = Oplog.open(Machine.real(), directory)) {
        assertThatThrownBy(() -> damaged.verifyAll(ForkJoinPool.commonPool(), 2))
            .isInstanceOf(DamageException.class)
            .hasMessageContaining(data.getFileName().toString());
      }
      Files.write(data, good);
    }
  }

  @Test
  void aFlippedByteOfContentIsDamageToEveryReader() throws IOException {
    OplogEntry.SmallFile noise = noise();
    log.commit(log.oplog().stage(), event(NodeId.ROOT, List.of(), noise));
    Path data = dataFile();
    byte[] bytes = Files.readAllBytes(data);
    bytes[bytes.length / 4] ^= 1;
    Files.write(data, bytes);

    try (Oplog damaged = Oplog.open(Machine.real(), directory)) {
      assertThatThrownBy(
              () ->
                  damaged.fetch(
                      new ContentLocator.Logged(NodeId.ROOT.hex(), 1), noise.node(), 1, "/f"))
          .isInstanceOf(DamageException.class);
      assertThatThrownBy(() -> list(damaged.reader().entries(LogFilter.ALL, Bytes.READ)))
          .isInstanceOf(DamageException.class);
      assertThatThrownBy(() -> damaged.verifyAll(ForkJoinPool.commonPool(), 2))
          .isInstanceOf(DamageException.class);
    }
  }

  @Test
  void verificationReadsRecordsOfAllKinds() throws IOException {
    commitFirst();

    ReadCounts all = log.oplog().verifyAll(ForkJoinPool.commonPool(), 2);
    ReadCounts rest = log.oplog().verifyUnreplayed(ForkJoinPool.commonPool(), 2);
    ReadCounts events = log.oplog().replayAll(1, ForkJoinPool.commonPool(), 2, event -> {});

    assertThat(all.records()).isEqualTo(4);
    assertThat(rest.plus(events)).isEqualTo(all);
  }

  @Test
  void theLockNamesItsHolder() throws IOException {
    Path lock = folder.resolve("write.lock");
    try (Closeable held = log.oplog().lock(lock, Duration.ZERO, "pond shell")) {
      assertThat(held).isNotNull();
      assertThatThrownBy(() -> log.oplog().lock(lock, Duration.ofMillis(1), "pond put"))
          .isInstanceOf(JournalException.class)
          .hasMessageContaining("pond shell");
    }
    log.oplog().lock(lock, Duration.ZERO, "pond put").close();
  }

  @Test
  void openingSaysWhoseLogItIs() throws IOException {
    Path foreign = folder.resolve("foreign");
    LogTable.create(new RealDisk(), foreign, Map.of()).close();

    assertThat(log.oplog().pondId()).isEqualTo("the-pond");
    assertThatThrownBy(() -> Oplog.open(Machine.real(), foreign))
        .isInstanceOf(DamageException.class)
        .hasMessageContaining("no pond id");
  }

  private CommitReceipt commitFirst() {
    return log.commit(log.oplog().stage(), ROOT_EVENT, FIRST_EVENT);
  }

  private List<LoggedEvent> replay(long afterSeqNr, long toTxnSeq) throws IOException {
    List<LoggedEvent> events = new ArrayList<>();
    log.oplog().replay(DIRECTORY, afterSeqNr, toTxnSeq, events::add);
    return events;
  }

  private static Map<OplogEntry.SmallFile, ContentLocator.Logged> stage(
      Staging staging, int files, int bytes) throws IOException {
    Map<OplogEntry.SmallFile, ContentLocator.Logged> places = new LinkedHashMap<>();
    for (int i = 0; i < files; i++) {
      OplogEntry.SmallFile file = small(node(1000 + i), (i + " ").repeat(bytes / 4));
      places.put(file, staging.stage(DIRECTORY.hex(), file));
    }
    return places;
  }

  private static OplogEntry.SmallFile noise() {
    byte[] bytes = new byte[60_000];
    new Random(42).nextBytes(bytes);
    return new OplogEntry.SmallFile(
        node(8), NodeType.FILE, 1, Sha256.of(bytes), ByteString.fromArray(bytes));
  }

  private static DirectoryEvent withoutAttachments(DirectoryEvent event) {
    return new DirectoryEvent(
        event.group(),
        event.entries().stream().filter(row -> !(row instanceof OplogEntry.SmallFile)).toList());
  }

  private static <T> List<T> list(Stream<T> rows) {
    try (rows) {
      return rows.toList();
    }
  }

  private Path dataFile() throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      return files.filter(file -> file.toString().endsWith(".parquet")).findFirst().orElseThrow();
    }
  }

  /** Counts those that a commit lists, and the drafts of those that none lists yet. */
  private long dataFiles() throws IOException {
    Pattern name = Pattern.compile(".*[.]parquet|[.]staged-.*[.]tmp");
    try (Stream<Path> files = Files.list(directory)) {
      return files.filter(file -> name.matcher(file.toFile().getName()).matches()).count();
    }
  }
}
