package io.duckpond.transaction;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.duckpond.WorkingDirectory;
import io.duckpond.dynamic.DynamicNodeException;
import io.duckpond.dynamic.ImmutableException;
import io.duckpond.dynamic.VisitLoopException;
import io.duckpond.glob.GlobMatch;
import io.duckpond.node.Attributes;
import io.duckpond.node.Entry;
import io.duckpond.node.NodeType;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Dynamic nodes as readers see them; the rows of filesystem.md that are about them. */
class DynamicNodeTest {

  private final Scene scene = Scene.empty();
  private final WorkingDirectory root = scene.root;

  @TempDir private Path temporary;

  private void reversed() throws IOException {
    scene.file("/1/hello.txt", "hello").file("/1/test.bin", "test");
    root.createDynamic("/2", "reversed", "{\"of\":\"/1\"}");
  }

  @Test
  void reversedDirectoryIsListedAndReadAndImmutable() throws IOException {
    reversed();

    assertThat(names(root, "/2")).containsExactly("nib.tset", "txt.olleh");
    assertThat(scene.text("/2/txt.olleh")).isEqualTo("hello");
    assertThat(root.metadata("/2").type()).isEqualTo(NodeType.DYNAMIC_DIRECTORY);
    assertThat(found(root, "/2/*.olleh")).containsExactly("/2/txt.olleh");
    assertThat(root.open("/2").readBytes("nib.tset")).isEqualTo("test".getBytes(UTF_8));
    assertThatExceptionOfType(ImmutableException.class)
        .isThrownBy(() -> root.createFile("/2/new", Scene.bytes("x")))
        .satisfies(refusal -> assertThat(refusal.getFile()).isEqualTo("/2/new"));
  }

  @Test
  void everyChangeInsideIsRefused() throws IOException {
    reversed();
    scene.file("/1/d/f");
    List<String> before = scene.changes();

    assertImmutable("/2/d/new", () -> root.createDirectory("/2/d/new"));
    assertImmutable("/2/d/new", () -> root.createDirectories("/2/d/new/er"));
    assertImmutable("/2/l", () -> root.createSymlink("/2/l", "x"));
    assertImmutable("/2/txt.olleh", () -> root.write("/2/txt.olleh", Scene.bytes("x")));
    assertImmutable("/2/txt.olleh", () -> root.remove("/2/txt.olleh"));
    assertImmutable("/2/d", () -> root.removeRecursively("/2/d"));
    assertImmutable("/2/d/f", () -> root.setAttributes("/2/d/f", new Attributes(0600, 1)));
    assertImmutable("/2/d/f", () -> root.rename("/2/d/f", "/x"));
    assertImmutable("/2/x", () -> root.rename("/1/hello.txt", "/2/x"));
    assertImmutable("/2/x", () -> root.copy("/1/hello.txt", "/2/x"));
    assertImmutable("/2", () -> root.write("/2", Scene.bytes("no definition")));

    assertThat(scene.changes()).isEqualTo(before);
  }

  @Test
  void directoryThatListsAGlobOverItselfIsAVisitLoop() throws IOException {
    scene.file("/loop/f");
    root.createDynamic("/loop/visit", "glob", "{\"pattern\":\"/loop/**\"}");

    assertThatExceptionOfType(VisitLoopException.class)
        .isThrownBy(() -> root.visit("/loop/visit/**", match -> {}))
        .withMessage("/loop/visit: visit loop");
    assertThatExceptionOfType(VisitLoopException.class).isThrownBy(() -> root.list("/loop/visit"));
    assertThat(scene.text("/loop/f")).isEqualTo("/loop/f");
  }

