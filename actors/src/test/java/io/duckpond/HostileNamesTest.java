package io.duckpond;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.duckpond.glob.GlobMatch;
import io.duckpond.host.HostCopy;
import io.duckpond.host.HostCopyOptions;
import io.duckpond.nio.PondFileSystems;
import io.duckpond.path.EntryName;
import io.duckpond.testkit.PondTestKit;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileSystem;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Names that terminals, shells, globs, URIs or other filesystems take for something else are names
 * like any other, kept byte for byte. For each of them:
 *
 * <pre>
 *   /d/NAME/NAME   a file that holds its name
 *   /l/NAME        a link to NAME
 * </pre>
 */
final class HostileNamesTest {
  private static final List<String> NAMES =
      List.of(
          // what terminals act upon
          "new\nline",
          "\n",
          "\r",
          "\r\n",
          "tab\there",
          "bell\u0007",
          "\u001b[31mred\u001b[0m",
          "del\u007f",
          "c1\u0085\u009b",
          // what shells and commands act upon
          "-rf",
          "--help",
          "-",
          " ",
          " before and after ",
          "'single'",
          "\"double\"",
          "`tick`",
          "$HOME",
          "~",
          "#",
          "a;b|c&d",
          "!history",
          // what globs act upon
          "*",
          "**",
          "?",
          "[a]",
          "[",
          "{a,b}",
          "{",
          "back\\slash",
          "\\",
          "\\*",
          // what URIs and other filesystems act upon
          "%2F",
          "%",
          "+",
          "a!b",
          "?as-of=1",
          "pond:",
          "CON",
          "a:b",
          "trailing.",
          "...",
          "....",
          ".hidden",
          ".pond",
          // what looks the same, or cannot be seen
          "\u00e9",
          "e\u0301",
          "\uac00",
          "\u1100\u1161",
          "\ufb01",
          "fi",
          "ß",
          "SS",
          "i",
          "I",
          "ı",
          "\u202etxt.exe",
          "\u2066bidi\u2069",
          "\u200b",
          "\ufeff",
          "\u2028",
          "\u00a0",
          "\ufffe",
          "\uffff",
          // what does not fit 16 bits, or hardly fits at all
          "🦆",
          "👩\u200d👩\u200d👧",
          "\udbff\udfff",
          "x".repeat(255),
          "ü".repeat(127) + "x",
          "🦆".repeat(63) + "abc");

  @TempDir private Path host;
  private final PondTestKit kit = new PondTestKit();

  @BeforeEach
  void make() throws IOException {
    kit.pond().transact(HostileNamesTest::fill, 1);
  }

  @AfterEach
  void close() {
    kit.close();
  }

  private static boolean fill(WorkingDirectory root) throws IOException {
    root.createDirectory("/d");
    root.createDirectory("/l");
    for (String name : NAMES) {
      root.createDirectory("/d/" + name);
      root.open("/d").open(name).createFile(name, bytes(name));
      root.createSymlink("/l/" + name, name);
    }
    return true;
  }

  private static InputStream bytes(String text) {
    return new ByteArrayInputStream(text.getBytes(UTF_8));
  }

  private static void demandWhole(WorkingDirectory root, String top) throws IOException {
    Set<String> expected = Set.copyOf(NAMES);
    assertThat(root.list(top + "/d").keySet().stream().map(EntryName::value))
        .containsExactlyInAnyOrderElementsOf(expected);
    for (String name : NAMES) {
      assertThat(new String(root.readBytes(top + "/d/" + name + "/" + name), UTF_8))
          .isEqualTo(name);
      assertThat(root.readLink(top + "/l/" + name)).isEqualTo(name);
    }
    assertThat(root.walk(top + "/d")).hasSize(2 * NAMES.size());
  }

  @Test
  void areCreatedListedReadAndFoundAgainAfterARestart() throws IOException {
    demandWhole(kit.root(), "");

    kit.restart();

    demandWhole(kit.root(), "");
    kit.pond().restore(RestoreMode.LOG, Progress.NONE);
    demandWhole(kit.root(), "");
  }

  @Test
  void areListedInTheOrderOfTheirBytes() throws IOException {
    List<EntryName> listed = List.copyOf(kit.root().list("/d").keySet());

    assertThat(listed)
        .isSortedAccordingTo(
            (left, right) ->
                Arrays.compareUnsigned(
                    left.value().getBytes(UTF_8), right.value().getBytes(UTF_8)));
  }

  private static String escaped(String name) {
    return name.codePoints()
        .mapToObj(point -> "\\" + Character.toString(point))
        .collect(Collectors.joining());
  }

  @Test
  void areFoundByGlobsThatEscapeThem() throws IOException {
    WorkingDirectory root = kit.root();
    for (String name : NAMES) {
      String path = "/d/" + name + "/" + name;

      assertThat(found(root, "/d/" + escaped(name) + "/" + escaped(name))).containsExactly(path);
      if (!name.startsWith(".")) {
        String captured = "/d/" + escaped(name) + "/*";
        try (Stream<GlobMatch> matches = root.glob(captured)) {
          assertThat(matches)
              .singleElement()
              .satisfies(match -> assertThat(match.captures()).containsExactly(name));
        }
      }
    }
  }

