package io.duckpond.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.duckpond.journal.disk.Sha256;
import io.duckpond.launcher.CommandLineFixture.Result;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What a system may deny a verb: it ends with 75 and one line that says what and what to try, the
 * pond is as it was, and once nothing stands in the way the next verb works.
 */
class FailingEnvironmentTest {
  private static final String[][] READING = {
    {"ls", "-R"},
    {"cat", "/d/small", "/d/large"},
    {"log"},
    {"status"},
    {"query", "select count(*) from nodes"},
    {"restore", "--verify"},
    {"fsck", "--deep"}
  };

  @TempDir private Path temporary;
  private Path folder;
  private Path host;
  private CommandLineFixture pond;

  @BeforeEach
  void makePond() throws IOException {
    folder = temporary.resolve("pond");
    host = Files.createDirectory(temporary.resolve("host"));
    Files.writeString(host.resolve("small"), "small");
    Files.writeString(host.resolve("large"), "large".repeat(40_000));
    pond = CommandLineFixture.withPond(folder);
    pond.run("copy", "-q", host.toString(), "pond:/d").ok();
  }

  private List<String[]> writing() {
    return List.of(
        new String[] {"put", "--text", "more", "/d/small"},
        new String[] {"mkdir", "/new"},
        new String[] {"rm", "/d/small"},
        new String[] {"copy", "-q", host.toString(), "pond:/new"},
        new String[] {"fsck", "--repair"});
  }

  private Map<Path, Sha256> files() throws IOException {
    Map<Path, Sha256> files = StoredPond.read(folder).digests();
    // Who has held the lock last is no part of the pond.
    files.keySet().removeIf(file -> String.valueOf(file.getFileName()).startsWith("write.lock"));
    return files;
  }

  private void assertAllIsWell() {
    pond.run("mkdir", "/after").ok();
    assertThat(pond.run("cat", "/d/small").ok()).isEqualTo("small");
    assertThat(pond.run("fsck", "--deep").ok()).contains("\nresult        no damage");
  }

  private static void assertFailure(Result result, String words) {
    assertThat(result.exitCode()).as("%s", result).isEqualTo(ExitCodes.FAILURE);
    assertThat(result.err())
        .matches("pond: [^\\n]+\\n(hint: [^\\n]+\\n)?")
        .contains(words)
        .doesNotContain("Exception");
    assertThat(result.out()).isEmpty();
  }

  @Test
  void anotherWritersLockIsNamedAndNobodyElseIsKeptFromReading() throws IOException {
    Map<Path, Sha256> before = files();
    try (HeldLock held = HeldLock.of(folder)) {
      for (String[] words : writing()) {
        Result result = pond.run(with(words, "--lock-wait", "0"));

        assertFailure(result, folder + " is being written by another process");
        assertThat(result.err()).contains("--lock-wait");
      }
      for (String[] words : READING) {
        assertThat(pond.run(words).exitCode()).isZero();
      }
      assertThat(held.isHeld()).isTrue();
    }

    assertThat(files()).isEqualTo(before);
    assertAllIsWell();
  }

  private static String[] with(String[] words, String... more) {
    return Stream.concat(Stream.of(words), Stream.of(more)).toArray(String[]::new);
  }

  /** Root may do everything unless it gives up what lets it. */
  private RestrictedProcess withoutPrivileges() throws IOException {
    boolean root = Files.getAttribute(Path.of("/proc/self"), "unix:uid").equals(0);
    Path tool = Path.of("/usr/bin/setpriv");
    assumeTrue(!root || Files.isExecutable(tool), "needs setpriv to be run by root");
    String given = "-dac_override,-dac_read_search";
    return RestrictedProcess.start(
        folder,
        root
            ? List.of(tool.toString(), "--inh-caps=" + given, "--bounding-set=" + given)
            : List.of(),
        List.of());
  }

  private static void setModes(Path top, String directories, String files) throws IOException {
    try (Stream<Path> below = Files.walk(top)) {
      for (Path path : below.sorted(java.util.Comparator.reverseOrder()).toList()) {
        Set<PosixFilePermission> mode =
            PosixFilePermissions.fromString(Files.isDirectory(path) ? directories : files);
        Files.setPosixFilePermissions(path, mode);
      }
    }
  }

  @Test
  void aPondThatMayOnlyBeReadIsReadAndNotWritten() throws IOException {
    Map<Path, Sha256> before = files();
    setModes(folder, "r-x------", "r--------");
    try (RestrictedProcess process = withoutPrivileges()) {
      for (String[] words : writing()) {
        Result result = process.run(words);

        assertFailure(result, "permission denied");
        assertThat(result.err()).contains("\nhint: ");
      }
      for (String[] words : READING) {
        assertThat(process.run(words).exitCode()).as("%s", List.of(words)).isZero();
      }
      assertThat(process.run("restore").exitCode()).isZero();
      assertThat(process.errors()).isEmpty();
    } finally {
      setModes(folder, "rwx------", "rw-------");
    }

    assertThat(files()).isEqualTo(before);
    assertAllIsWell();
  }

