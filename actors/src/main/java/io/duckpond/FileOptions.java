package io.duckpond;

import io.duckpond.node.Attributes;
import io.duckpond.node.NodeType;
import java.util.Optional;

/**
 * How a file is to be created.
 *
 * @param type file, series, table or table series
 * @param attributes mode 0644 and the present time if empty
 */
public record FileOptions(NodeType type, Optional<Attributes> attributes) {

  /** An ordinary file of the usual attributes. */
  public static final FileOptions DEFAULT = of(NodeType.FILE);

  public FileOptions {
    if (type.isDynamic() || type == NodeType.DIRECTORY || type == NodeType.SYMLINK) {
      throw new IllegalArgumentException("neither file, series nor table: " + type.storedName());
    }
  }

  /** A file of a type, of the usual attributes. */
  public static FileOptions of(NodeType type) {
    return new FileOptions(type, Optional.empty());
  }

  /** The same with attributes of its own. */
  public FileOptions with(Attributes given) {
    return new FileOptions(type, Optional.of(given));
  }
}
