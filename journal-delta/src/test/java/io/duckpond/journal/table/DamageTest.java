package io.duckpond.journal.table;

import static io.duckpond.journal.table.Records.event;
import static io.duckpond.journal.table.Records.everything;
import static io.duckpond.journal.table.Records.flush;
import static io.duckpond.journal.table.Records.read;
import static io.duckpond.journal.table.Records.transaction;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.duckpond.journal.disk.DamageException;
import io.duckpond.journal.disk.Disk;
import io.duckpond.journal.disk.JournalException;
import io.duckpond.journal.disk.RealDisk;
import io.duckpond.journal.disk.Sha256;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DamageTest {
  @TempDir private Path directory;

  private final Disk disk = new RealDisk();

  @BeforeEach
  void writeThreeFlushes() throws IOException {
    byte[] content = new byte[5000];
    new Random(7).nextBytes(content);
    try (LogTable table = LogTable.create(disk, directory, Map.of())) {
      for (int txn = 1; txn <= 3; txn++) {
        table.append(flush(txn, event("p" + txn, 1, txn, content), transaction(txn)));
      }
    }
  }

  private Path entry(int version) {
    return directory.resolve(String.format("_delta_log/%020d.json", version));
  }

  private List<Path> dataFiles() throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      return files.filter(file -> file.toString().endsWith(".parquet")).sorted().toList();
    }
  }

  private void assertOpeningNames(Path file) {
    assertThatThrownBy(() -> LogTable.open(disk, directory))
        .isInstanceOf(DamageException.class)
        .hasMessageContaining(file.toString())
        .hasMessageContaining("expected")
        .hasMessageContaining("found");
  }

  @Test
  void everyFlippedBitOfASmallDataFileIsReported() throws Exception {
    assertThat(reported(dataFiles().get(1), new Random(5), 300)).isEqualTo(300);
  }

  @Test
  void noFlippedBitOfALargeDataFileIsEverReturnedAsData() throws Exception {
    Random random = new Random(3);
    LogRecord[] records = new LogRecord[200];
    for (int i = 0; i < records.length; i++) {
      byte[] content = new byte[700];
      random.nextBytes(content);
      records[i] = event("q" + i, 1, 4, content);
    }
    List<Path> before = dataFiles();
    try (LogTable table = LogTable.open(disk, directory)) {
      table.append(flush(4, records));
    }
    Path large =
        dataFiles().stream().filter(file -> !before.contains(file)).findFirst().orElseThrow();
    assertThat(large).satisfies(file -> assertThat(Files.size(file)).isGreaterThan(100_000));

    // What may go unnoticed, because it changes nothing, is the statistics in a page's header.
    assertThat(reported(large, random, 150)).isGreaterThan(140);
  }

  /** Flips bits, one at a time; returns how often that was reported and not without effect. */
  private int reported(Path file, Random random, int flips) throws IOException {
    List<LogRecord> intact = readAll();
    byte[] bytes = Files.readAllBytes(file);
    int reported = 0;
    for (int i = 0; i < flips; i++) {
      byte[] flipped = bytes.clone();
      flipped[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
      Files.write(file, flipped);
      try {
        assertThat(readAll()).usingRecursiveFieldByFieldElementComparator().isEqualTo(intact);
      } catch (DamageException e) {
        assertThat(e).hasMessageContaining(file.toString());
        reported++;
      }
    }
    Files.write(file, bytes);
    return reported;
  }

  private List<LogRecord> readAll() throws IOException {
    try (LogTable table = LogTable.open(disk, directory)) {
      return read(table.head(), everything());
    }
  }

  @Test
  void noFlippedBitOfALogEntryGoesUnnoticed() throws Exception {
    Path file = entry(2);
    byte[] bytes = Files.readAllBytes(file);
    Random random = new Random(11);

    for (int i = 0; i < 200; i++) {
      byte[] flipped = bytes.clone();
      flipped[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
      Files.write(file, flipped);
      assertThatThrownBy(() -> LogTable.open(disk, directory)).isInstanceOf(DamageException.class);
    }
  }

  @Test
  void newestEntryThatIsEmptyOrCutIsReportedByName() throws Exception {
    byte[] bytes = Files.readAllBytes(entry(3));
    String text = new String(bytes, UTF_8);

    Files.write(entry(3), new byte[0]);
    assertOpeningNames(entry(3));
    Files.writeString(entry(3), text.substring(0, text.lastIndexOf("{\"io.duckpond.trailer")));
    assertOpeningNames(entry(3));
    Files.writeString(entry(3), text.substring(0, text.indexOf('\n') + 1));
    assertOpeningNames(entry(3));
    Files.writeString(entry(3), text.substring(0, text.length() / 2));
    assertOpeningNames(entry(3));
  }

  @Test
  void entryThatIsMissingOrDoesNotFollowTheOneBeforeIsReported() throws Exception {
    byte[] second = Files.readAllBytes(entry(2));

    Files.delete(entry(2));
    assertOpeningNames(entry(2));

    // A whole, valid entry, but not the one that was there.
    Path elsewhere = directory.resolveSibling(directory.getFileName() + "-other");
    try (LogTable other = LogTable.create(disk, elsewhere, Map.of())) {
      other.append(flush(1, transaction(1)));
      other.append(flush(2, transaction(2)));
    }
    Files.copy(elsewhere.resolve("_delta_log").resolve(entry(2).getFileName()), entry(2));
    assertOpeningNames(entry(2));
    assertOpeningNames(entry(1)); // for it might be this one that is not what it was

    Files.write(entry(2), second);
    LogTable.open(disk, directory).close();
  }

  @Test
  void missingOrShorterDataFileLeavesTheRestReadableAndForbidsWriting() throws Exception {
    Path lost = dataFiles().get(1);
    byte[] bytes = Files.readAllBytes(lost);
    Files.write(lost, Arrays.copyOf(bytes, bytes.length - 1));

    for (boolean missing : new boolean[] {false, true}) {
      if (missing) {
        Files.delete(lost);
      }
      try (LogTable table = LogTable.open(disk, directory)) {
        assertThatThrownBy(() -> read(table.head(), everything()))
            .isInstanceOf(DamageException.class)
            .hasMessageContaining(lost.toString());
        assertThatThrownBy(() -> table.append(flush(4, transaction(4))))
            .isInstanceOf(DamageException.class)
            .hasMessageContaining(lost.toString());
        int readable = 0;
        for (int txn = 1; txn <= 3; txn++) {
          try {
            readable += read(table.head(), everything().transactions(txn, txn)).size();
          } catch (DamageException e) {
            assertThat(e).hasMessageContaining(lost.toString());
          }
        }
        assertThat(readable).isEqualTo(4);
      }
    }
  }

  @Test
  void contentThatDoesNotMatchItsHashIsNotHandedOut() throws Exception {
    LogRecord wrong =
        new LogRecord(
            "liar", RecordKind.EVENT, 1, 1, 4, 4, 4000, 1, Sha256.of(new byte[1]), new byte[2]);
    try (LogTable table = LogTable.open(disk, directory)) {
      table.append(flush(4, wrong, transaction(4)));

      ScanRequest request = ScanRequest.of(RecordKind.EVENT).partitions(Set.of("liar"));
      assertThatThrownBy(() -> read(table.head(), request))
          .isInstanceOf(DamageException.class)
          .hasMessageContaining("liar")
          .hasMessageContaining(Sha256.of(new byte[1]).hex())
          .hasMessageContaining(Sha256.of(new byte[2]).hex());
      assertThat(read(table.head(), request.withoutContent())).hasSize(1);
    }
  }

  @Test
  void commitOfAnotherProgramIsReadButNothingIsWrittenOnIt() throws Exception {
    Files.writeString(
        entry(4), "{\"commitInfo\":{\"timestamp\":1,\"engineInfo\":\"other-engine/1\"}}\n");

    try (LogTable table = LogTable.open(disk, directory)) {
      assertThat(read(table.head(), everything())).hasSize(6);
      assertThat(table.head().version()).isEqualTo(4);
      assertThat(table.head().txnSeq()).isEqualTo(3);
      assertThatThrownBy(() -> table.append(flush(4, transaction(4))))
          .isInstanceOf(JournalException.class)
          .hasMessageContaining("version 4")
          .hasMessageContaining("other-engine/1");
    }
  }

  @Test
  void brokenCheckpointIsLeftAside() throws Exception {
    try (LogTable table = LogTable.open(disk, directory)) {
      for (int txn = 4; txn <= 101; txn++) {
        table.append(flush(txn, transaction(txn)));
      }
    }
    Path checkpoint = directory.resolve("_delta_log/00000000000000000100.checkpoint.parquet");
    byte[] bytes = Files.readAllBytes(checkpoint);
    Files.write(checkpoint, Arrays.copyOf(bytes, bytes.length / 2));

    try (LogTable table = LogTable.open(disk, directory)) {
      assertThat(read(table.head(), everything())).hasSize(104);
      table.append(flush(102, transaction(102)));
    }
    Files.writeString(directory.resolve("_delta_log/_last_checkpoint"), "garbage");
    Files.write(checkpoint, bytes);
    Files.writeString(directory.resolve("_delta_log/00000000000000009999.crc"), "{}");
    try (LogTable table = LogTable.open(disk, directory)) {
      assertThat(read(table.head(), everything())).hasSize(105);
    }
  }

  @Test
  void checkpointUnderTheNameOfANewerOneIsLeftAside() throws Exception {
    try (LogTable table = LogTable.open(disk, directory)) {
      for (int txn = 4; txn <= 201; txn++) {
        table.append(flush(txn, transaction(txn)));
      }
    }
    Path log = directory.resolve("_delta_log");
    Files.copy(
        log.resolve("00000000000000000100.checkpoint.parquet"),
        log.resolve("00000000000000000200.checkpoint.parquet"),
        StandardCopyOption.REPLACE_EXISTING);

    try (LogTable table = LogTable.open(disk, directory)) {
      assertThat(read(table.head(), everything())).hasSize(204);
      assertThat(table.head().inventory()).isEqualTo(Inventory.of(table.head().fileList()));
    }
  }
}