  @Test
  void directoryThatShowsItselfIsAVisitLoopWhereItIsEntered() throws IOException {
    scene.file("/a/f", "text");
    root.createDynamic("/a/nyd", "reversed", "{\"of\":\"/a\"}");
    root.createDynamic("/t", "template", "{\"template\":\"{{content:t}}\"}");

    assertThat(names(root, "/a/nyd")).containsExactly("dyn", "f");
    assertThat(scene.text("/a/nyd/f")).isEqualTo("text");
    assertThatExceptionOfType(VisitLoopException.class).isThrownBy(() -> root.list("/a/nyd/dyn"));
    assertThatExceptionOfType(VisitLoopException.class)
        .isThrownBy(() -> root.visit("/a/**", match -> {}));
    assertThatExceptionOfType(VisitLoopException.class).isThrownBy(() -> scene.text("/t"));
  }

  @Test
  void globDirectoryIsNamedByCaptures() throws IOException {
    scene.file("/logs/a/1.txt", "one").file("/logs/b/2.txt", "two").link("/logs/b/3.txt", "2.txt");
    scene.link("/logs/b/4.txt", "none");
    root.createDynamic("/flat", "glob", "{\"pattern\":\"logs/*/*.txt\"}");
    root.createDynamic(
        "/named", "glob", "{\"pattern\":\"/logs/*/*.txt\",\"name\":\"{2}-{1}-{0}\"}");
    root.createDynamic("/dirs", "glob", "{\"pattern\":\"/logs/*\"}");

    assertThat(names(root, "/flat")).containsExactly("a_1", "b_2", "b_3");
    assertThat(scene.text("/flat/b_3")).isEqualTo("two");
    assertThat(names(root, "/named")).containsExactly("1-a-1.txt", "2-b-2.txt", "3-b-3.txt");
    assertThat(scene.text("/dirs/a/1.txt")).isEqualTo("one");
    assertThat(found(root, "/dirs/**")).contains("/dirs/a", "/dirs/a/1.txt", "/dirs/b/2.txt");
  }

  @Test
  void templateIsFilledFromOtherNodes() throws IOException {
    scene.file("/d/name", "World").file("/d/other", "12345");
    root.createDynamic(
        "/d/page",
        "template",
        "{\"template\":\"Hello {{content:name}}, {{size:/d/other}} {{type:.}}, {{\\\"{{\\\"}}\\n"
            + "{{list:/d}}\"}");

    assertThat(scene.text("/d/page"))
        .isEqualTo("Hello World, 5 directory, {{\nname\nother\npage\n");
    root.write("/d/name", Scene.bytes("Moon"));
    assertThat(scene.text("/d/page")).startsWith("Hello Moon,");
  }

  @Test
  void everyStateHasItsOwnResults() throws IOException {
    scene.file("/d/name", "old");
    root.createDynamic("/page", "template", "{\"template\":\"{{content:/d/name}}\"}");
    WorkingDirectory past = TreeWorkingDirectory.of(scene.commit().pin);
    root.write("/d/name", Scene.bytes("new"));
    root.redefine("/page", "template", "{\"template\":\"<{{content:/d/name}}>\"}");

    assertThat(scene.text("/page")).isEqualTo("<new>");
    assertThat(root.metadata("/page").version()).isEqualTo(2);
    assertThat(past.readBytes("/page")).isEqualTo("old".getBytes(UTF_8));
    assertThat(past.definition("/page").configuration())
        .hasToString("{\"template\":\"{{content:/d/name}}\"}");
  }

  @Test
  void noNodeLeadsOutOfAChroot() throws IOException {
    scene.file("/secret", "secret").file("/a/secret", "mine");
    root.createDynamic("/a/t", "template", "{\"template\":\"{{content:/secret}}\"}");

    assertThat(scene.text("/a/t")).isEqualTo("secret");
    assertThat(root.open("/a").chroot().readBytes("/t")).isEqualTo("mine".getBytes(UTF_8));
  }

