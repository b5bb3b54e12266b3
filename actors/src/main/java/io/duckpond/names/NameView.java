package io.duckpond.names;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.duckpond.path.EntryName;
import java.util.AbstractCollection;
import java.util.AbstractMap;
import java.util.AbstractSet;
import java.util.Collection;
import java.util.Comparator;
import java.util.Iterator;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Set;
import java.util.SortedMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The names of a tree from one rank until before another. Immutable, so a part of it can be told by
 * numbers and costs nothing: {@code tailMap} and a few steps are a page of a directory, whatever
 * its size. Bounds outside of a part mean its ends.
 */
abstract class NameView<V> extends AbstractMap<EntryName, V> implements SortedMap<EntryName, V> {
  final Node<V> root;
  final int from;
  final int to;

  NameView(Node<V> root, int from, int to) {
    this.root = root;
    this.from = from;
    this.to = to;
  }

  static byte[] utf8(EntryName name) {
    return name.value().getBytes(UTF_8);
  }

  @Override
  public int size() {
    return to - from;
  }

  @Override
  public @Nullable Comparator<? super EntryName> comparator() {
    return null;
  }

  @Override
  public boolean containsKey(Object key) {
    return get(key) != null;
  }

  @Override
  public SortedMap<EntryName, V> subMap(EntryName first, EntryName end) {
    if (first.compareTo(end) > 0) {
      throw new IllegalArgumentException("'" + first + "' is after '" + end + "'");
    }
    return new NamePart<>(root, within(first), within(end));
  }

  @Override
  public SortedMap<EntryName, V> headMap(EntryName end) {
    return new NamePart<>(root, from, within(end));
  }

  @Override
  public SortedMap<EntryName, V> tailMap(EntryName first) {
    return new NamePart<>(root, within(first), to);
  }

  private int within(EntryName bound) {
    return Math.min(Math.max(root.rank(utf8(bound)), from), to);
  }

  @Override
  public EntryName firstKey() {
    return keyAt(from);
  }

  @Override
  public EntryName lastKey() {
    return keyAt(to - 1);
  }

  private EntryName keyAt(int rank) {
    if (isEmpty()) {
      throw new NoSuchElementException("an empty map has neither first nor last name");
    }
    Cursor<V> cursor = new Cursor<>(root, rank, rank + 1);
    cursor.next();
    return cursor.name();
  }

  @Override
  public Set<EntryName> keySet() {
    return new AbstractSet<>() {
      @Override
      public Iterator<EntryName> iterator() {
        return NameView.this.iterator(Cursor::name);
      }

      @Override
      public int size() {
        return NameView.this.size();
      }

      @Override
      public boolean contains(Object name) {
        return containsKey(name);
      }
    };
  }

  @Override
  public Collection<V> values() {
    return new AbstractCollection<>() {
      @Override
      public Iterator<V> iterator() {
        return NameView.this.iterator(Cursor::value);
      }

      @Override
      public int size() {
        return NameView.this.size();
      }
    };
  }

  @Override
  public Set<Map.Entry<EntryName, V>> entrySet() {
    return new AbstractSet<>() {
      @Override
      public Iterator<Map.Entry<EntryName, V>> iterator() {
        return NameView.this.iterator(cursor -> Map.entry(cursor.name(), cursor.value()));
      }

      @Override
      public int size() {
        return NameView.this.size();
      }
    };
  }

  private <T> Iterator<T> iterator(Function<Cursor<V>, T> what) {
    Cursor<V> cursor = new Cursor<>(root, from, to);
    return new Iterator<>() {
      @Override
      public boolean hasNext() {
        return cursor.hasNext();
      }

      @Override
      public T next() {
        cursor.next();
        return what.apply(cursor);
      }
    };
  }
}
