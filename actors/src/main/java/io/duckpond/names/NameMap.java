package io.duckpond.names;

import io.duckpond.path.EntryName;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/**
 * An immutable map from names, in their order, for directories of one entry or of a million:
 * finding and changing one name is logarithmic, a changed map shares all but a path with the one
 * before, and a name takes two bytes beside its letters.
 *
 * <pre>
 *   Branch     | "g" | "p" |          separators: names from "g" on are in the second child
 *            /     |     \
 *   Leaf  a b d   g k m   p t z       32 to 64 names a node, packed; their values beside them
 * </pre>
 *
 * <p>Names are made when they are asked for: whoever needs the values alone asks for {@link
 * #values}.
 */
public final class NameMap<V> extends NameView<V> {
  private static final NameMap<?> EMPTY =
      new NameMap<>(new Leaf<>(PackedNames.NONE, new Object[0]));

  private NameMap(Node<V> root) {
    super(root, 0, root.size());
  }

  /** Returns the map without names. */
  @SuppressWarnings("unchecked") // nothing of any type is in it
  public static <V> NameMap<V> empty() {
    return (NameMap<V>) EMPTY;
  }

  /** Returns a map of the same content, in linear time. */
  public static <V> NameMap<V> fromSortedMap(SortedMap<EntryName, ? extends V> map) {
    if (map.isEmpty()) {
      return empty();
    }
    List<Node<V>> level = new ArrayList<>();
    List<byte[]> separators = new ArrayList<>();
    int parts = (map.size() + Node.MAX - 1) / Node.MAX;
    int done = 0;
    PackedNames names = PackedNames.NONE;
    List<Object> values = new ArrayList<>();
    for (Map.Entry<EntryName, ? extends V> entry : map.entrySet()) {
      byte[] name = utf8(entry.getKey());
      if (values.isEmpty() && !level.isEmpty()) {
        separators.add(name);
      }
      names = names.insert(names.size(), name);
      values.add(entry.getValue());
      done++;
      if (done == endOf(level.size(), parts, map.size())) {
        level.add(new Leaf<>(names, values.toArray()));
        names = PackedNames.NONE;
        values.clear();
      }
    }
    while (level.size() > 1) {
      level = above(level, separators);
    }
    return new NameMap<>(level.get(0));
  }

  /** Puts branches over a level; leaves the separators between those. */
  private static <V> List<Node<V>> above(List<Node<V>> level, List<byte[]> separators) {
    List<Node<V>> branches = new ArrayList<>();
    List<byte[]> between = new ArrayList<>();
    int parts = (level.size() + Node.MAX - 1) / Node.MAX;
    int start = 0;
    for (int part = 0; part < parts; part++) {
      int end = endOf(part, parts, level.size());
      PackedNames names = PackedNames.NONE;
      for (byte[] separator : separators.subList(start, end - 1)) {
        names = names.insert(names.size(), separator);
      }
      branches.add(new Branch<>(names, level.subList(start, end).toArray()));
      if (end < level.size()) {
        between.add(separators.get(end - 1));
      }
      start = end;
    }
    separators.clear();
    separators.addAll(between);
    return branches;
  }

  /** Returns where a part ends if {@code all} are divided evenly. */
  private static int endOf(int part, int parts, int all) {
    return (int) ((part + 1L) * all / parts);
  }

  @Override
  public @Nullable V get(Object key) {
    return key instanceof EntryName name ? get(utf8(name)) : null;
  }

  private @Nullable V get(byte[] name) {
    return root.find(name, 0, name.length);
  }

  /**
   * Returns what the name in a piece of UTF-8 text has, which need not be a valid one; null if it
   * has nothing.
   */
  public @Nullable V get(byte[] text, int from, int to) {
    return root.find(text, from, to);
  }

  /** Returns the map in which {@code name} has {@code value}. */
  public NameMap<V> plus(EntryName name, V value) {
    Node<V> changed = root.plus(utf8(name), value);
    if (changed.isWide()) {
      int half = changed.width() / 2;
      changed =
          new Branch<>(
              PackedNames.NONE.insert(0, changed.separator(half)),
              new Object[] {changed.first(half), changed.rest(half)});
    }
    return new NameMap<>(changed);
  }

  /** Returns the map in which {@code name} has nothing. */
  public NameMap<V> minus(EntryName name) {
    Node<V> changed = root.minus(utf8(name));
    if (changed == root) {
      return this;
    }
    if (changed instanceof Branch<V> branch && branch.width() == 1) {
      changed = branch.child(0);
    }
    return new NameMap<>(changed);
  }
}
