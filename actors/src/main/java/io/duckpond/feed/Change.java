package io.duckpond.feed;

import io.duckpond.node.Entry;

/** What a transaction did to one name. Paths are absolute and follow no links. */
public sealed interface Change {

  /** Returns the path in question, as it is after the transaction. */
  String path();

  /** Returns the entry put or moved, or the one that was removed; it names the node. */
  Entry entry();

  /** The path holds {@code entry}: new, a new version, or with other attributes. */
  record Put(String path, Entry entry) implements Change {}

  /** The path is free; it held {@code entry}, with all that was below it. */
  record Removed(String path, Entry entry) implements Change {}

  /** The path holds {@code entry}, which was at {@code from} before, with all that is below it. */
  record Moved(String from, String path, Entry entry) implements Change {}
}
