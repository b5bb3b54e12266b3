package io.duckpond.nio;

import static org.assertj.core.api.Assertions.assertThat;

import io.duckpond.harness.Harness;
import java.io.IOException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Function;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The algebra of paths is that of the JDK's own on Unix. */
class NioPathProperties {
  private static final FileSystem UNIX = FileSystems.getDefault();
  private static final int PATHS = 5_000;
  private static final List<String> PIECES =
      List.of(
          "a", "b", "ab", ".", "..", "/", "//", "/", "é", "\ud83d\ude00", "-", " ", "*", "a\nb");

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
  void agreesWithUnixPaths() {
    Harness harness = Harness.named("nio-paths");
    for (int step = 0; step < Harness.size(PATHS, 50 * PATHS); step++) {
      Random random = harness.random(step);
      String one = text(random);
      String two = text(random);

      assertThat(answers(pond.fileSystem(), one, two))
          .as(harness.at(step) + ": '" + one + "', '" + two + "'")
          .isEqualTo(answers(UNIX, one, two));
    }
  }

  private static String text(Random random) {
    StringBuilder text = new StringBuilder();
    for (int length = random.nextInt(8); length > 0; length--) {
      text.append(PIECES.get(random.nextInt(PIECES.size())));
      if (random.nextBoolean()) {
        text.append('/');
      }
    }
    return text.toString();
  }

  private static List<String> answers(FileSystem fileSystem, String one, String two) {
    Path a = fileSystem.getPath(one);
    Path b = fileSystem.getPath(two);
    List<String> answers = new ArrayList<>();
    List<Function<Path, Object>> ofOne =
        List.of(
            Path::toString,
            Path::isAbsolute,
            path -> String.valueOf(path.getRoot()),
            path -> String.valueOf(path.getFileName()),
            path -> String.valueOf(path.getParent()),
            Path::getNameCount,
            path -> path.getName(0),
            path -> path.getName(1),
            path -> path.subpath(1, 3),
            path -> path.subpath(2, 2),
            Path::normalize,
            path -> names(path),
            path -> path.hashCode() == fileSystem.getPath(one).hashCode());
    List<Function<Path, Object>> ofTwo =
        List.of(
            a::resolve,
            a::resolveSibling,
            a::relativize,
            a::startsWith,
            a::endsWith,
            a::equals,
            path -> Integer.signum(a.compareTo(path)),
            path -> fileSystem.getPath(one, two, one),
            path -> a.startsWith(two),
            path -> a.endsWith(two),
            path -> a.resolve(two));
    ofOne.forEach(question -> answers.add(answer(question, a)));
    ofTwo.forEach(question -> answers.add(answer(question, b)));
    return answers;
  }

  private static List<String> names(Path path) {
    List<String> names = new ArrayList<>();
    path.forEach(name -> names.add(name.toString()));
    return names;
  }

  private static String answer(Function<Path, Object> question, Path path) {
    try {
      return question.apply(path).toString();
    } catch (InvalidPathException | IndexOutOfBoundsException e) {
      return e.toString();
    } catch (IllegalArgumentException e) {
      return "IllegalArgumentException";
    }
  }
}
