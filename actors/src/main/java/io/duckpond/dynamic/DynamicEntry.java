package io.duckpond.dynamic;

import io.duckpond.node.Attributes;
import io.duckpond.node.Entry;
import java.util.OptionalLong;

/** What a computed directory holds under a name. */
public sealed interface DynamicEntry {

  /**
   * A node of the pond, shown at another place.
   *
   * @param path where it is, absolute as the factory sees it
   */
  record Node(Entry entry, String path) implements DynamicEntry {}

  /** A computed file; its size may be unknown until it is read. */
  record File(DynamicFile file, OptionalLong size, Attributes attributes) implements DynamicEntry {}

  /** A computed directory. */
  record Directory(DynamicDirectory directory, Attributes attributes) implements DynamicEntry {}

  /** A link, resolved as any in the pond; never on the host. */
  record Link(String target, Attributes attributes) implements DynamicEntry {}
}
