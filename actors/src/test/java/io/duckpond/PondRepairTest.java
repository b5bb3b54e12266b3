package io.duckpond;

import static io.duckpond.FiveTransactions.commit;
import static io.duckpond.FiveTransactions.put;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.duckpond.journal.disk.JournalException;
import io.duckpond.journal.disk.Lease;
import io.duckpond.journal.disk.Machine;
import io.duckpond.journal.disk.Sha256;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PondRepairTest {
  @TempDir private Path temporary;

  private Path folder;

  @BeforeEach
  void makePond() throws IOException {
    folder = temporary.resolve("pond");
    FiveTransactions.make(folder);
  }

  private RepairReport repair(CheckMode depth, RepairMode mode) throws IOException {
    PondSettings settings = PondSettings.load().withLockWait(Duration.ZERO);
    return PondRepair.run(folder, depth, mode, settings, Progress.NONE);
  }

  private CheckReport check(CheckMode mode) throws IOException {
    return PondCheck.run(folder, mode, Progress.NONE);
  }

  private List<String> lines(CheckMode mode) throws IOException {
    return check(mode).findings().stream().map(PondRepairTest::line).toList();
  }

  private static String line(Finding finding) {
    return (finding.damage() ? "" : "(")
        + finding.kind().storedName()
        + " "
        + finding.subject()
        + (finding.affects().isEmpty() ? "" : " affects " + String.join(", ", finding.affects()));
  }

  private Path entry(long version) {
    return folder.resolve(String.format("oplog/_delta_log/%020d.json", version));
  }

  private Path dataFile(long version) throws IOException {
    String entry = Files.readString(entry(version));
    int name = entry.indexOf("flush-");
    return folder.resolve("oplog/" + entry.substring(name, entry.indexOf(".parquet", name) + 8));
  }

  private Path large(String suffix) throws IOException {
    try (Stream<Path> files = Files.walk(folder.resolve("contents"))) {
      return files
          .filter(file -> String.valueOf(file.getFileName()).matches("[0-9a-f]{64}" + suffix))
          .findFirst()
          .orElseThrow();
    }
  }

  private static void flip(Path file) throws IOException {
    byte[] bytes = Files.readAllBytes(file);
    bytes[bytes.length / 2] ^= 1;
    Files.write(file, bytes);
  }

  @Test
  void healthyPondIsLeftAsItIs() throws Exception {
    RepairReport report = repair(CheckMode.DEEP, RepairMode.ACCEPT_LOSS);

    assertThat(report.moved()).isEmpty();
    assertThat(report.quarantine()).isEmpty();
    assertThat(report.loss()).isEmpty();
    assertThat(report.after().findings()).isEmpty();
    assertThat(folder.resolve("quarantine")).doesNotExist();
  }

  @Test
  void tornNewestEntryIsGivenUpOnlyIfThatIsAccepted() throws Exception {
    byte[] bytes = Files.readAllBytes(entry(5));
    Files.write(entry(5), Arrays.copyOf(bytes, bytes.length / 2));

    RepairReport refused = repair(CheckMode.USUAL, RepairMode.KEEP_ALL);
    assertThat(refused.cut()).isFalse();
    assertThat(refused.moved()).isEmpty();
    assertThat(refused.loss())
        .hasValueSatisfying(
            loss -> assertThat(loss.transactions()).isEqualTo("transaction 5 and all after it"));
    assertThat(refused.after().damaged()).isTrue();

    RepairReport accepted = repair(CheckMode.USUAL, RepairMode.ACCEPT_LOSS);
    assertThat(accepted.cut()).isTrue();
    assertThat(accepted.after().findings()).isEmpty();
    assertThat(accepted.after().txnSeq()).isEqualTo(4);
    Path quarantine = accepted.quarantine().orElseThrow();
    assertThat(accepted.moved())
        .contains("oplog/_delta_log/00000000000000000005.json")
        .hasSize(2) // and the data file of transaction 5
        .allSatisfy(file -> assertThat(quarantine.resolve(file)).exists());
    try (Pond pond = Pond.open(folder)) {
      assertThat(pond.view().root().list("/a").keySet()).hasSize(1);
      commit(pond, root -> put(root, "/again", "more".getBytes(UTF_8)));
    }
    assertThat(lines(CheckMode.DEEP)).isEmpty();
    assertThat(check(CheckMode.DEEP).txnSeq()).isEqualTo(5);
  }

  @Test
  void missingDataFileNamesTheDirectoriesThatWouldBeLost() throws Exception {
    Files.delete(dataFile(4));

    RepairReport.Loss loss = repair(CheckMode.USUAL, RepairMode.KEEP_ALL).loss().orElseThrow();
    assertThat(loss.transactions()).isEqualTo("transactions 4 to 5");
    assertThat(loss.paths()).contains("/a").hasSize(2); // and /a/b, whose name is lost

    assertThat(repair(CheckMode.USUAL, RepairMode.ACCEPT_LOSS).after().txnSeq()).isEqualTo(3);
    assertThat(lines(CheckMode.DEEP)).isEmpty();
  }

  @Test
  void damagedContentIsNotTouchedAndCutsNothing() throws Exception {
    flip(large(""));

    RepairReport report = repair(CheckMode.DEEP, RepairMode.ACCEPT_LOSS);
    assertThat(report.moved()).isEmpty();
    assertThat(report.cut()).isFalse();
    assertThat(report.after().damaged()).isTrue();
  }

  @Test
  void contentsOfLostTransactionsAreSetAsideWithThem() throws Exception {
    Files.write(entry(3), new byte[0]);

    RepairReport report = repair(CheckMode.USUAL, RepairMode.ACCEPT_LOSS);
    assertThat(report.after().findings()).isEmpty();
    assertThat(report.after().txnSeq()).isEqualTo(2);
    assertThat(report.moved()).filteredOn(file -> file.startsWith("contents/")).hasSize(2);
  }

  @Test
  void leftoversAreSetAsideAndUsersFilesAreNot() throws Exception {
    Files.writeString(folder.resolve("contents/tmp-1-0"), "half");
    Files.writeString(folder.resolve("oplog/flush-x.parquet"), "half");
    Files.writeString(folder.resolve(".link-probe-1"), "");
    Files.createDirectories(folder.resolve("snapshots/x"));
    Files.writeString(folder.resolve("a user's file"), "");

    RepairReport report = repair(CheckMode.USUAL, RepairMode.KEEP_ALL);
    assertThat(report.moved())
        .containsExactlyInAnyOrder(
            "oplog/flush-x.parquet", "contents/tmp-1-0", ".link-probe-1", "snapshots");
    assertThat(report.after().findings()).isEmpty();
    assertThat(folder.resolve("a user's file")).exists();
  }

  @Test
  void pondThatIsBeingWrittenIsNotRepaired() throws Exception {
    try (Pond pond = Pond.open(folder)) {
      commit(pond, root -> put(root, "/open", "x".getBytes(UTF_8)));
      assertThatThrownBy(() -> repair(CheckMode.USUAL, RepairMode.KEEP_ALL))
          .isInstanceOf(JournalException.class)
          .hasMessageContaining("is being written by");
    }
  }

  /** One large content, or staged small ones. */
  private static final int[] FILES = {1, 40};

  private static void putUnlisted(Transaction transaction, int files) throws IOException {
    byte[] other = new byte[files == 1 ? FiveTransactions.LARGE : 60_000];
    for (int i = 0; i < files; i++) {
      new Random(i).nextBytes(other);
      put(transaction.root(), "/other" + i, other);
    }
  }

  private List<Path> unlisted(int files) throws IOException {
    String wanted = files == 1 ? ".*/contents/../[0-9a-f]{64}" : ".*/oplog/[.]staged-.*";
    try (Stream<Path> all = Files.walk(folder)) {
      return all.filter(file -> file.toString().matches(wanted)).toList();
    }
  }

  @Test
  void whatALivingProcessTakesInIsNeitherFoundNorSetAside() throws Exception {
    for (int files : FILES) {
      int before = unlisted(files).size();
      try (Pond pond = Pond.open(folder);
          Transaction transaction = pond.begin()) {
        putUnlisted(transaction, files);
        Awaitility.await().until(() -> unlisted(files).size() > before);

        assertThat(lines(CheckMode.DEEP)).isEmpty();
        assertThat(repair(CheckMode.USUAL, RepairMode.KEEP_ALL).moved()).isEmpty();

        transaction.commit();
      }
      assertThat(lines(CheckMode.DEEP)).isEmpty();
    }
  }

  @Test
  void whatADeadProcessWasTakingInIsFoundAndSetAside() throws Exception {
    String dead = "01234567-89ab-cdef-0123-456789abcdef";
    String content = "ab".repeat(32);
    List<String> left =
        List.of(
            "oplog/.lease-" + dead + ".tmp",
            "oplog/.staged-" + dead + "-" + "0".repeat(32) + ".tmp",
            "contents/ab/" + content,
            "contents/.lease-" + dead + ".tmp",
            "contents/tmp-" + dead + "-0",
            "contents/tmp-" + dead + "-taken-1");
    Files.createDirectories(folder.resolve("contents/ab"));
    for (String file : left) {
      Files.write(folder.resolve(file), Sha256.parse(content).bytes());
    }

    try (Lease living = Lease.take(Machine.real(), folder.resolve("contents"));
        Lease staging = Lease.take(Machine.real(), folder.resolve("oplog"))) {
      Files.writeString(folder.resolve("contents/tmp-" + living.id() + "-0"), "half");
      String staged = "oplog/.staged-" + staging.id() + "-" + "0".repeat(32) + ".tmp";
      Files.writeString(folder.resolve(staged), "half");

      assertThat(check(CheckMode.USUAL).findings())
          .extracting(Finding::subject)
          .containsExactlyInAnyOrderElementsOf(left);
      assertThat(repair(CheckMode.USUAL, RepairMode.KEEP_ALL).moved())
          .containsExactlyInAnyOrderElementsOf(left);
      assertThat(folder.resolve(staged)).exists();
    }
  }

  @Test
  void transactionWhoseUnlistedFilesAreGoneFailsInsteadOfReferringToThem() throws Exception {
    for (int files : FILES) {
      List<Path> before = unlisted(files);
      try (Pond pond = Pond.open(folder);
          Transaction transaction = pond.begin()) {
        putUnlisted(transaction, files);
        Awaitility.await().until(() -> unlisted(files).size() > before.size());
        for (Path file : unlisted(files)) {
          if (!before.contains(file)) {
            Files.delete(file);
          }
        }

        assertThatThrownBy(transaction::commit)
            .isInstanceOf(JournalException.class)
            .hasMessageMatching(".*(is no longer there|no such file).*");
      }
      assertThat(check(CheckMode.DEEP).damaged()).isFalse();
    }
  }
}
