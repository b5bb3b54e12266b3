package io.duckpond.node;

/**
 * A node and the path by which it was reached. One node may have several: links and dynamic
 * directories lead to it, too.
 *
 * @param path absolute, as seen from the working directory that was asked; without a slash at its
 *     end unless it is the root
 * @param entry what its directory knows of it
 */
public record NodePath(String path, Entry entry) {
  public NodePath {
    if (!path.startsWith("/") || path.length() > 1 && path.endsWith("/")) {
      throw new IllegalArgumentException("not the absolute path of a node: '" + path + "'");
    }
  }

  private boolean isRoot() {
    return path.length() == 1;
  }

  /** Returns the last name of the path; of the root "/", as Unix has it. */
  public String basename() {
    return isRoot() ? "/" : path.substring(path.lastIndexOf('/') + 1);
  }

  /** Returns the path of the directory by which it was reached; of the root "/". */
  public String dirname() {
    return path.substring(0, Math.max(1, path.lastIndexOf('/')));
  }

  /**
   * Returns the path of what is below it, whether anything is there or not.
   *
   * @param below a name, or several with slashes between them
   */
  public String join(String below) {
    return isRoot() ? "/" + below : path + "/" + below;
  }
}
