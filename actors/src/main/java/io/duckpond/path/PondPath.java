package io.duckpond.path;

import java.util.List;

/**
 * A path as text means it: its components ("." and empty ones dropped, ".." kept), whether it
 * starts at the root and whether a trailing slash demands a directory. At most 4,096 bytes.
 */
public record PondPath(boolean absolute, List<String> components, boolean demandsDirectory) {

  /** The root. */
  public static final PondPath ROOT = new PondPath(true, List.of(), false);

  public PondPath {
    components = List.copyOf(components);
  }

  /**
   * Reads a path; throws {@link java.nio.file.InvalidPathException} if a component is no name or
   * the whole is too long.
   */
  public static PondPath parse(String text) {
    throw new IllegalStateException("contract");
  }

  /** Returns this path with one more component. */
  public PondPath child(EntryName name) {
    throw new IllegalStateException("contract");
  }

  /** Returns the path as text, absolute ones with a leading slash; the root is "/". */
  @Override
  public String toString() {
    throw new IllegalStateException("contract");
  }
}
