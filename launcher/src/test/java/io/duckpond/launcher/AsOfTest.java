package io.duckpond.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Every verb that reads, on the pond as it was. The pond: 1 init, 2 /d/f, 3 its change, 4 rm. */
class AsOfTest {
  private static final Pattern MICROS = Pattern.compile("\"timestamp_micros\":(\\d+)");

  @TempDir private static Path folder;
  private static CommandLineFixture pond;

  @BeforeAll
  static void makeHistory() throws IOException {
    pond = CommandLineFixture.withPond(folder.resolve("pond"));
    Path host = Files.createDirectories(folder.resolve("d"));
    Files.writeString(host.resolve("f"), "one");
    Files.createSymbolicLink(host.resolve("l"), Path.of("f"));
    assertThat(pond.run("copy", host.toString(), "pond:/").exitCode()).isZero();
    assertThat(pond.runWithInput("two!", "put", "/d/f").exitCode()).isZero();
    pond.run("rm", "-r", "/d").ok();
  }

  @Test
  void eachReadingVerbShowsThatState() throws IOException {
    assertThat(pond.run("ls", "--as-of", "3").ok()).isEqualTo("d\n");
    assertThat(pond.run("--as-of", "3", "ls", "-R").ok()).isEqualTo("d\nd/f\nd/l\n");
    assertThat(pond.run("cat", "/d/l", "--as-of=2").ok()).isEqualTo("one");
    assertThat(pond.run("cat", "/d/f", "--as-of", "3").ok()).isEqualTo("two!");
    assertThat(pond.run("cat", "--version", "1", "/d/f", "--as-of", "3").ok()).isEqualTo("one");
    assertThat(pond.run("readlink", "/d/l", "--as-of", "2").ok()).isEqualTo("f\n");
    assertThat(pond.run("tree", "-q", "--as-of", "2").ok())
        .isEqualTo("/\n└── d\n    ├── f\n    └── l -> f\n");
    assertThat(pond.run("stat", "/d/f", "--as-of", "2").ok())
        .contains("version   1\n", "size      3 (3 B)\n", "changed   transaction 2 at ");
    assertThat(pond.run("status", "--as-of", "1").ok())
        .contains("state     transaction 1, clean\n", "nodes     1 directory, 0 files, 0 symlinks");
  }

  @Test
  void historyEndsThere() {
    assertThat(pond.run("history", "/d/f", "--as-of", "2").ok()).matches("v1 .* created\n");
    assertThat(pond.run("log", "--as-of", "2", "--json").ok())
        .contains("\"txn_seq\":2,", "\"txn_seq\":1,")
        .doesNotContain("\"txn_seq\":3,");
    assertThat(pond.run("log", "-n", "1", "--as-of", "3").ok()).startsWith("transaction 3 ");
    assertThat(pond.run("log", "/d", "--as-of", "3", "--json").ok().lines()).hasSize(2);
    assertThat(pond.run("show", "-n", "1", "--as-of", "3").ok())
        .startsWith("transaction 3 ")
        .doesNotContain("transaction 4 ");
  }

  @Test
  void sqlSeesTheTreeAndTheLogOfThen() {
    assertThat(
            pond.run(
                    "query",
                    "--as-of",
                    "2",
                    "--format",
                    "csv",
                    "select path, size, (select max(txn_seq) from transactions) as newest"
                        + " from nodes where name = 'f'")
                .ok())
        .isEqualToNormalizingNewlines("path,size,newest\n/d/f,3,2\n");
  }

  @Test
  void copyTakesTheOldTreeOut() throws IOException {
    Path out = folder.resolve("out");

    int exitCode = pond.run("copy", "--as-of", "2", "pond:/d", out.toString()).exitCode();

    assertThat(exitCode).isZero();
    assertThat(out.resolve("f")).hasContent("one");
  }

  @Test
  void restoreRebuildsTheOldTreeAndWritesNothing() throws IOException {
    List<Path> before = files();

    String restored = pond.run("restore", "--as-of", "2", "--json").ok();

    assertThat(restored).contains("\"txn_seq\":2,", "\"snapshots_rewritten\":false");
    assertThat(rootOf(restored))
        .isNotEqualTo(rootOf(pond.run("restore", "--as-of", "3", "--json").ok()));
    assertThat(rootOf(pond.run("restore", "--as-of", "1", "--json").ok()))
        .isEqualTo(rootOf(pond.run("restore", "--as-of", "4", "--verify", "--json").ok()));
    assertThat(files()).isEqualTo(before);
  }

