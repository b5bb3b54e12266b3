package io.duckpond.launcher;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.ConfigFactory;
import io.duckpond.Pond;
import io.duckpond.PondSettings;
import io.duckpond.harness.Harness;
import io.duckpond.launcher.CommandLineFixture.Result;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Words and SQL that nobody would write: a documented exit code, one line, never a fault. */
@Timeout(900)
class FuzzTest {
  private static final List<String> QUERIES =
      List.of(
          "select path, size from nodes where size > 3 order by size desc limit 5",
          "select n.path, count(*) as c from nodes n join directory_entries d on d.child_node_id ="
              + " n.node_id group by n.path having count(*) > 1",
          "select * from transactions where txn_seq between 1 and 3",
          "with t as (select part_id, sum(version) over (partition by part_id) s from records)"
              + " select distinct s from t",
          "select upper(path) || '-' || cast(size as varchar) from nodes where path like '/d%'",
          "select case when size is null then -1 else size / 2 end from nodes union all select 1",
          "explain plan for select * from oplog_entries where part_id = 'x'",
          "select timestamp '2026-01-01 00:00:00' + interval '1' day, array[1, 2][1], x'00ff'");

  private static final String[] TOKENS = {
    "select",
    "from",
    "where",
    "nodes",
    "records",
    "transactions",
    "oplog_entries",
    "group by",
    "order by",
    "limit",
    "union",
    "join",
    "on",
    "(",
    ")",
    ",",
    "*",
    "+",
    "-",
    "/",
    "%",
    "=",
    "<>",
    "'",
    "''",
    "\"",
    "`",
    ".",
    ";",
    "--",
    "/*",
    "*/",
    "null",
    "true",
    "1",
    "0",
    "-1",
    "1e400",
    "99999999999999999999",
    "9223372036854775807",
    "cast",
    "as",
    "integer",
    "varchar",
    "binary",
    "date '2026-02-30'",
    "interval",
    "x'0'",
    "u&'\\d800'",
    "?",
    ":a",
    "{fn now()}",
    "values",
    "lateral",
    "unnest",
    "match_recognize",
    "pivot",
    "tablesample",
    "delete",
    "insert into",
    "create table",
    "drop",
    "update",
    "set",
    "call",
    "describe",
    "over",
    "count",
    "sum",
    "path",
    "size",
    "content",
    "repeat('x', 100)",
    "1/0",
    "ln(0)",
    "substring",
    "\u0000",
    "\ud83d\ude00",
    "ä",
    "\t",
    "\n",
    "information_schema.tables",
    "metadata.tables",
    "exists",
    "in",
    "any",
    "all"
  };

  /** Beginnings of commands; a dot stands for what is to be made up. */
  private static final String[] VERBS = {
    "ls .",
    "ls -R .",
    "ls -l . .",
    "cat .",
    "cat --range 1:2 .",
    "put .",
    "put --text x .",
    "touch .",
    "mkdir .",
    "mkdir -p .",
    "ln -s . .",
    "mv . .",
    "mv -n . .",
    "rm .",
    "rm -r .",
    "rm -rf .",
    "copy . .",
    "tree .",
    "find .",
    "find . --glob .",
    "find --newer . --size .",
    "glob .",
    "glob --captures .",
    "stat .",
    "stat --no-follow .",
    "log .",
    "log -n .",
    "history .",
    "show -n .",
    "show --partition .",
    "readlink .",
    "query .",
    "init .",
    "help .",
    ". .",
    ". . . .",
    "put -m . .",
    "query --format .",
    "cat --version . .",
    "status",
    "sync"
  };

  private static final String[] OPTIONS = {
    "-l",
    "-R",
    "-0",
    "-p",
    "-s",
    "-r",
    "-f",
    "-n",
    "-a",
    "-m",
    "-q",
    "--json",
    "--text",
    "--range",
    "--version",
    "--format",
    "--file",
    "--verify",
    "--deep",
    "--pond",
    "--lock-wait",
    "--color",
    "--exclude",
    "--dry-run",
    "--skip-unsupported",
    "--overwrite",
    "--partition",
    "--as-of",
    "--",
    "--range=1:",
    "--lock-wait=-1",
    "--lock-wait=1e300",
    "--color=blue",
    "-n=-1",
    "--no-follow",
    "--bogus",
    "-x",
    "--pending"
  };

