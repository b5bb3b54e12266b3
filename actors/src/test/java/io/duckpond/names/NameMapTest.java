package io.duckpond.names;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.duckpond.path.EntryName;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class NameMapTest {
  private static final EntryName A = new EntryName("a");
  private static final EntryName B = new EntryName("b");

  @Test
  void aNameOfAPathIsFoundWhereItStands() {
    NameMap<Integer> map = NameMap.<Integer>empty().plus(new EntryName("größe"), 7).plus(A, 1);
    byte[] path = "/a/größe/b".getBytes(UTF_8);

    assertThat(map.get(path, 1, 2)).isEqualTo(1);
    assertThat(map.get(path, 3, 10)).isEqualTo(7);
    assertThat(map.get(path, 3, 9)).isNull();
    assertThat(map.get(path, 1, 1)).isNull();
  }

  @Test
  void namesAreInTheOrderOfTheirBytes() {
    EntryName lastOfThreeBytes = new EntryName("\uFFFD");
    EntryName ofFourBytes = new EntryName("😀");

    NameMap<Integer> map = NameMap.<Integer>empty().plus(ofFourBytes, 2).plus(lastOfThreeBytes, 1);

    assertThat(map.keySet()).containsExactly(lastOfThreeBytes, ofFourBytes);
  }

  @Test
  void aPageOfAMillionNamesIsAFewSteps() {
    TreeMap<EntryName, Integer> all = new TreeMap<>();
    for (int i = 0; i < 100_000; i++) {
      all.put(new EntryName("entry-%06d".formatted(i)), i);
    }
    NameMap<Integer> map = NameMap.fromSortedMap(all);

    SortedMap<EntryName, Integer> rest = map.tailMap(new EntryName("entry-050000"));

    assertThat(rest).hasSize(50_000);
    assertThat(rest.keySet().stream().limit(3).map(EntryName::value))
        .containsExactly("entry-050000", "entry-050001", "entry-050002");
  }

  @Test
  void changingNothingReturnsTheSameMap() {
    NameMap<Integer> map = NameMap.<Integer>empty().plus(A, 1);

    assertThat(map.minus(B)).isSameAs(map);
  }

  @Test
  void whatIsNoNameHasNothing() {
    NameMap<Integer> map = NameMap.<Integer>empty().plus(A, 1);

    assertThat(map.containsKey((Object) "a")).isFalse();
    assertThat(map.tailMap(A).containsKey((Object) "a")).isFalse();
  }

  @Test
  void anEmptyMapHasNoFirstName() {
    assertThatExceptionOfType(NoSuchElementException.class)
        .isThrownBy(() -> NameMap.empty().firstKey());
    assertThatExceptionOfType(NoSuchElementException.class)
        .isThrownBy(() -> NameMap.empty().lastKey());
    assertThat(List.copyOf(NameMap.empty().entrySet())).isEmpty();
  }

  @Test
  void boundsInTheWrongOrderAreRefused() {
    NameMap<Integer> map = NameMap.<Integer>empty().plus(A, 1);

    assertThatIllegalArgumentException().isThrownBy(() -> map.subMap(B, A));
  }
}
