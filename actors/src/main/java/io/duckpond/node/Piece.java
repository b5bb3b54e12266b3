package io.duckpond.node;

import io.duckpond.journal.disk.Sha256;

/**
 * A piece of a series: what one append brought.
 *
 * @param version from 1
 * @param size bytes
 * @param place where the row with its bytes stands
 */
public record Piece(long version, long size, Sha256 sha256, ContentLocator place) {

  /** Returns the same piece at {@code found}. */
  public Piece at(ContentLocator found) {
    return new Piece(version, size, sha256, found);
  }
}