  private static final String[] NAMES = {
    "/",
    "",
    ".",
    "..",
    "/..",
    "/../..",
    "//",
    "/d",
    "/d/",
    "/d/f",
    "d/f/",
    "/f",
    "/f/x",
    "/link",
    "/loop",
    "/loop/x",
    "pond:",
    "pond:/",
    "pond:/d/.",
    "pond:..",
    "host:",
    "host:///",
    "./pond:x",
    "*",
    "**",
    "/[",
    "/{a,b",
    "\\",
    "~",
    "-x",
    "@f",
    "1",
    "0",
    "-1",
    "9999999999999999999",
    "NaN",
    "1:2",
    "2:1",
    ":",
    "\u0000",
    "/a\u0000b",
    "/\u0001\u001b[31m",
    "/a\nb",
    "/\t ",
    "/ä",
    "/日本",
    "/\ud83d\ude00",
    "/\u202e",
    "/\ufffd",
    "/e\u0301",
    "%s%n",
    "${env:HOME}",
    "null",
    "nul",
    "con"
  };

  private static final Set<Integer> DOCUMENTED = Set.of(0, 1, 2, 75);

  @TempDir private Path temporary;
  private Path folder;
  private CommandLineFixture pond;

  @BeforeEach
  void makePond() {
    folder = temporary.resolve("pond");
    pond = CommandLineFixture.withPond(folder);
    pond.run("mkdir", "/d").ok();
    pond.run("put", "--text", "text", "/d/f").ok();
    pond.run("ln", "-s", "/d/f", "/link").ok();
    pond.run("ln", "-s", "/loop", "/loop").ok();
  }

  private static <T> T any(Random random, List<T> all) {
    return all.get(random.nextInt(all.size()));
  }

  private static long endOf(int ordinarySeconds) {
    return System.nanoTime()
        + Duration.ofSeconds(Harness.size(ordinarySeconds, 10 * ordinarySeconds)).toNanos();
  }

  /** Returns what is wrong with how a run ended; empty if nothing. */
  private static String wrong(Result result) {
    if (!DOCUMENTED.contains(result.exitCode())) {
      return "exit " + result.exitCode() + ": " + result.err();
    }
    boolean told = result.err().lines().filter(line -> line.startsWith("pond: ")).count() == 1;
    boolean usage = result.err().startsWith("Usage: pond ");
    boolean brief = result.err().lines().count() <= 2;
    if (result.exitCode() != 0 && !usage && (!told || !brief)) {
      return "not one line: " + result.err();
    }
    boolean control = result.err().chars().anyMatch(c -> c < ' ' && c != '\n' || c == 0x7f);
    return control ? "control characters: " + result.err() : "";
  }

