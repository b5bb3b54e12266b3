package io.duckpond.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NodePathTest {
  private static final Entry ENTRY = new Entry.Directory(new NodeId(1, 2), new Attributes(0755, 0));

  @ParameterizedTest
  @CsvSource({
    "/, /, /, /x",
    "/a, a, /, /a/x",
    "/a/b, b, /a, /a/b/x",
    "/a/b c/é.txt, é.txt, /a/b c, /a/b c/é.txt/x"
  })
  void theNameTheDirectoryAndWhatIsBelow(String path, String basename, String dirname, String x) {
    NodePath node = new NodePath(path, ENTRY);

    assertThat(node.basename()).isEqualTo(basename);
    assertThat(node.dirname()).isEqualTo(dirname);
    assertThat(node.join("x")).isEqualTo(x);
    assertThat(node.join("x/y")).isEqualTo(x + "/y");
  }

  @Test
  void theNameJoinedToTheDirectoryIsThePath() {
    NodePath node = new NodePath("/a/b", ENTRY);

    assertThat(new NodePath(node.dirname(), ENTRY).join(node.basename())).isEqualTo("/a/b");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a", "a/b", "./a", "/a/", "//"})
  void whatIsNoNodesAbsolutePathIsRefused(String path) {
    assertThatThrownBy(() -> new NodePath(path, ENTRY))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(path);
  }
}
