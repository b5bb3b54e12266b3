package io.duckpond.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import io.duckpond.harness.MemoryDisk;
import io.duckpond.journal.table.RecordKind;
import io.duckpond.launcher.CommandLineFixture.Result;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Ponds that ask for far more memory than they hold bytes, or for a newer program: one line and its
 * exit code from every verb, in a process with 64 MB of heap that all verbs share.
 */
@Timeout(300)
class HostilePondTest {
  private static final String[][] VERBS = {
    {"ls", "-R"},
    {"cat", "/big"},
    {"log"},
    {"query", "select count(*) from oplog_entries"},
    {"query", "select count(*) from nodes"},
    {"copy", "-q", "pond:/.", "OUT"},
    {"mkdir", "/new"},
    {"restore"},
    {"restore", "--verify"},
    {"fsck"},
    {"fsck", "--deep"}
  };

  @TempDir private static Path place;
  private static HostilePonds ponds;
  private static RestrictedProcess process;
  private static int number;

  @BeforeAll
  static void makePond() throws IOException {
    Path folder = place.resolve("made");
    CommandLineFixture pond = CommandLineFixture.withPond(folder);
    byte[] noise = new byte[45_000];
    new Random(1).nextBytes(noise);
    pond.run("put", "--text", "small", "/small").ok();
    pond.run("put", "--text", HexFormat.of().formatHex(noise).substring(0, 62_000), "/big").ok();
    ponds = new HostilePonds(StoredPond.read(folder));
    process = RestrictedProcess.start(folder, List.of(), List.of("-Xmx64m"));
  }

  @AfterAll
  static void end() throws IOException {
    assertThat(process.errors()).isEmpty();
    process.close();
  }

  private static Path write(MemoryDisk disk) throws IOException {
    Path folder = place.resolve("pond-" + number++);
    StoredPond.write(disk, folder);
    return folder;
  }

  /** Runs all verbs; each succeeds or ends with the code in one line; returns those that failed. */
  private List<String> failures(Path folder, int exitCode, String words) throws IOException {
    List<String> failed = new ArrayList<>();
    for (String[] verb : VERBS) {
      List<String> command = new ArrayList<>(List.of(verb));
      command.replaceAll(word -> word.equals("OUT") ? folder + "-out" : word);
      command.addAll(List.of("--pond", folder.toString()));
      Result result = process.run(command.toArray(String[]::new));
      boolean looks = verb[0].equals("fsck") || List.of(verb).contains("--verify");
      int wanted = looks && exitCode == ExitCodes.DAMAGE ? ExitCodes.REFUSED : exitCode;
      if (result.exitCode() != 0) {
        assertThat(result.exitCode()).as("%s: %s", command, result).isEqualTo(wanted);
        assertThat(result.out() + result.err())
            .as("%s", command)
            .contains(words)
            .doesNotContain("bug");
        if (!verb[0].equals("fsck") || exitCode != ExitCodes.DAMAGE) {
          assertThat(result.err()).matches("pond: [^\\n]+\\n(hint: [^\\n]+\\n)?");
        }
        failed.add(String.join(" ", verb));
      }
    }
    return failed;
  }

  @Test
  void recordThatIsNoArrowStreamIsDamageOfItsPartitionAndTransaction() throws IOException {
    for (String hex :
        List.of("ffffffffffffff7f", "ffffffffffffffff", "ffffffff00000080", "ffffff7f", "")) {
      byte[] content = HexFormat.of().parseHex(hex);
      Path event = write(ponds.withRecord(RecordKind.EVENT, content));
      Path transaction = write(ponds.withRecord(RecordKind.TRANSACTION, content));

      assertThat(failures(event, ExitCodes.DAMAGE, "transaction [4]"))
          .contains("ls -R", "cat /big", "restore --verify", "fsck --deep");
      assertThat(failures(transaction, ExitCodes.DAMAGE, "transaction [4]"))
          .contains("log", "restore --verify", "fsck --deep");
    }
  }

  @Test
  void footerOfAnAbsurdLengthIsDamageOfItsFile() throws IOException {
    for (int length : new int[] {Integer.MAX_VALUE, -1, 0, 1 << 27}) {
      assertThat(failures(write(ponds.withFooterOf(length)), ExitCodes.DAMAGE, "flush-"))
          .contains("cat /big", "restore --verify", "fsck --deep");
    }
  }

  @Test
  void pageThatUnpacksToMoreThanItSaysOrThereIsMemoryIsRefused() throws IOException {
    assertThat(failures(write(ponds.withPageOf(Integer.MAX_VALUE)), ExitCodes.DAMAGE, "flush-"))
        .contains("cat /big", "restore --verify", "fsck --deep");
    assertThat(failures(write(ponds.withPageOf(-1)), ExitCodes.DAMAGE, "flush-"))
        .contains("cat /big", "restore --verify", "fsck --deep");
    assertThat(failures(write(ponds.withBomb()), ExitCodes.DAMAGE, "flush-"))
        .contains("cat /big", "restore --verify", "fsck --deep");
    assertThat(failures(write(ponds.withHeaderOf(90 << 20)), ExitCodes.DAMAGE, "flush-"))
        .contains("cat /big", "restore --verify", "fsck --deep");
    assertThat(failures(write(ponds.withHeaderOf(Integer.MAX_VALUE)), ExitCodes.DAMAGE, "flush-"))
        .contains("cat /big", "restore --verify", "fsck --deep");
  }

  @Test
  void pageThatNeedsMoreMemoryThanThereIsIsDamageIfItsFileIsAnother() throws IOException {
    assertThat(failures(write(ponds.withFrameOf(900 << 20)), ExitCodes.DAMAGE, "flush-"))
        .contains("cat /big", "restore --verify", "fsck --deep");
  }

  @Test
  void logEntryOfAGigabyteIsNotRead() throws IOException {
    Path folder = write(ponds.withEntry(""));
    try (RandomAccessFile entry =
        new RandomAccessFile(folder.resolve(ponds.nextEntry().toString()).toFile(), "rw")) {
      entry.setLength(1L << 30);
    }

    assertThat(failures(folder, ExitCodes.DAMAGE, "at most")).hasSize(VERBS.length);
  }

  @Test
  void tableOrPondOfANewerProgramIsRefusedByName() throws IOException {
    String protocol = "{\"protocol\":{\"minReaderVersion\":%s,\"minWriterVersion\":%s%s}}\n";
    Path table = write(ponds.withEntry(protocol.formatted(99, 99, "")));
    Path feature =
        write(
            ponds.withEntry(
                protocol.formatted(
                    3,
                    7,
                    ",\"readerFeatures\":[\"timeTurner\"],\"writerFeatures\":[\"timeTurner\"]")));
    Path pond = write(ponds.ofFormat("2"));

    assertThat(failures(table, ExitCodes.FAILURE, "99")).hasSize(VERBS.length);
    assertThat(failures(feature, ExitCodes.FAILURE, "timeTurner")).hasSize(VERBS.length);
    assertThat(failures(pond, ExitCodes.FAILURE, "format 2")).hasSize(VERBS.length);
  }
}