  private static List<Path> files() throws IOException {
    try (var found = Files.walk(folder.resolve("pond"))) {
      return found.sorted().toList();
    }
  }

  private static String rootOf(String restored) {
    return restored.substring(restored.indexOf("\"content_root\""));
  }

  @Test
  void anInstantMeansTheLastTransactionNotLater() {
    Matcher second =
        MICROS.matcher(
            pond.run(
                    "query",
                    "--format",
                    "ndjson",
                    "select timestamp_micros from transactions where txn_seq = 2")
                .ok());
    assertThat(second.find()).isTrue();
    long micros = Long.parseLong(second.group(1));

    assertThat(pond.run("cat", "/d/f", "--as-of", at(micros)).ok()).isEqualTo("one");
    assertThat(pond.run("ls", "--as-of", at(micros - 1)).ok()).isEmpty();
  }

  private static String at(long micros) {
    return Instant.ofEpochSecond(micros / 1_000_000, micros % 1_000_000 * 1000).toString();
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "-1", "5", "99999999999999999999"})
  void aNumberThatWasNotGivenIsRefused(String number) {
    CommandLineFixture.Result result = pond.run("ls", "--as-of", number);

    assertThat(result.exitCode()).isEqualTo(1);
    assertThat(result.err()).matches("pond: transaction -?\\d+: there is none; the newest is 4\n");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "2199-01-01",
        "2199-01-01T00:00",
        "2199-01-01T00:00:00.5Z",
        "2199-01-01 00:00:00+02:00",
        "2199-01-01Z",
        "+999999999-12-31"
      })
  void theFutureIsRefused(String time) {
    CommandLineFixture.Result result = pond.run("ls", "--as-of", time);

    assertThat(result.exitCode()).isEqualTo(1);
    assertThat(result.err()).matches("pond: \\S+: this is in the future\n");
  }

  @ParameterizedTest
  @ValueSource(strings = {"1969-12-31", "2001-02-03T04:05:06+07", "-999999999-01-01T00:00"})
  void aTimeBeforeThePondIsRefused(String time) {
    CommandLineFixture.Result result = pond.run("ls", "--as-of", time);

    assertThat(result.exitCode()).isEqualTo(1);
    assertThat(result.err()).matches("pond: \\S+: the pond is not that old; it began at \\S+Z\n");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "yesterday",
        "now",
        "2026-02-30",
        "2026-1-1",
        "12:00",
        "2199-01-01T00+01",
        "3.5",
        "0x3"
      })
  void whatIsNoStateIsAUsageError(String text) {
    pond.run("ls", "--as-of", text)
        .fails(
            2,
            "pond: --as-of: neither a transaction's number nor a time: '"
                + text
                + "'\nhint: as in 42, 2026-11-22, 2026-11-22T13:02:40 or"
                + " 2026-11-22T12:02:40.5Z\n");
  }

  @Test
  void verbsThatWriteRefuseIt() {
    for (List<String> verb :
        List.of(
            List.of("put", "/x"),
            List.of("touch", "/x"),
            List.of("mkdir", "/x"),
            List.of("ln", "-s", "a", "/x"),
            List.of("mv", "/a", "/b"),
            List.of("rm", "/a"),
            List.of("sync"),
            List.of("init", "/nowhere"),
            List.of("fsck"),
            List.of("maintain"),
            List.of("shell"))) {
      String[] words = new String[verb.size() + 2];
      words[0] = "--as-of";
      words[1] = "2";
      for (int i = 0; i < verb.size(); i++) {
        words[i + 2] = verb.get(i);
      }
      pond.run(words).fails(2, "pond: " + verb.get(0) + ": --as-of is for verbs that read\n");
    }
    pond.run("copy", "--as-of", "2", "/etc/hostname", "pond:/")
        .fails(2, "pond: copy: --as-of is for copying out of the pond\n");
    pond.run("ls", "--pending", "--as-of", "2")
        .fails(2, "pond: ls: --pending and --as-of exclude each other\n");
  }
}
