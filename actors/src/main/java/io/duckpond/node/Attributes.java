package io.duckpond.node;

/**
 * What a node's parent knows of it beside its kind.
 *
 * @param mode permission bits, 0 to 0777
 * @param modifiedNanos modification time, nanoseconds since the epoch
 */
public record Attributes(int mode, long modifiedNanos) {

  public Attributes {
    if (mode < 0 || mode > 0777) {
      throw new IllegalArgumentException("not permission bits: " + Integer.toOctalString(mode));
    }
  }

  /** The same node, modified at another time. */
  public Attributes modifiedAt(long nanos) {
    return new Attributes(mode, nanos);
  }
}