  private static List<String> found(WorkingDirectory root, String pattern) throws IOException {
    try (Stream<GlobMatch> matches = root.glob(pattern)) {
      return matches.map(GlobMatch::path).toList();
    }
  }

  @Test
  void areRenamedOneIntoAnother() throws IOException {
    long before = kit.pond().view().txnSeq();
    kit.pond()
        .transact(
            root -> {
              for (String name : NAMES) {
                root.rename("/d/" + name, "/" + next(name));
              }
              return true;
            },
            1);
    kit.restart();

    for (String name : NAMES) {
      String path = "/" + next(name) + "/" + name;
      assertThat(new String(kit.root().readBytes(path), UTF_8)).isEqualTo(name);
      assertThat(kit.root().exists("/d/" + name)).isFalse();
    }
    demandWhole(kit.asOf(before), "");
    assertThat(kit.pond().diff(kit.pond().asOf(before), kit.pond().view())).hasSize(NAMES.size());
  }

  private static String next(String name) {
    return NAMES.get((NAMES.indexOf(name) + 1) % NAMES.size());
  }

  @Test
  void areRevertedByTheirPaths() throws IOException {
    PondView before = kit.pond().view();
    List<String> paths = NAMES.stream().map(name -> "/d/" + name).toList();
    kit.pond().root().removeRecursively("/d");

    kit.pond().root().revert(paths, before);

    kit.restart();
    demandWhole(kit.root(), "");
  }

  @Test
  void areCopiedToTheHostAndBack() throws IOException {
    HostCopy copy = new HostCopy(new HostCopyOptions(Set.of(), List.of(), Set.of()), Progress.NONE);

    copy.out(List.of("/d", "/l"), kit.root(), Files.createDirectory(host.resolve("out")));
    try (Transaction transaction = kit.pond().begin()) {
      copy.in(List.of(host.resolve("out")), transaction.root(), "/back");
      transaction.commit();
    }

    try (Stream<Path> names = Files.list(host.resolve("out/d"))) {
      assertThat(names.map(path -> path.getFileName().toString()))
          .containsExactlyInAnyOrderElementsOf(NAMES);
    }
    kit.restart();
    demandWhole(kit.root(), "/back");
  }

  @Test
  void arePathsAndUrisOfNio() throws IOException {
    try (FileSystem fileSystem = PondFileSystems.of(kit.pond())) {
      Path top = fileSystem.getPath("/d");
      SortedMap<String, String> read = new TreeMap<>();
      try (Stream<Path> paths = Files.walk(top)) {
        for (Path path : paths.filter(Files::isRegularFile).toList()) {
          assertThat(Path.of(path.toUri())).isEqualTo(path);
          String name = path.getFileName().toString();
          assertThat(path.toString()).isEqualTo("/d/" + name + "/" + name);
          read.put(name, Files.readString(path));
        }
      }
      assertThat(read)
          .hasSize(NAMES.size())
          .allSatisfy((name, text) -> assertThat(text).isEqualTo(name));
      assertThat(Files.readSymbolicLink(fileSystem.getPath("/l/*")).toString()).isEqualTo("*");
    }
  }

  @Test
  void areWrittenMovedAndDeletedByNio() throws IOException {
    try (Transaction transaction = kit.pond().begin();
        FileSystem fileSystem = PondFileSystems.of(transaction)) {
      for (String name : NAMES) {
        Path file = fileSystem.getPath("/d").resolve(name).resolve(name);
        Path moved = fileSystem.getPath("/").resolve(name);
        Files.writeString(file, "by " + name);
        Files.move(file, moved);
        assertThat(Files.readString(moved)).isEqualTo("by " + name);
        if (NAMES.indexOf(name) % 2 == 0) {
          Files.delete(moved);
        }
      }
      transaction.commit();
    }
    kit.restart();
    for (String name : NAMES) {
      assertThat(kit.root().exists("/" + name)).isEqualTo(NAMES.indexOf(name) % 2 == 1);
      assertThat(kit.root().list("/d/" + name)).isEmpty();
    }
  }

  /** Half of a character has no bytes in UTF-8: it would come back as another name. */
  @Test
  void whatIsNoTextIsNoName() throws IOException {
    try (Transaction transaction = kit.pond().begin()) {
      WorkingDirectory root = transaction.root();
      for (String name : List.of("\ud83d", "\udd86", "a\udd86\ud83db", "x\0y", "x".repeat(256))) {
        assertRefused(() -> root.createFile("/d/" + name, bytes("")), "/d/" + name);
        assertRefused(() -> root.createDirectory("/d/" + name), "/d/" + name);
        assertRefused(() -> root.createSymlink("/d/" + name, "x"), "/d/" + name);
        assertRefused(() -> root.rename("/d/-", "/d/" + name), "/d/" + name);
        assertRefused(() -> root.copy("/d/-", "/d/" + name), "/d/" + name);
        assertRefused(() -> root.exists("/d/" + name), "/d/" + name);
      }
      assertThat(transaction.dirty()).isEmpty();
    }
  }

  private static void assertRefused(ThrowingCallable call, String path) {
    assertThatExceptionOfType(FileSystemException.class)
        .isThrownBy(call)
        .satisfies(refusal -> assertThat(refusal.getFile()).isEqualTo(path));
  }
}
