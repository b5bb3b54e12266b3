package io.duckpond.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import io.duckpond.harness.DamageTable;
import io.duckpond.harness.DamageTable.Outcome;
import io.duckpond.harness.DamageTable.Row;
import io.duckpond.harness.MemoryDisk;
import io.duckpond.journal.disk.Sha256;
import io.duckpond.launcher.CommandLineFixture.Result;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The table of damage in reliability.md as a user of the command meets it: what each verb says, how
 * it ends, and what it still shows.
 */
class DamageTableTest {
  private static final List<List<String>> LOOKS = looks();

  @TempDir private static Path place;
  private static final Map<List<String>, String> answers =
      new TreeMap<>(Comparator.comparing(List::toString));
  private static MemoryDisk sound = new MemoryDisk();

  @TempDir private Path temporary;
  private CommandLineFixture pond;
  private Path folder;
  private Path out;

  @BeforeAll
  static void makePond() throws IOException {
    if (answers.isEmpty()) {
      sound = StoredPond.make(Files.createTempDirectory(place, "sound"));
      CommandLineFixture pond = StoredPond.write(sound, place.resolve("reference"));
      LOOKS.forEach(words -> answers.put(words, pond.run(words.toArray(String[]::new)).ok()));
    }
  }

  @BeforeEach
  void nameFolders() {
    folder = temporary.resolve("pond");
    out = temporary.resolve("out");
    pond = CommandLineFixture.bare().variable("POND", folder.toString());
  }

  static List<Row> rows() throws IOException {
    makePond();
    return DamageTable.rows(sound, StoredPond.FOLDER);
  }