  @Test
  void brokenNodesFailByNameAndAllElseGoesOn() throws IOException {
    reversed();
    root.createDynamic("/broken", "reversed", "{\"of\":\"!\"}");
    root.createDynamic("/lost", "template", "{\"template\":\"{{content:none}}\"}");

    assertThatExceptionOfType(DynamicNodeException.class)
        .isThrownBy(() -> root.list("/broken"))
        .withMessage("/broken: factory 'reversed' failed: out of order");
    assertThatExceptionOfType(DynamicNodeException.class)
        .isThrownBy(() -> scene.text("/lost"))
        .withMessage("/lost: factory 'template' failed: /none");
    assertThat(names(root, "/")).containsExactly("1", "2", "broken", "lost");
    assertThat(root.walk("/"))
        .containsKeys("broken", "1/hello.txt")
        .doesNotContainKey("2/txt.olleh");
    root.rename("/broken", "/moved");
    root.remove("/moved");
    assertThat(root.exists("/moved")).isFalse();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "none|{}|no factory 'none'; there are glob, host, reversed, template",
        "glob|{}|factory 'glob' refuses the configuration: 'pattern' is missing",
        "glob|{\"pattern\":1}|factory 'glob' refuses the configuration: 'pattern' is no text",
        "glob|{\"pattern\":\"[\"}|factory 'glob' refuses the configuration: "
            + "[: not a glob: no ']' for a '['",
        "glob|{\"pattern\":\"*\",\"x\":1}|factory 'glob' refuses the configuration: 'x' is unknown",
        "glob|[]|factory 'glob' refuses the configuration: no JSON object",
        "template|{\"template\":\"{{size\"}|factory 'template' refuses the configuration: "
            + "no '}}' for a '{{'",
        "host|{\"directory\":\"etc\"}|factory 'host' refuses the configuration: "
            + "'directory' is no absolute path: etc"
      })
  void definitionIsCheckedWhenItIsWritten(String factory, String config, String what) {
    assertThatExceptionOfType(FileSystemException.class)
        .isThrownBy(() -> root.createDynamic("/x", factory, config))
        .satisfies(
            refusal -> {
              assertThat(refusal.getFile()).isEqualTo("/x");
              assertThat(refusal.getReason()).isEqualTo(what);
            });
    assertThat(scene.changes()).isEmpty();
  }

  @Test
  void hostViewShowsLinksAsLinksAndLeadsNowhereElse() throws IOException {
    Path top = temporary.resolve("top");
    Files.createDirectories(top.resolve("sub"));
    Files.writeString(top.resolve("sub/f"), "host");
    Files.writeString(temporary.resolve("secret"), "secret");
    Files.createSymbolicLink(top.resolve("out"), Path.of("../secret"));
    Files.createSymbolicLink(top.resolve("in"), Path.of("sub/f"));
    root.createDynamic("/host", "host", "{\"directory\":\"" + top + "\"}");

    assertThat(names(root, "/host")).containsExactly("in", "out", "sub");
    assertThat(scene.text("/host/sub/f")).isEqualTo("host");
    assertThat(scene.text("/host/in")).isEqualTo("host");
    assertThat(root.exists("/host/out")).isFalse();
    assertThat(root.metadata("/host/sub/f"))
        .isInstanceOfSatisfying(Entry.Computed.class, file -> assertThat(file.size()).hasValue(4));
    assertThat(found(root, "/host/**")).contains("/host/sub", "/host/sub/f");
  }

  private static void assertImmutable(
      String path, org.assertj.core.api.ThrowableAssert.ThrowingCallable change) {
    assertThatExceptionOfType(ImmutableException.class)
        .isThrownBy(change)
        .satisfies(refusal -> assertThat(refusal.getFile()).isEqualTo(path));
  }

  private static List<String> names(WorkingDirectory from, String path) throws IOException {
    return from.list(path).keySet().stream().map(Object::toString).toList();
  }

  private static List<String> found(WorkingDirectory from, String pattern) throws IOException {
    return from.glob(pattern).map(GlobMatch::path).toList();
  }
}
