package io.duckpond.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.duckpond.launcher.CommandLineFixture.Result;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What verbs print under {@code --json}: scripts rely on every member. */
class JsonTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String HOSTILE = "/\u001b[2J\"\\\n\u202e\u0085 ü🦆";

  @TempDir private Path temporary;
  private Path folder;
  private CommandLineFixture pond;

  @BeforeEach
  void createPond() {
    folder = temporary.resolve("pond");
    pond = CommandLineFixture.withPond(folder);
  }

  @Test
  void everyVerbPrintsObjectsOrRefuses() throws IOException {
    Path tree = Files.createDirectory(temporary.resolve("tree"));
    Files.writeString(tree.resolve("f"), "hello");
    Set<String> verbs = new HashSet<>();
    objects(pond.run("--json", "help")).forEach(verb -> verbs.add(verb.get("verb").textValue()));
    List<List<String>> runs =
        List.of(
            List.of("init", temporary.resolve("other").toString()),
            List.of("put", "--text", "hello", "/f"),
            List.of("put", "--text", "hello", HOSTILE),
            List.of("append", "--text", "hello", "/s"),
            List.of("mknod", "series", "/m"),
            List.of("cp", "/f", "/c"),
            List.of("touch", "/t"),
            List.of("mkdir", "/d"),
            List.of("ln", "-s", "t", "/l"),
            List.of("mv", "/t", "/d"),
            List.of("rm", "/d/t"),
            List.of("copy", tree.toString(), "pond:/copy"),
            List.of("copy", "pond:/copy", temporary.resolve("out").toString()),
            List.of("ls", "-R"),
            List.of("tree"),
            List.of("find"),
            List.of("glob", "/*"),
            List.of("stat", "/f", "/l", "/", "--no-follow"),
            List.of("readlink", "/l"),
            List.of("status"),
            List.of("sync"),
            List.of("log"),
            List.of("history", "/f"),
            List.of("show"),
            List.of("query", "select * from nodes"),
            List.of("revert", "/d", "--to", "2"),
            List.of("restore"),
            List.of("restore", "--verify"),
            List.of("fsck"),
            List.of("maintain"),
            List.of("shell"),
            List.of("tour", "-q", tree.toString()),
            List.of("help", "ls"));

    for (List<String> run : runs) {
      List<String> words = new ArrayList<>(run);
      words.add("--json");
      Result result = pond.runWithInput("ls\n", words.toArray(String[]::new));

      assertThat(result.exitCode()).as("%s: %s", run, result.err()).isZero();
      assertThat(objects(result)).as("%s", run).isNotEmpty();
      verbs.remove(run.get(0));
    }
    Result differs = pond.run("diff", "--json", "1", "2");
    assertThat(differs.exitCode()).isEqualTo(1);
    assertThat(objects(differs)).isNotEmpty();
    verbs.remove("diff");
    pond.run("cat", "--json", "/f")
        .fails(
            2,
            """
            pond: cat: contents are bytes, not JSON
            hint: stat --json tells of a file
            """);
    verbs.remove("cat");
    assertThat(verbs).isEmpty();
  }

  @Test
  void nodesHaveTheMembersOfTheTableOfNodes() {
    pond.run("put", "--text", "hello", "/notes.txt").ok();
    pond.run("ln", "-s", "notes.txt", "/latest").ok();

    assertThat(withoutChance(pond.run("ls", "--json").ok()))
        .isEqualTo(
            """
            {"path":"/latest","name":"latest","type":"symlink","node_id":"<id>","mode":511,\
            "modified":"<time>","version":1,"size":null,"sha256":null,"target":"notes.txt"}
            {"path":"/notes.txt","name":"notes.txt","type":"file","node_id":"<id>","mode":420,\
            "modified":"<time>","version":1,"size":5,"sha256":"<hash>","target":null}
            """);
  }

  @Test
  void pathsAreAbsoluteHoweverTheyAreNamed() throws IOException {
    pond.run("mkdir", "-p", "/a/b").ok();
    pond.run("touch", "/a/b/f").ok();
    pond.run("ln", "-s", "a/b", "/l").ok();

    assertThat(paths(pond.run("ls", "--json", "a/../l/"))).containsExactly("/a/b/f");
    assertThat(paths(pond.run("ls", "--json", "-R", "l", "/a")))
        .containsExactly("/a/b/f", "/a/b", "/a/b/f");
    assertThat(paths(pond.run("tree", "--json", "a"))).containsExactly("/a", "/a/b", "/a/b/f");
    assertThat(paths(pond.run("stat", "--json", "l"))).containsExactly("/a/b");
    assertThat(paths(pond.run("stat", "--json", "--no-follow", "l", "/")))
        .containsExactly("/l", "/");
  }

  @Test
  void hostileNamesComeOutAsTheyAreAndHarmless() throws IOException {
    pond.run("touch", HOSTILE).ok();

    String printed = pond.run("ls", "--json").ok();

    assertThat(paths(pond.run("ls", "--json"))).containsExactly(HOSTILE);
    assertThat(printed)
        .contains("\\u001b[2J\\\"\\\\\\n\\u202e\\u0085 ü🦆")
        .doesNotContain("\u001b", "\u202e", "\u0085");
    pond.terminal(Environment.Stream.OUT);
    assertThat(pond.run("ls", "--json").ok()).isEqualTo(printed);
  }

  @Test
  void writingVerbsTellOfTheirTransaction() throws IOException {
    assertThat(withoutChance(pond.run("touch", "--json", "/a", "/b").ok()))
        .isEqualTo(
            """
            {"state":"committed","txn_seq":2,"timestamp":"<time>","operations":2,"entries":3,\
            "bytes":0,"took_ms":<n>}
            """);
    assertThat(pond.run("mkdir", "-p", "--json", "/").ok())
        .isEqualTo(
            """
            {"state":"unchanged","txn_seq":null,"timestamp":null,"operations":null,\
            "entries":null,"bytes":null,"took_ms":null}
            """);
    List<JsonNode> shell = objects(pond.runWithInput("touch /c\nsync\n", "shell", "--json"));
    assertThat(shell)
        .extracting(each -> each.get("state").textValue())
        .containsExactly("pending", "committed");
    assertThat(objects(pond.run("log", "--json", "-n", "1")).get(0).get("command").textValue())
        .isEqualTo("touch /c");
  }

  @Test
  void formatsThatAreNoJsonContradict() {
    pond.run("query", "--json", "--format", "csv", "select 1")
        .fails(2, "pond: query: --json and another format exclude each other\n");
  }

  @Test
  void theVersionIsAnObject() throws IOException {
    JsonNode version = objects(pond.run("--version", "--json")).get(0);

    assertThat(version.get("version").textValue()).isNotEmpty();
    assertThat(version.get("java").textValue()).isEqualTo(Runtime.version().toString());
  }

  private static List<String> paths(Result result) throws IOException {
    return objects(result).stream().map(each -> each.get("path").textValue()).toList();
  }

  private static List<JsonNode> objects(Result result) throws JsonProcessingException {
    List<JsonNode> objects = new ArrayList<>();
    for (String line : result.out().split("\n", -1)) {
      if (!line.isEmpty()) {
        JsonNode object = JSON.readTree(line);
        assertThat(object.isObject()).as(line).isTrue();
        objects.add(object);
      }
    }
    return objects;
  }

  private static String withoutChance(String printed) {
    return printed
        .replaceAll("\"[0-9a-f]{64}\"", "\"<hash>\"")
        .replaceAll("\"[0-9a-f]{32}\"", "\"<id>\"")
        .replaceAll("\"\\d{4}-\\d\\d-\\d\\dT[0-9:.]+Z\"", "\"<time>\"")
        .replaceAll("\"took_ms\":\\d+", "\"took_ms\":<n>");
  }
}
