package io.duckpond.node;

/** What a node is; stored in the log by {@link #storedName}. */
public enum NodeType {
  FILE("file"),
  DIRECTORY("directory"),
  SYMLINK("symlink"),
  SERIES("series"),
  TABLE("table"),
  TABLE_SERIES("table-series"),
  DYNAMIC_DIRECTORY("dynamic-directory"),
  DYNAMIC_FILE("dynamic-file");

  private static final NodeType[] ALL = values();

  private final String storedName;

  NodeType(String storedName) {
    this.storedName = storedName;
  }

  /** Returns the name that stands in the log. */
  public String storedName() {
    return storedName;
  }

  /** Returns whether nodes of this type are computed from their definition. */
  public boolean isDynamic() {
    return this == DYNAMIC_DIRECTORY || this == DYNAMIC_FILE;
  }

  /** Returns whether what is appended becomes a piece of its own. */
  public boolean isSeries() {
    return this == SERIES || this == TABLE_SERIES;
  }

  /** Returns the type of a stored name, or throws {@link IllegalArgumentException}. */
  public static NodeType ofStoredName(String stored) {
    for (NodeType type : ALL) { // no stream: this is asked for every entry that is loaded
      if (type.storedName.equals(stored)) {
        return type;
      }
    }
    throw new IllegalArgumentException("not a file type: '" + stored + "'");
  }
}
