package io.duckpond.glob;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.duckpond.path.EntryName;
import java.nio.file.FileSystemException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The dialect, pattern by pattern, on paths without a tree. */
class GlobTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = ' ',
      value = {
        "*.txt a.txt.txt a.txt",
        "a*b abab ba",
        "*-* a-b-c a|b-c",
        "a**b axb x",
        "?? ab a|b",
        "?x 🦆x 🦆",
        "[a-c]x bx b",
        "[!a-c]x dx d",
        "[^a-c]x dx d",
        "[]x]y ]y ]",
        "[a-]y -y -",
        "[\\]]y ]y ]",
        "[🐕-🦆] 🦁 🦁",
        "{b,d}x dx d",
        "{a,{b,c}d}x cdx cd",
        "{a,ab}c abc ab",
        "{*.c,*.h} x.h x.h",
        "x{,y} x ''",
        "a] a] ''",
        "a,b} a,b} ''",
        "\\*\\?\\[\\{ *?[{ ''",
        "a/**/z a/z ''",
        "a/**/z a/b/c/z b|c",
        "**/a/**/x a/a/x a",
        "** a/b a|b",
        "a/** a/b/c b|c",
        "/a//b/./* a/b/c c"
      })
  void captures(String pattern, String path, String captures) throws FileSystemException {
    List<String> expected =
        captures == null || captures.isEmpty() && !pattern.contains("{,")
            ? List.of()
            : Arrays.asList(captures.split("\\|", -1));

    assertThat(match(pattern, path, GlobOptions.Hidden.EXPLICIT)).contains(expected);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ' ',
      value = {
        "*.txt a.txt/b",
        "a*b aba",
        "? ab",
        "[a-c] d",
        "[!a-c] b",
        "{b,d} bd",
        "a/** a",
        "* a/b",
        "A a",
        "é e\u0301",
        "../a a",
        "a/../b b"
      })
  void doesNotMatch(String pattern, String path) throws FileSystemException {
    assertThat(match(pattern, path, GlobOptions.Hidden.ALL)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ' ',
      value = {
        "* .a false",
        "*a .a false",
        "?a .a false",
        "[.]a .a false",
        "[!b]a .a false",
        "{*,b} .a false",
        "** .a/b false",
        "** a/.b false",
        ".* .a true",
        "\\.a .a true",
        "{b,.a} .a true",
        "{,.}a .a true",
        ".a/* .a/b true",
        "a* a.b true"
      })
  void hiddenNamesMatchWhereThePatternHasTheDot(String pattern, String path, boolean explicitly)
      throws FileSystemException {
    assertThat(match(pattern, path, GlobOptions.Hidden.EXPLICIT).isPresent()).isEqualTo(explicitly);
    assertThat(match(pattern, path, GlobOptions.Hidden.ALL)).isPresent();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "a/[bc|no ']' for a '['",
        "[a/b]|no ']' for a '['",
        "[]|no ']' for a '['",
        "[!]|no ']' for a '['",
        "[z-a]|the range z-a is empty",
        "{a,b|no '}' for a '{'",
        "{a/b,c}|a '/' between '{' and '}'",
        "a\\|nothing after a '\\'",
        "a\\/b|nothing after a '\\'",
        "[a\\|nothing after a '\\'",
        "*/../b|'..' after a wildcard",
        "''|without a character"
      })
  void refusesWhatIsNoPattern(String pattern, String what) {
    assertThatExceptionOfType(FileSystemException.class)
        .isThrownBy(() -> Glob.parse(pattern))
        .satisfies(
            refusal -> {
              assertThat(refusal.getFile()).isEqualTo(pattern);
              assertThat(refusal.getReason()).isEqualTo("not a glob: " + what);
            });
  }

  @Test
  void refusesWhatIsTooLongOrTooDeep() {
    assertThatExceptionOfType(FileSystemException.class)
        .isThrownBy(() -> Glob.parse("*".repeat(4097)))
        .withMessageContaining("4097 bytes, more than 4096");
    assertThatExceptionOfType(FileSystemException.class)
        .isThrownBy(() -> Glob.parse("a".repeat(256)))
        .withMessageContaining("name of 256 bytes, more than 255");
    assertThatExceptionOfType(FileSystemException.class)
        .isThrownBy(() -> Glob.parse("{".repeat(101) + "}".repeat(101)))
        .withMessageContaining("more than 100 braces in one another");
    assertThatExceptionOfType(FileSystemException.class)
        .isThrownBy(() -> Glob.parse("a\ud800"))
        .withMessageContaining("not Unicode text");
  }

  @ParameterizedTest
  @ValueSource(strings = {"/", ".", "./", "/."})
  void theStartMatchesNothingBelowIt(String pattern) throws FileSystemException {
    assertThat(Glob.parse(pattern).match(List.of(), GlobOptions.Hidden.ALL)).contains(List.of());
    assertThat(match(pattern, "a", GlobOptions.Hidden.ALL)).isEmpty();
    assertThat(match(pattern, "a/b", GlobOptions.Hidden.ALL)).isEmpty();
  }

  /** Trying every way takes 10^40 steps for the first, and more for the others. */
  @Test
  void manyWildcardsTakeNoExponentialTime() throws FileSystemException {
    String name = "a".repeat(250);

    assertThat(match("*a".repeat(60) + "b", name, GlobOptions.Hidden.ALL)).isEmpty();
    assertThat(match("{a,aa,*a}".repeat(60) + "b", name, GlobOptions.Hidden.ALL)).isEmpty();
    assertThat(match("**/".repeat(200) + "b", "a/".repeat(1000) + "a", GlobOptions.Hidden.ALL))
        .isEmpty();
  }

  private static Optional<List<String>> match(
      String pattern, String path, GlobOptions.Hidden hidden) throws FileSystemException {
    return Glob.parse(pattern)
        .match(Arrays.stream(path.split("/")).map(EntryName::new).toList(), hidden);
  }
}
