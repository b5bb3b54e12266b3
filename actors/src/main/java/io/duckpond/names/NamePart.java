package io.duckpond.names;

import io.duckpond.path.EntryName;
import org.jspecify.annotations.Nullable;

/** A part of a {@link NameMap}. */
final class NamePart<V> extends NameView<V> {
  NamePart(Node<V> root, int from, int to) {
    super(root, from, to);
  }

  @Override
  public @Nullable V get(Object key) {
    if (!(key instanceof EntryName name)) {
      return null;
    }
    byte[] bytes = utf8(name);
    int rank = root.rank(bytes);
    return rank < from || rank >= to ? null : root.find(bytes, 0, bytes.length);
  }
}