  @Test
  void aPondThatMayNotBeReadSaysSo() throws IOException {
    for (String closed : List.of("", "oplog", "oplog/_delta_log")) {
      Path directory = folder.resolve(closed);
      Files.setPosixFilePermissions(directory, Set.of());
      try (RestrictedProcess process = withoutPrivileges()) {
        for (String[] words : Stream.concat(Stream.of(READING), writing().stream()).toList()) {
          Result result = process.run(words);

          assertFailure(result, "permission denied");
          assertThat(result.err()).contains(directory.toString());
        }
        assertThat(process.errors()).isEmpty();
      } finally {
        Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwx------"));
      }
    }

    assertAllIsWell();
  }

  @Test
  void hostFilesThatMayNotBeReadOrWrittenAreNamed() throws IOException {
    Path out = Files.createDirectory(temporary.resolve("out"));
    Files.setPosixFilePermissions(out, PosixFilePermissions.fromString("r-x------"));
    Files.setPosixFilePermissions(host.resolve("small"), Set.of());
    Map<Path, Sha256> before = files();
    try (RestrictedProcess process = withoutPrivileges()) {
      assertFailure(process.run("copy", "-q", "pond:/d", out.toString()), out.toString());
      Result unreadable = process.run("copy", "-q", host.toString(), "pond:/new");

      assertThat(unreadable.exitCode()).isEqualTo(ExitCodes.REFUSED);
      assertThat(unreadable.err())
          .startsWith("pond: " + host.resolve("small") + ": ")
          .hasLineCount(1);
    }

    assertThat(out).isEmptyDirectory();
    assertThat(files()).isEqualTo(before);
    assertAllIsWell();
  }

  @Test
  void aProcessThatMayOpenTooFewFilesSaysSo() throws IOException {
    try (RestrictedProcess process =
        RestrictedProcess.start(
            folder, List.of("/bin/sh", "-c", "ulimit -n 512; exec \"$@\"", "sh"), List.of())) {
      for (String[] words : READING) {
        assertThat(process.run(words).exitCode()).isZero();
      }
      int failures = 0;
      for (int left = 0; left < 24; left += 2) {
        String name = "/left-" + left;
        process.leaveDescriptors(left);
        Result read = process.run("cat", "/d/large");
        Result written = process.run("put", "--text", "text", name);
        process.freeDescriptors();

        if (read.exitCode() != 0) {
          assertFailure(read, "Too many open files");
        }
        if (written.exitCode() != 0) {
          assertFailure(written, "Too many open files");
          assertThat(written.err()).contains("ulimit -n");
          failures++;
        }
        assertThat(process.run("ls", name).exitCode()).isEqualTo(written.exitCode() == 0 ? 0 : 1);
      }
      assertThat(failures).isBetween(2, 11);
      assertThat(process.errors().lines())
          .as("what upkeep could not do, once in each command")
          .hasSizeLessThan(24)
          .allMatch(line -> line.contains("merging data files"))
          .allMatch(line -> line.endsWith("Too many open files"));
    }

    assertAllIsWell();
  }

  /** A process whose files may have no more than this many bytes. */
  private RestrictedProcess withFilesUpTo(int bytes) throws IOException {
    String limit = "ulimit -f " + bytes / 512 + "; exec \"$@\"";
    return RestrictedProcess.start(folder, List.of("/bin/sh", "-c", limit, "sh"), List.of());
  }

  @Test
  void aFileThatMayGrowNoMoreFailsAndLeavesThePondAsItWas() throws IOException {
    Map<Path, Sha256> before = files();
    Files.writeString(host.resolve("large"), "other".repeat(1_000_000));
    try (RestrictedProcess process = withFilesUpTo(4 << 20)) {
      assertFailure(process.run("copy", "-q", host.toString(), "pond:/d"), "File too large");
      assertThat(process.run("cat", "/d/small").ok()).isEqualTo("small");
      assertThat(process.errors()).isEmpty();
    }

    assertThat(files()).isEqualTo(before);
    assertAllIsWell();
  }

  @Test
  void withoutRoomForTemporaryFilesTheVerbSaysWhatNeedsThem() throws IOException {
    try (RestrictedProcess process = withFilesUpTo(64 << 10)) {
      for (String[] words : new String[][] {{"ls"}, {"mkdir", "/new"}, {"cat", "/d/small"}}) {
        assertFailure(process.run(words), "java.io.tmpdir");
      }
      assertThat(process.errors()).isEmpty();
    }

    assertAllIsWell();
  }
}
