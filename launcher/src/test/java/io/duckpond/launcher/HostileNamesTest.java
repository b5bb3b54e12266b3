package io.duckpond.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Names that shells, terminals, globs and options take for something else, given to verbs. */
final class HostileNamesTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** In the order of their bytes. */
  private static final List<String> NAMES =
      List.of(
          "\t",
          "\nnew\n\nline",
          "\u001b[31mred",
          " ",
          "\"quoted\" 'twice'",
          "$(HOME)`id`;&|",
          "**",
          "--help",
          "--json",
          "-rf",
          "...",
          ".hidden",
          "[a]{b,c}?",
          "\\",
          "\\*\\n",
          "e\u0301",
          "pond:",
          "x".repeat(255),
          "~",
          "\u007f\u0080",
          "\u00e9",
          "\u200b",
          "\u202etxt.exe",
          "\ufeff",
          "\uffff",
          "🦆".repeat(63));

  @TempDir private Path temporary;
  private CommandLineFixture pond;

  @BeforeEach
  void createPond() {
    pond = CommandLineFixture.withPond(temporary.resolve("pond"));
    pond.run("mkdir", "/d").ok();
  }

  private static String[] words(Stream<String> names, String... before) {
    return Stream.concat(Arrays.stream(before), names).toArray(String[]::new);
  }

  private static Stream<String> paths() {
    return NAMES.stream().map(name -> "/d/" + name);
  }

  private List<String> named(String... words) throws IOException {
    List<String> names = new ArrayList<>();
    for (String line : pond.run(words).ok().split("\n")) {
      JsonNode object = JSON.readTree(line);
      names.add(object.get("name").textValue());
    }
    return names;
  }

  @Test
  void areMadeListedRenamedAndRemoved() throws IOException {
    pond.run(words(paths(), "touch")).ok();

    assertThat(pond.run("ls", "-a", "-0", "/d").ok()).isEqualTo(String.join("\0", NAMES) + "\0");
    assertThat(named("--json", "ls", "-a", "/d")).containsExactlyElementsOf(NAMES);
    assertThat(pond.terminal(Environment.Stream.OUT).run("ls", "-a", "/d").ok().lines())
        .allMatch(line -> line.codePoints().noneMatch(Character::isISOControl));

    pond.terminal();
    pond.run("mkdir", "/" + NAMES.get(1)).ok();
    pond.run(words(Stream.concat(paths(), Stream.of("/" + NAMES.get(1))), "mv")).ok();

    assertThat(named("--json", "ls", "-a", "/" + NAMES.get(1))).containsExactlyElementsOf(NAMES);
    pond.run("ls", "-a", "/d").fails(0, "");

    pond.run(words(NAMES.stream().map(name -> "/" + NAMES.get(1) + "/" + name), "rm")).ok();

    pond.run("ls", "-a", "/" + NAMES.get(1)).fails(0, "");
  }

  @Test
  void arePutReadAndFoundByEscapedGlobs() {
    for (String name : List.of("--help", "*", "new\nline", "\\", "...")) {
      pond.runWithInput("text of " + name, "put", "--", name).ok();

      assertThat(pond.run("cat", "--", name).ok()).isEqualTo("text of " + name);
      StringBuilder escaped = new StringBuilder();
      name.codePoints().forEach(point -> escaped.append('\\').appendCodePoint(point));
      assertThat(pond.run("glob", "-0", "/" + escaped).ok()).isEqualTo("/" + name + "\0");

      pond.run("rm", "--", name).ok();
    }
    assertThat(pond.run("ls", "-0").ok()).isEqualTo("d\0");
  }

  @Test
  void areCopiedOutAndInAgain() throws IOException {
    pond.run(words(paths(), "touch")).ok();

    assertThat(pond.run("copy", "pond:/d", temporary.resolve("out").toString()).exitCode())
        .isZero();
    assertThat(pond.run("copy", temporary.resolve("out").toString(), "pond:/back").exitCode())
        .isZero();

    try (Stream<Path> out = Files.list(temporary.resolve("out"))) {
      assertThat(out.map(path -> path.getFileName().toString()))
          .containsExactlyInAnyOrderElementsOf(NAMES);
    }
    assertThat(named("--json", "ls", "-a", "/back")).containsExactlyElementsOf(NAMES);
    assertThat(pond.run("fsck", "--deep").exitCode()).isZero();
  }
}
