package io.duckpond.path;

import io.duckpond.node.Entry;
import io.duckpond.node.NodeId;
import io.duckpond.node.NodePath;
import java.util.Optional;

/** What stands at a path. */
public sealed interface Resolution {

  /**
   * Something does.
   *
   * @param parent the directory that holds it; the root is its own parent
   * @param name its name there; empty for the root
   * @param path absolute, links resolved
   */
  record Found(NodeId parent, Optional<EntryName> name, Entry entry, String path)
      implements Resolution {

    /** Returns the node and where it is. */
    public NodePath node() {
      return new NodePath(path, entry);
    }
  }

  /**
   * The parent exists and {@code name} is free in it: this is where a create would go.
   *
   * @param path absolute, links resolved
   * @param linkTarget the target of the link that led here, if one did
   */
  record Vacant(NodeId parent, EntryName name, String path, Optional<String> linkTarget)
      implements Resolution {}

  /** {@code at} is missing, no directory, or a link loop, so the rest of the path means nothing. */
  record Blocked(String at, Reason reason, Optional<String> linkTarget) implements Resolution {}

  /** Why a path leads nowhere. */
  enum Reason {
    MISSING,
    NOT_A_DIRECTORY,
    LINK_LOOP,
    ESCAPES_ROOT
  }
}
