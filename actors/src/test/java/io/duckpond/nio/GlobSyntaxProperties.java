package io.duckpond.nio;

import static org.assertj.core.api.Assertions.assertThat;

import io.duckpond.harness.Harness;
import java.io.IOException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.util.List;
import java.util.Random;
import java.util.regex.PatternSyntaxException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * Path matchers answer, and refuse patterns, as the JDK's own do; but for a range that ends with a
 * character that means something in a regular expression, which the JDK does not take as it is.
 */
class GlobSyntaxProperties {
  private static final FileSystem UNIX = FileSystems.getDefault();
  private static final int GLOBS = 5_000;
  private static final List<String> OF_GLOBS =
      List.of(
          "a", "b", "-", ".", "*", "**", "?", "[", "]", "!", "^", "{", "}", ",", "\\", "/", "(",
          "+", "$", "&&", "[a-c]", "[!a]", "[^a]", "{a,b}", "é", "|");
  private static final List<String> OF_PATHS =
      List.of("a", "b", "-", ".", "/", "c", "^", "!", "[", "&", "é", "*", "\\", "$", ",");

  private static MemoryPond pond;

  @BeforeAll
  static void open() throws IOException {
    pond = new MemoryPond();
  }

  @AfterAll
  static void close() throws IOException {
    pond.close();
  }

  @Test
  void agreesWithTheMatchersOfUnix() {
    Harness harness = Harness.named("nio-globs");
    for (int step = 0; step < Harness.size(GLOBS, 50 * GLOBS); step++) {
      Random random = harness.random(step);
      String glob = text(random, OF_GLOBS, 6).replaceAll("-+(?=[\\[&\\^\\\\])", "");
      String path = text(random, OF_PATHS, 5);

      assertThat(answer(pond.fileSystem(), glob, path))
          .as(harness.at(step) + ": '" + glob + "', '" + path + "'")
          .isEqualTo(answer(UNIX, glob, path));
    }
  }

  private static String text(Random random, List<String> pieces, int most) {
    StringBuilder text = new StringBuilder();
    for (int length = random.nextInt(most + 1); length > 0; length--) {
      text.append(pieces.get(random.nextInt(pieces.size())));
    }
    return text.toString();
  }

  private static String answer(FileSystem fileSystem, String glob, String path) {
    try {
      return String.valueOf(
          fileSystem.getPathMatcher("glob:" + glob).matches(fileSystem.getPath(path)));
    } catch (PatternSyntaxException e) {
      return "PatternSyntaxException";
    }
  }
}
