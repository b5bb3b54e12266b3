package io.duckpond.isolation;

/**
 * What a name holds in the model; equal if nothing of it has changed.
 *
 * @param node tells it from all others, under whatever name
 * @param modified nanoseconds since the epoch
 * @param version of a series the number of its pieces
 * @param writer the transaction that wrote the version
 * @param text the bytes of a file, the target of a link
 */
record Held(Kind kind, long node, int mode, long modified, long version, long writer, String text) {

  /** What there is in the model. */
  enum Kind {
    DIRECTORY,
    FILE,
    SERIES,
    LINK
  }

  static Held directory(long node, long now) {
    return new Held(Kind.DIRECTORY, node, 0755, now, 1, 0, "");
  }

  static Held link(long node, long now, String target) {
    return new Held(Kind.LINK, node, 0777, now, 1, 0, target);
  }

  boolean isDirectory() {
    return kind == Kind.DIRECTORY;
  }

  Held with(int newMode, long now) {
    return new Held(kind, node, newMode, now, version, writer, text);
  }

  /** Returns a new version of a file; several of one transaction are one. */
  Held written(long now, long transaction, String bytes) {
    long next = writer == transaction ? version : version + 1;
    return new Held(kind, node, mode, now, next, transaction, bytes);
  }

  /** Returns a series with a piece more. */
  Held appended(long now, long transaction, String piece) {
    return new Held(kind, node, mode, now, version + 1, transaction, text + piece);
  }

  /** Returns what {@code stat} and {@code list} say of it. */
  String description() {
    return describe(kind, version, mode, modified, text.length());
  }

  static String describe(Kind kind, long version, int mode, long modified, long size) {
    return kind
        + " v"
        + version
        + " "
        + Integer.toOctalString(mode)
        + " at "
        + modified
        + (kind == Kind.DIRECTORY ? "" : " of " + size);
  }

  /** Returns all that one can see of it. */
  Seen seen() {
    return new Seen(Long.toString(node), description() + " [" + text + "]");
  }

  /**
   * All that one can see of something in a tree.
   *
   * @param node its identity, in whatever numbers
   */
  record Seen(String node, String what) {}
}
