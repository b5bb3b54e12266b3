package io.duckpond.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.duckpond.launcher.render.Modes;
import io.duckpond.launcher.render.Names;
import io.duckpond.launcher.render.ShellWords;
import io.duckpond.launcher.render.Sizes;
import io.duckpond.launcher.render.Times;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Values as text. */
class RenderTest {

  @Test
  void namesCannotPlayWithTheTerminal() {
    String hostile = "a\nb\t\033[31m\u202e\\ü\ud83d\ude00";

    assertThat(Names.ESCAPED.show(hostile)).isEqualTo("a\\nb\\t\\x1b[31m\\u202e\\\\ü\ud83d\ude00");
    assertThat(Names.RAW.show(hostile)).isEqualTo(hostile);
  }

  @ParameterizedTest
  @CsvSource({
    "0, 0 B",
    "999, 999 B",
    "1000, 1.0 kB",
    "1300, 1.3 kB",
    "9949, 9.9 kB",
    "9951, 10 kB",
    "999499, 999 kB",
    "999500, 1.0 MB",
    "3100000, 3.1 MB",
    "9223372036854775807, 9.2 EB"
  })
  void sizesHaveDecimalUnits(long bytes, String shown) {
    assertThat(Sizes.bytes(bytes)).isEqualTo(shown);
  }

  @ParameterizedTest
  @CsvSource({
    "1, directory, 1 directory",
    "2, directory, 2 directories",
    "0, entry, 0 entries",
    "1, symlink, 1 symlink",
    "3, data file, 3 data files"
  })
  void countsAgreeWithTheirNouns(long count, String noun, String shown) {
    assertThat(Sizes.count(count, noun)).isEqualTo(shown);
  }

  @Test
  void timesBeforeTheEpochAreNoDifferent() {
    assertThat(Times.utc(Times.ofMicros(-1))).isEqualTo("1969-12-31T23:59:59.999999Z");
    assertThat(Times.local(Times.ofNanos(-1), ZoneOffset.UTC)).isEqualTo("1969-12-31 23:59:59");
    assertThat(Times.utc(Times.ofMicros(1_795_352_561_120_133L)))
        .isEqualTo("2026-11-22T13:02:41.120133Z");
  }

  @Test
  void modesAreNineLetters() {
    assertThat(Modes.letters(0644)).isEqualTo("rw-r--r--");
    assertThat(Modes.letters(0751)).isEqualTo("rwxr-x--x");
    assertThat(Modes.letters(0)).isEqualTo("---------");
  }

  @Test
  void wordsAreReadAsAShellReadsThem() {
    assertThat(ShellWords.split("put --text 'it''s' \"a \\\"b\\\" \\c\" d\\ e # no more"))
        .containsExactly("put", "--text", "its", "a \"b\" \\c", "d e");
    assertThat(ShellWords.split("  # only words")).isEmpty();
    assertThat(ShellWords.split("a#b '' \"\"")).containsExactly("a#b", "", "");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> ShellWords.split("cat 'a"))
        .withMessage("no closing ' quote");
  }

  @Test
  void quotedWordsReadBackAsTheyWere() {
    List<String> words = List.of("mv", "a b", "it's", "", "ü", "$HOME", "x\ny", "-n", "#c");

    assertThat(ShellWords.split(ShellWords.join(words))).isEqualTo(words);
    assertThat(ShellWords.join(List.of("ln", "-s", "notes.txt", "latest")))
        .isEqualTo("ln -s notes.txt latest");
  }

  @Test
  void theLogKeepsTheVerbAndItsWordsOnly() {
    assertThat(
            CommandText.withoutGlobals(
                List.of(
                    "--pond",
                    "/p",
                    "-q",
                    "mkdir",
                    "-p",
                    "-m",
                    "why",
                    "--color=never",
                    "/a",
                    "--",
                    "-q")))
        .containsExactly("mkdir", "-p", "/a", "--", "-q");
  }
}
