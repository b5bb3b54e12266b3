package io.duckpond.transaction;

import io.duckpond.node.Entry;
import io.duckpond.node.NodeId;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Collections;
import java.util.Deque;
import java.util.Map;
import java.util.Optional;

/**
 * Where nodes stand in a workspace: every changed directory and all above it, and every node of the
 * pin that has been moved. What was unlinked has no place; neither has what is below it.
 */
final class Locations {

  /**
   * A node that stood elsewhere at the pin.
   *
   * @param from its place at the pin
   * @param to its place now, in a directory that may have been unlinked since
   */
  record Moved(Entry entry, Place from, Place to) {}

  private final Map<NodeId, Place> directories;
  private final Map<NodeId, Moved> moved;

  Locations(Undo undo) {
    this.directories = new UndoableMap<>(undo);
    this.moved = new UndoableMap<>(undo);
  }

  /** Notes where a directory is. */
  void learn(NodeId directory, Place place) {
    directories.put(directory, place);
  }

  /** Notes that a node has moved; {@code ofPin} says whether the pin has it at {@code from}. */
  void move(Entry entry, Place from, Place to, boolean ofPin) {
    if (entry instanceof Entry.Directory) {
      directories.put(entry.child(), to);
    }
    Moved before = moved.get(entry.child());
    if (before != null) {
      moved.put(entry.child(), new Moved(entry, before.from(), to));
    } else if (ofPin) {
      moved.put(entry.child(), new Moved(entry, from, to));
    }
  }

  /** Notes that a node is gone. */
  void unlink(NodeId node) {
    directories.remove(node);
    moved.remove(node);
  }

  void clear() {
    directories.clear();
    moved.clear();
  }

  /** Returns how a node got where it is, if it was elsewhere at the pin. */
  Optional<Moved> moved(NodeId node) {
    return Optional.ofNullable(moved.get(node));
  }

  Collection<Moved> moved() {
    return Collections.unmodifiableCollection(moved.values());
  }

  /** Returns the path of a known directory from the root, or nothing if it was unlinked. */
  Optional<String> path(NodeId directory) {
    Deque<String> names = new ArrayDeque<>();
    NodeId at = directory;
    while (!at.equals(NodeId.ROOT)) {
      Place place = directories.get(at);
      if (place == null) {
        return Optional.empty();
      }
      names.push(place.name().value());
      at = place.directory();
    }
    return Optional.of("/" + String.join("/", names));
  }

  /** Returns whether a known directory can be reached from the root. */
  boolean reaches(NodeId directory) {
    return path(directory).isPresent();
  }
}
