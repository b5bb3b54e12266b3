package io.duckpond.transaction;

import java.util.AbstractMap;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A map whose changes can be undone, in the order in which keys came. */
final class UndoableMap<K, V> extends AbstractMap<K, V> {
  private final Map<K, V> map = new LinkedHashMap<>();
  private final Undo undo;

  UndoableMap(Undo undo) {
    this.undo = undo;
  }

  @Override
  public @Nullable V get(Object key) {
    return map.get(key);
  }

  @Override
  public boolean containsKey(Object key) {
    return map.containsKey(key);
  }

  @Override
  public @Nullable V put(K key, V value) {
    note(key);
    return map.put(key, value);
  }

  @Override
  @SuppressWarnings("unchecked") // whatever is not a K is not in the map
  public @Nullable V remove(Object key) {
    if (!map.containsKey(key)) {
      return null;
    }
    note((K) key);
    return map.remove(key);
  }

  private void note(K key) {
    if (!undo.isNoting()) {
      return;
    }
    V before = map.get(key);
    undo.note(
        this,
        key,
        () -> {
          if (before == null) {
            map.remove(key);
          } else {
            map.put(key, before);
          }
        });
  }

  /** Forgets everything, which cannot be undone. */
  @Override
  public void clear() {
    map.clear();
  }

  /** Returns the entries, to look at only. */
  @Override
  public Set<Entry<K, V>> entrySet() {
    return Collections.unmodifiableMap(map).entrySet();
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return this == other; // who notes changes asks for this very map
  }

  @Override
  public int hashCode() {
    return System.identityHashCode(this);
  }
}
