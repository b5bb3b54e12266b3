package io.duckpond.glob;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.jimfs.Configuration;
import com.google.common.jimfs.Jimfs;
import io.duckpond.path.EntryName;
import java.io.IOException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystemException;
import java.nio.file.PathMatcher;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Random patterns of one name, against jimfs and against a matcher that just tries everything. */
class NamePatternProperties {
  private static final int PATTERNS = 400;
  private static final int NAMES = 12;
  private static final String CHARACTERS = "abcabcabc*.é";

  static LongStream seeds() {
    return LongStream.range(0, 10);
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void matchesWhatJimfsMatches(long seed) throws IOException {
    Random random = new Random(seed);
    try (FileSystem jimfs = Jimfs.newFileSystem(Configuration.unix())) {
      for (int i = 0; i < PATTERNS; i++) {
        String pattern = text(random, 6, 1);
        PathMatcher matcher = jimfs.getPathMatcher("glob:" + pattern);
        for (int j = 0; j < NAMES; j++) {
          String name = name(random);

          assertThat(match(pattern, name).isPresent())
              .as("seed %d, %s on %s", seed, pattern, name)
              .isEqualTo(matcher.matches(jimfs.getPath(name)));
        }
      }
    }
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void capturesWhatTryingEverythingFindsFirst(long seed) throws IOException {
    Random random = new Random(seed);
    for (int i = 0; i < PATTERNS; i++) {
      String pattern = text(random, 6, 3);
      for (int j = 0; j < NAMES; j++) {
        String name = name(random);

        assertThat(match(pattern, name))
            .as("seed %d, %s on %s", seed, pattern, name)
            .isEqualTo(BruteForce.name(pattern, name));
      }
    }
  }

  private static Optional<List<String>> match(String pattern, String name)
      throws FileSystemException {
    return Glob.parse(pattern).match(List.of(new EntryName(name)), GlobOptions.Hidden.ALL);
  }

  /** Where the dialects agree: jimfs knows no braces in braces, and no escapes in classes. */
  private static String text(Random random, int longest, int braces) {
    StringBuilder text = new StringBuilder();
    int length = 1 + random.nextInt(longest);
    while (text.length() < length) {
      int kind = random.nextInt(braces == 0 ? 8 : 10);
      switch (kind) {
        case 0 -> text.append(text.toString().endsWith("*") ? "a" : "*");
        case 1 -> text.append('?');
        case 2 -> text.append(random.nextBoolean() ? "[a-b]" : "[!bc]");
        case 3 -> text.append("\\*");
        case 8, 9 -> {
          List<String> each = new ArrayList<>();
          for (int i = 0; i <= random.nextInt(3); i++) {
            each.add(text(random, 3, braces - 1));
          }
          text.append('{').append(String.join(",", each)).append('}');
        }
        default -> text.append((char) ('a' + random.nextInt(3)));
      }
    }
    return text.toString();
  }

  private static String name(Random random) {
    StringBuilder name = new StringBuilder("abc".substring(random.nextInt(3)));
    int length = random.nextInt(6);
    for (int i = 0; i < length; i++) {
      int at = random.nextInt(CHARACTERS.length());
      name.append(CHARACTERS, at, at + 1);
    }
    return name.toString();
  }
}