  /** Runs a verb on a pond that is open already: most of a run's time is that of opening one. */
  private static Result run(SharedSession session, String... words) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    Environment environment =
        new Environment(
            new ByteArrayInputStream("input".getBytes(UTF_8)),
            out,
            err,
            Set.of(),
            Map.of(),
            ConfigFactory::load,
            ZoneOffset.UTC);
    int exitCode = CommandRun.run(environment, List.of(words), session);
    return new Result(exitCode, out.toString(UTF_8), err.toString(UTF_8));
  }

  private SharedSession session() throws IOException {
    return new SharedSession(Pond.open(folder, PondSettings.load()));
  }

  private static String sql(Random random) {
    if (random.nextInt(4) == 0) {
      StringBuilder text = new StringBuilder("select ");
      for (int i = random.nextInt(30); i >= 0; i--) {
        text.append(TOKENS[random.nextInt(TOKENS.length)])
            .append(random.nextInt(5) == 0 ? "" : " ");
      }
      return text.toString();
    }
    List<String> words = new ArrayList<>(List.of(any(random, QUERIES).split("(?<=\\W)|(?=\\W)")));
    for (int changes = random.nextInt(4); changes > 0 && !words.isEmpty(); changes--) {
      int at = random.nextInt(words.size());
      switch (random.nextInt(5)) {
        case 0 -> words.remove(at);
        case 1 -> words.add(at, TOKENS[random.nextInt(TOKENS.length)]);
        case 2 -> words.set(at, TOKENS[random.nextInt(TOKENS.length)]);
        case 3 -> words.set(at, words.get(random.nextInt(words.size())));
        default -> words.addAll(at, List.of(any(random, QUERIES).split("(?<=\\W)|(?=\\W)")));
      }
    }
    return String.join("", words);
  }

  @Test
  void noSqlIsAFault() throws IOException {
    Harness harness = Harness.named("fuzz-sql");
    Random random = new Random(harness.seed());
    List<String> wrong = new ArrayList<>();
    long end = endOf(6);

    try (Closing closing = new Closing(session())) {
      for (int step = 0; System.nanoTime() < end && wrong.size() < 20; step++) {
        String statement = sql(random);
        Result result = run(closing.session(), "query", "--format", "csv", "--", statement);
        harness.count("exit " + result.exitCode(), 1);
        String what = wrong(result);
        if (!what.isEmpty() || result.exitCode() == ExitCodes.FAILURE) {
          wrong.add(harness.at(step) + "\n  " + statement + "\n  " + what + result.err());
        }
      }
    }

    String report = harness.report();
    assertThat(wrong).as(report).isEmpty();
    assertThat(harness.counted("exit 1")).as(report).isPositive();
  }

  @Test
  void depthOfSqlIsBounded() {
    for (String statement :
        List.of(
            "(".repeat(20_000) + "1",
            "select " + "(".repeat(3000) + "1" + ")".repeat(3000),
            "select 1" + "+1".repeat(5000),
            "select " + "not ".repeat(20_000) + "true",
            "select 1" + " union all select 1".repeat(500),
            "select * from nodes where " + "size = 1 or ".repeat(1000) + "size = 2")) {
      Result result = pond.run("query", "--format", "csv", "--", statement);

      assertThat(wrong(result)).as(statement.substring(0, 20)).isEmpty();
      assertThat(result.exitCode()).as(result.err()).isIn(0, 1);
    }
  }

  private String name(Random random) {
    switch (random.nextInt(8)) {
      case 0 -> {
        return "/" + "n".repeat(250 + random.nextInt(10));
      }
      case 1 -> {
        return "/d".repeat(random.nextInt(20) == 0 ? 2100 : 1 + random.nextInt(30));
      }
      case 2 -> {
        return "/"
            + "ä".repeat(120 + random.nextInt(12))
            + "/"
            + NAMES[random.nextInt(NAMES.length)];
      }
      case 3 -> {
        char[] noise = new char[1 + random.nextInt(12)];
        for (int i = 0; i < noise.length; i++) {
          noise[i] = (char) random.nextInt(random.nextBoolean() ? 128 : 65_536);
        }
        return new String(noise);
      }
      default -> {
        return NAMES[random.nextInt(NAMES.length)];
      }
    }
  }

  private String[] words(Random random) {
    List<String> words = new ArrayList<>();
    for (String word : VERBS[random.nextInt(VERBS.length)].split(" ")) {
      words.add(word.equals(".") ? name(random) : word);
      if (random.nextInt(30) == 0) {
        words.add(OPTIONS[random.nextInt(OPTIONS.length)]);
      }
    }
    // What is not said to be in the pond would be looked for, or made, anywhere on this machine.
    String verb = words.get(0);
    for (int i = 1; i < words.size(); i++) {
      if (verb.equals("copy")) {
        // Out, into a folder of this test.
        boolean last = i == words.size() - 1;
        words.set(i, last ? temporary + "/out" : "pond:" + words.get(i));
      } else if (verb.equals("init")) {
        words.set(i, temporary + "/made/" + words.get(i));
      }
    }
    return words.toArray(String[]::new);
  }

  @Test
  void noArgumentsAreAFault() throws IOException {
    Harness harness = Harness.named("fuzz-arguments");
    Random random = new Random(harness.seed());
    List<String> wrong = new ArrayList<>();
    long end = endOf(6);

    int step = 0;
    while (System.nanoTime() < end && wrong.size() < 20) {
      // Pending changes by the hundred, then some in transactions of their own.
      try (Closing closing = new Closing(session())) {
        for (int last = step + 200; step < last && System.nanoTime() < end; step++) {
          String[] words = words(random);
          judge(harness, step, words, run(closing.session(), words), wrong);
        }
      }
      for (int last = step + 10; step < last; step++) {
        String[] words = words(random);
        judge(harness, step, words, pond.runWithInput("select 1", words), wrong);
      }
    }

    String report = harness.report();
    assertThat(wrong).as(report).isEmpty();
    assertThat(pond.run("fsck", "--deep").ok()).contains("\nresult        no damage");
  }

  private static void judge(
      Harness harness, int step, String[] words, Result result, List<String> wrong) {
    harness.count("exit " + result.exitCode(), 1);
    String what = wrong(result);
    if (!what.isEmpty()) {
      String shown = String.join("] [", words);
      String some = shown.substring(0, Math.min(300, shown.length()));
      wrong.add(harness.at(step) + "\n  [" + some + "]\n  " + what);
    }
  }

  /** A session that ends. */
  private record Closing(SharedSession session) implements AutoCloseable {
    @Override
    public void close() {
      session.end();
    }
  }
}
