package io.duckpond.glob;

/** How to search, beside the pattern. */
public record GlobOptions(Hidden hidden, Links links) {

  /** What a wildcard does with names that begin with a dot. */
  public enum Hidden {
    /** They match where the pattern itself begins with a dot. */
    EXPLICIT,
    /** They match as all others. */
    ALL
  }

  /** What is done with a symbolic link to a directory, in the middle of a pattern. */
  public enum Links {
    FOLLOW,
    /** Nothing is found beyond a link. */
    KEEP
  }

  /** Hidden names must be asked for, links are followed: as shells do. */
  public static final GlobOptions DEFAULT = new GlobOptions(Hidden.EXPLICIT, Links.FOLLOW);

  /** The same with hidden names matching as all others. */
  public GlobOptions withAllNames() {
    return new GlobOptions(Hidden.ALL, links);
  }

  /** The same with nothing found beyond links. */
  public GlobOptions keepingLinks() {
    return new GlobOptions(hidden, Links.KEEP);
  }
}
