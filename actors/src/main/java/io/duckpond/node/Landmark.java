package io.duckpond.node;

/**
 * An earlier version of a series, from which those before it can be found.
 *
 * @param end bytes of all pieces up to and including that version
 * @param place where the row that lists pieces up to that version stands
 */
public record Landmark(long version, long end, ContentLocator place) {

  /** Returns the same landmark at {@code found}. */
  public Landmark at(ContentLocator found) {
    return new Landmark(version, end, found);
  }
}
