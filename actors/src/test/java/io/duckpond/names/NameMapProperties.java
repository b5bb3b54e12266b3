package io.duckpond.names;

import static org.assertj.core.api.Assertions.assertThat;

import io.duckpond.harness.Harness;
import io.duckpond.path.EntryName;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** A map of names does what a {@link TreeMap} does, and its earlier selves stay as they were. */
class NameMapProperties {

  @Test
  void anySequenceOfChangesAgreesWithATreeMap() {
    Harness harness = Harness.named("name-map");
    for (int run = 0; run < Harness.size(24, 2000); run++) {
      Random random = harness.random(run);
      Names names = new Names(random);
      TreeMap<EntryName, Integer> expected = start(random, names);
      NameMap<Integer> map = NameMap.fromSortedMap(expected);
      int steps = 1 + random.nextInt(2000);
      int removals = random.nextInt(100);
      for (int step = 0; step < steps; step++) {
        EntryName name = names.next(expected);
        if (random.nextInt(100) < removals) {
          map = map.minus(name);
          expected.remove(name);
        } else {
          map = map.plus(name, step);
          expected.put(name, step);
        }
      }
      assertAgree(map, expected, names, harness.at(run));
    }
  }

  @Test
  void earlierMapsStayAsTheyWere() {
    Harness harness = Harness.named("name-map-history");
    Random random = harness.random(0);
    Names names = new Names(random);
    TreeMap<EntryName, Integer> expected = start(random, names);
    NameMap<Integer> map = NameMap.fromSortedMap(expected);
    List<NameMap<Integer>> maps = new ArrayList<>();
    List<Map<EntryName, Integer>> copies = new ArrayList<>();
    for (int step = 0; step < 3000; step++) {
      EntryName name = names.next(expected);
      if (random.nextBoolean()) {
        map = map.minus(name);
        expected.remove(name);
      } else {
        map = map.plus(name, step);
        expected.put(name, step);
      }
      if (step % 300 == 0) {
        maps.add(map);
        copies.add(new TreeMap<>(expected));
      }
    }

    for (int i = 0; i < maps.size(); i++) {
      assertThat(maps.get(i)).as(harness.at(i)).isEqualTo(copies.get(i));
    }
  }

  @Test
  void aMapIsEmptiedNameByName() {
    Harness harness = Harness.named("name-map-emptied");
    Random random = harness.random(0);
    TreeMap<EntryName, Integer> expected = new TreeMap<>();
    for (int i = 0; i < 9000; i++) {
      expected.put(new EntryName("e" + i), i);
    }
    NameMap<Integer> map = NameMap.fromSortedMap(expected);
    List<EntryName> left = new ArrayList<>(expected.keySet());

    while (!left.isEmpty()) {
      EntryName name = left.remove(random.nextInt(left.size()));
      map = map.minus(name);
      assertThat(map.get(name)).as(harness.at(left.size())).isNull();
      assertThat(map).hasSize(left.size());
    }

    assertThat(map).isEqualTo(NameMap.empty());
  }

  private static TreeMap<EntryName, Integer> start(Random random, Names names) {
    TreeMap<EntryName, Integer> map = new TreeMap<>();
    int[] sizes = {0, 1, 63, 64, 65, 300, 64 * 64 + 1, 9000};
    int size = sizes[random.nextInt(sizes.length)];
    while (map.size() < size) {
      map.put(names.fresh(), -map.size());
    }
    return map;
  }

  private static void assertAgree(
      NameMap<Integer> map, TreeMap<EntryName, Integer> expected, Names names, String at) {
    assertThat(map.size()).as(at).isEqualTo(expected.size());
    assertThat(List.copyOf(map.entrySet())).as(at).isEqualTo(List.copyOf(expected.entrySet()));
    assertThat(List.copyOf(map.keySet())).as(at).isEqualTo(List.copyOf(expected.keySet()));
    assertThat(List.copyOf(map.values())).as(at).isEqualTo(List.copyOf(expected.values()));
    assertThat(map).as(at).isEqualTo(expected).hasSameHashCodeAs(expected);
    if (!expected.isEmpty()) {
      assertThat(map.firstKey()).as(at).isEqualTo(expected.firstKey());
      assertThat(map.lastKey()).as(at).isEqualTo(expected.lastKey());
    }
    for (int i = 0; i < 4; i++) {
      EntryName one = names.next(expected);
      EntryName other = names.next(expected);
      EntryName low = one.compareTo(other) < 0 ? one : other;
      EntryName high = low == one ? other : one;
      assertThat(map.get(one)).as(at).isEqualTo(expected.get(one));
      assertSame(map.headMap(one), expected.headMap(one), other, at);
      assertSame(map.tailMap(one), expected.tailMap(one), other, at);
      assertSame(map.subMap(low, high), expected.subMap(low, high), other, at);
      assertSame(map.tailMap(low).headMap(high), expected.tailMap(low).headMap(high), other, at);
    }
  }

  private static void assertSame(
      SortedMap<EntryName, Integer> part,
      SortedMap<EntryName, Integer> expected,
      EntryName asked,
      String at) {
    assertThat(part.size()).as(at).isEqualTo(expected.size());
    assertThat(List.copyOf(part.entrySet())).as(at).isEqualTo(List.copyOf(expected.entrySet()));
    assertThat(part.get(asked)).as(at).isEqualTo(expected.get(asked));
  }

  /** Short and long names, near each other and apart, of letters of one to four bytes. */
  private static final class Names {
    private static final String[] LETTERS = {
      "a", "b", "c", "~", "é", "ж", "語", "\uFFFD", "😀", "𐍈"
    };
    private final Random random;

    Names(Random random) {
      this.random = random;
    }

    /** A name that is there, as often as not. */
    EntryName next(TreeMap<EntryName, Integer> map) {
      EntryName fresh = fresh();
      EntryName near = map.ceilingKey(fresh);
      return near == null || random.nextBoolean() ? fresh : near;
    }

    EntryName fresh() {
      StringBuilder name = new StringBuilder(random.nextBoolean() ? "common prefix " : "");
      int letters = 1 + random.nextInt(random.nextInt(20) == 0 ? 55 : 6);
      for (int i = 0; i < letters; i++) {
        name.append(LETTERS[random.nextInt(LETTERS.length)]);
      }
      return new EntryName(name.toString());
    }
  }
}