  private static List<List<String>> looks() {
    List<List<String>> looks = new ArrayList<>();
    StoredPond.FILES.forEach(file -> looks.add(List.of("cat", file)));
    looks.add(List.of("ls", "-R"));
    looks.add(List.of("ls", "/docs"));
    looks.add(List.of("log"));
    looks.add(List.of("log", "-n", "1"));
    looks.add(List.of("show", "-n", "1"));
    looks.add(
        List.of("query", "--format", "csv", "select path, version, size from nodes order by path"));
    looks.add(
        List.of("query", "--format", "csv", "select txn_seq, node_id, version from oplog_entries"));
    return looks;
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("rows")
  void everyVerbDoesWhatTheRowSays(Row row) throws IOException {
    MemoryDisk damaged = sound.copy();
    row.change().to(damaged);
    StoredPond.write(damaged, folder);

    List<List<String>> failed = new ArrayList<>();
    try (LogCapture log = new LogCapture()) {
      for (List<String> words : LOOKS) {
        Result result = pond.run(words.toArray(String[]::new));
        if (result.exitCode() == 0) {
          assertThat(result.out()).as("%s", words).isEqualTo(answers.get(words));
          assertThat(result.err()).as("%s", words).isEmpty();
        } else {
          assertDamage(words, result, ExitCodes.DAMAGE, row);
          assertThat(answers.get(words)).as("%s", words).startsWith(result.out());
          failed.add(words);
        }
      }
      copyOut(row, !failed.isEmpty());
      verify(row);
      check(row);
      assertThat(StoredPond.read(folder).digests()).isEqualTo(damaged.digests());
      write(row);
      // What is read some other way than usual is worth one line of the log each time, no trace.
      assertThat(log.lines())
          .allMatch(line -> line.startsWith("WARN ") && line.contains(row.stem()));
    }

    switch (row.outcome()) {
      case REFUSED -> assertThat(failed).isEqualTo(LOOKS);
      case CONTAINED -> assertThat(failed).isNotEmpty().doesNotContainAnyElementsOf(untouched(row));
      default -> assertThat(failed).isEmpty();
    }
  }

  /** Returns what damage to a data file leaves alone: the oldest holds the root itself. */
  private static List<List<String>> untouched(Row row) {
    if (row.name().startsWith("oldest")) {
      return List.of(List.of("log", "-n", "1"), List.of("show", "-n", "1"));
    }
    String touched = row.name().startsWith("newest") ? "/last/" : "/many/";
    return StoredPond.FILES.stream()
        .filter(file -> !file.startsWith(touched))
        .map(file -> List.of("cat", file))
        .toList();
  }

  /** Damage is one line with its name, and a hint. */
  private static void assertDamage(List<String> words, Result result, int exitCode, Row row) {
    assertThat(result.exitCode()).as("%s: %s", words, result).isEqualTo(exitCode);
    assertThat(result.err())
        .as("%s", words)
        .matches("pond: [^\\n]+\\nhint: [^\\n]+\\n")
        .contains(row.stem(), "expected", "found")
        .doesNotContain("bug", "Exception");
    if (row.outcome() == Outcome.CONTAINED) {
      assertThat(result.err()).as("%s", words).contains("transaction");
    }
    if (row.outcome() == Outcome.CONTAINED && words.get(0).equals("cat")) {
      assertThat(result.err()).as("%s", words).startsWith("pond: /");
    }
  }

  /** Whatever arrives on the host is whole. */
  private void copyOut(Row row, boolean fails) throws IOException {
    List<String> words = List.of("copy", "-q", "pond:/.", out.toString());
    Result result = pond.run(words.toArray(String[]::new));
    Map<String, String> copied = contents(out);
    if (result.exitCode() == 0) {
      assertThat(copied.keySet()).containsExactlyInAnyOrderElementsOf(StoredPond.FILES);
    } else {
      assertDamage(words, result, ExitCodes.DAMAGE, row);
      assertThat(fails).isTrue();
    }
    copied.forEach((path, text) -> assertThat(text).isEqualTo(answers.get(List.of("cat", path))));
  }

  private static Map<String, String> contents(Path folder) throws IOException {
    Map<String, String> contents = new TreeMap<>();
    if (Files.exists(folder)) {
      try (Stream<Path> files = Files.walk(folder)) {
        for (Path file :
            files.filter(f -> Files.isRegularFile(f, LinkOption.NOFOLLOW_LINKS)).toList()) {
          contents.put("/" + folder.relativize(file), Files.readString(file));
        }
      }
    }
    return contents;
  }

  private void verify(Row row) {
    Result result = pond.run("restore", "--verify");
    if (row.outcome() == Outcome.HARMLESS) {
      assertThat(result.exitCode()).as("%s", result).isZero();
    } else {
      assertDamage(List.of("restore", "--verify"), result, ExitCodes.REFUSED, row);
    }
  }

  /** A wrong hint does no harm, but it is not what was written either. */
  private void check(Row row) {
    boolean found = row.outcome() != Outcome.HARMLESS || row.stem().equals("_last_checkpoint");
    for (String[] words : new String[][] {{"fsck"}, {"fsck", "--deep"}}) {
      Result result = pond.run(words);

      assertThat(result.exitCode()).as("%s", result).isEqualTo(found ? 1 : 0);
      assertThat(result.out()).contains("\nchecked       transaction ", "\nresult        ");
      assertThat(result.err()).doesNotContain("pond: ", "\tat ");
      if (found) {
        assertThat(result.out())
            .containsPattern(
                "(?m)^damage  [a-z-]+  oplog/.*" + row.stem() + ".*: expected .*found");
        assertThat(result.err()).matches("(hint: [^\\n]+\\n)+");
      }
    }
  }

  private void write(Row row) throws IOException {
    Map<Path, Sha256> before = StoredPond.read(folder).digests();
    Result result = pond.run("mkdir", "/new");
    if (row.outcome() == Outcome.HARMLESS || row.outcome() == Outcome.FOUND) {
      result.ok();
      assertThat(pond.run("ls").ok()).contains("new\n");
    } else {
      assertDamage(List.of("mkdir"), result, ExitCodes.DAMAGE, row);
      Map<Path, Sha256> after = StoredPond.read(folder).digests();
      // The name of who has held the lock last is no part of the pond.
      after.keySet().removeIf(file -> file.toString().contains("write.lock"));
      before.keySet().removeIf(file -> file.toString().contains("write.lock"));
      assertThat(after).isEqualTo(before);
    }
  }
}
