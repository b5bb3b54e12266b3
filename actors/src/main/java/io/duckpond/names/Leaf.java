package io.duckpond.names;

import io.duckpond.path.EntryName;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Names and what they have. */
final class Leaf<V> extends Node<V> {
  private final PackedNames names;
  private final Object[] values;

  Leaf(PackedNames names, Object[] values) {
    this.names = names;
    this.values = values;
  }

  EntryName name(int index) {
    return names.get(index);
  }

  @SuppressWarnings("unchecked") // only a V is ever put there
  V value(int index) {
    return (V) values[index];
  }

  @Override
  int width() {
    return values.length;
  }

  @Override
  int size() {
    return values.length;
  }

  @Override
  @Nullable V find(byte[] name, int from, int to) {
    int index = names.search(name, from, to);
    return index < 0 ? null : value(index);
  }

  @Override
  int rank(byte[] name) {
    int index = names.search(name, 0, name.length);
    return index < 0 ? -index - 1 : index;
  }

  @Override
  Node<V> plus(byte[] name, V value) {
    int index = names.search(name, 0, name.length);
    return index < 0
        ? new Leaf<>(names.insert(-index - 1, name), insert(values, -index - 1, value))
        : new Leaf<>(names, replace(values, index, value));
  }

  @Override
  Node<V> minus(byte[] name) {
    int index = names.search(name, 0, name.length);
    return index < 0 ? this : new Leaf<>(names.remove(index), remove(values, index));
  }

  @Override
  Node<V> first(int width) {
    return new Leaf<>(names.slice(0, width), Arrays.copyOf(values, width));
  }

  @Override
  Node<V> rest(int width) {
    return new Leaf<>(
        names.slice(width, values.length), Arrays.copyOfRange(values, width, values.length));
  }

  @Override
  byte[] separator(int width) {
    return names.bytes(width);
  }

  @Override
  Node<V> join(byte[] separator, Node<V> right) {
    Leaf<V> other = (Leaf<V>) right;
    return new Leaf<>(names.join(other.names), join(values, other.values));
  }
}
