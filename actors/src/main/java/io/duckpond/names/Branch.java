package io.duckpond.names;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Nodes, and between two neighbours the name with which the right one may begin. */
final class Branch<V> extends Node<V> {
  private final PackedNames separators;
  private final Object[] children;

  /** Names in and below each child and all before it. */
  private final int[] ends;

  Branch(PackedNames separators, Object[] children) {
    this.separators = separators;
    this.children = children;
    this.ends = new int[children.length];
    int end = 0;
    for (int i = 0; i < children.length; i++) {
      end += child(i).size();
      ends[i] = end;
    }
  }

  @SuppressWarnings("unchecked") // only nodes of V are ever put there
  Node<V> child(int index) {
    return (Node<V>) children[index];
  }

  /** Returns the child that holds the name of a rank. */
  int childOf(int rank) {
    int index = Arrays.binarySearch(ends, rank);
    return index < 0 ? -index - 1 : index + 1;
  }

  /** Returns how many names are before those of a child. */
  int start(int index) {
    return index == 0 ? 0 : ends[index - 1];
  }

  private int childOf(byte[] name, int from, int to) {
    int index = separators.search(name, from, to);
    return index < 0 ? -index - 1 : index + 1;
  }

  @Override
  int width() {
    return children.length;
  }

  @Override
  int size() {
    return ends[ends.length - 1];
  }

  @Override
  @Nullable V find(byte[] name, int from, int to) {
    return child(childOf(name, from, to)).find(name, from, to);
  }

  @Override
  int rank(byte[] name) {
    int index = childOf(name, 0, name.length);
    return start(index) + child(index).rank(name);
  }

  @Override
  Node<V> plus(byte[] name, V value) {
    int index = childOf(name, 0, name.length);
    Node<V> changed = child(index).plus(name, value);
    return changed.isWide()
        ? split(index, changed)
        : new Branch<>(separators, replace(children, index, changed));
  }

  private Branch<V> split(int index, Node<V> wide) {
    int half = wide.width() / 2;
    Object[] halves = replace(children, index, wide.first(half));
    return new Branch<>(
        separators.insert(index, wide.separator(half)), insert(halves, index + 1, wide.rest(half)));
  }

  @Override
  Node<V> minus(byte[] name) {
    int index = childOf(name, 0, name.length);
    Node<V> changed = child(index).minus(name);
    if (changed == child(index)) {
      return this;
    }
    Object[] all = replace(children, index, changed);
    return changed.isNarrow() ? widened(all, index) : new Branch<>(separators, all);
  }

  /** Joins a narrow child with a neighbour; what is too wide then is split evenly. */
  @SuppressWarnings("unchecked") // as in child()
  private Branch<V> widened(Object[] all, int narrow) {
    int left = narrow == 0 ? 0 : narrow - 1;
    Node<V> before = (Node<V>) all[left];
    Node<V> joined = before.join(separators.bytes(left), (Node<V>) all[left + 1]);
    Object[] fewer = remove(replace(all, left, joined), left + 1);
    Branch<V> branch = new Branch<>(separators.remove(left), fewer);
    return joined.isWide() ? branch.split(left, joined) : branch;
  }

  @Override
  Node<V> first(int width) {
    return new Branch<>(separators.slice(0, width - 1), Arrays.copyOf(children, width));
  }

  @Override
  Node<V> rest(int width) {
    return new Branch<>(
        separators.slice(width, separators.size()),
        Arrays.copyOfRange(children, width, children.length));
  }

  @Override
  byte[] separator(int width) {
    return separators.bytes(width - 1);
  }

  @Override
  Node<V> join(byte[] separator, Node<V> right) {
    Branch<V> other = (Branch<V>) right;
    PackedNames all = separators.insert(separators.size(), separator).join(other.separators);
    return new Branch<>(all, join(children, other.children));
  }
}
