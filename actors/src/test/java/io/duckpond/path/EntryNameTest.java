package io.duckpond.path;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EntryNameTest {

  @ParameterizedTest
  @ValueSource(strings = {"", ".", "..", "a/b", "/", "a\0", "\uD83E", "x\uDD86"})
  void whatIsNoNameIsRefused(String value) {
    assertThat(EntryName.problemOf(value)).isNotEmpty();
    assertThatIllegalArgumentException().isThrownBy(() -> new EntryName(value));
  }

  @ParameterizedTest
  @ValueSource(strings = {" ", "...", ".a", "-rf", "a\nb", "🦆", "\\", "*", "con"})
  void anyOtherTextIsAName(String value) {
    assertThat(new EntryName(value)).hasToString(value);
  }

  @Test
  void orderAndLengthAreThoseOfTheBytes() {
    long seed = 20261123;
    Random random = new Random(seed);
    for (int i = 0; i < 20_000; i++) {
      EntryName left = random(random);
      EntryName right = random(random);

      int byBytes = Arrays.compareUnsigned(bytes(left), bytes(right));

      assertThat(Integer.signum(left.compareTo(right)))
          .as("seed %d: %s and %s", seed, left, right)
          .isEqualTo(Integer.signum(byBytes));
      assertThat(Utf8.lengthOf(left.value())).isEqualTo(bytes(left).length);
    }
  }

  private static byte[] bytes(EntryName name) {
    return name.value().getBytes(UTF_8);
  }

  // Few characters, so that prefixes are shared; each of another length in UTF-8.
  private static EntryName random(Random random) {
    int[] characters = {'a', 'z', 0xE9, 0xFFFD, 0x1F986, 0x10FFFF};
    StringBuilder name = new StringBuilder();
    int length = 1 + random.nextInt(4);
    for (int i = 0; i < length; i++) {
      name.appendCodePoint(characters[random.nextInt(characters.length)]);
    }
    return new EntryName(name.toString());
  }
}
