package io.duckpond.names;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A node of the tree that a {@link NameMap} is. Immutable: a change makes new nodes along one path
 * and shares all others. Between two calls a node may be too wide or too narrow; whoever holds it
 * mends that at once.
 */
abstract sealed class Node<V> permits Leaf, Branch {

  /** Most names of a leaf, most children of a branch. */
  static final int MAX = 64;

  /** Fewest, but for the root. */
  static final int MIN = MAX / 2;

  /** Returns the number of names in a leaf, of children in a branch. */
  abstract int width();

  /** Returns the number of names in and below. */
  abstract int size();

  /** Returns what a name, {@code from} until before {@code to}, has; null if nothing. */
  abstract @Nullable V find(byte[] name, int from, int to);

  /** Returns how many names are before {@code name}. */
  abstract int rank(byte[] name);

  /** Returns the node with one name more, or another value for one; perhaps too wide. */
  abstract Node<V> plus(byte[] name, V value);

  /** Returns the node without a name, this one if it has none; perhaps too narrow. */
  abstract Node<V> minus(byte[] name);

  /** Returns the part with the first {@code width} names or children. */
  abstract Node<V> first(int width);

  /** Returns the part without the first {@code width}. */
  abstract Node<V> rest(int width);

  /** Returns the name that parts {@link #first} from {@link #rest}. */
  abstract byte[] separator(int width);

  /** Returns this node and, after {@code separator}, its right neighbour; perhaps too wide. */
  abstract Node<V> join(byte[] separator, Node<V> right);

  final boolean isWide() {
    return width() > MAX;
  }

  final boolean isNarrow() {
    return width() < MIN;
  }

  static Object[] insert(Object[] array, int index, Object value) {
    Object[] longer = new Object[array.length + 1];
    System.arraycopy(array, 0, longer, 0, index);
    longer[index] = value;
    System.arraycopy(array, index, longer, index + 1, array.length - index);
    return longer;
  }

  static Object[] remove(Object[] array, int index) {
    Object[] shorter = new Object[array.length - 1];
    System.arraycopy(array, 0, shorter, 0, index);
    System.arraycopy(array, index + 1, shorter, index, shorter.length - index);
    return shorter;
  }

  static Object[] join(Object[] left, Object[] right) {
    Object[] both = Arrays.copyOf(left, left.length + right.length);
    System.arraycopy(right, 0, both, left.length, right.length);
    return both;
  }

  static Object[] replace(Object[] array, int index, Object value) {
    Object[] changed = array.clone();
    changed[index] = value;
    return changed;
  }
}
