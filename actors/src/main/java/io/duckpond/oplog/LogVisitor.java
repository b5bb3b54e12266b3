package io.duckpond.oplog;

import io.duckpond.node.ContentLocator;

/**
 * Gets what a log that is being checked holds, from many threads at once, in any order. What it
 * throws as a {@code DamageException} the check notes, and goes on.
 */
public interface LogVisitor {

  /** Gets an event. */
  void event(LoggedEvent event);

  /** Gets a small file's row, whose bytes are right; only if every byte is checked. */
  void smallFile(ContentLocator.Logged place, OplogEntry.SmallFile row);

  /** Gets a list of pieces; only if every byte is checked. */
  void pieces(ContentLocator.Logged place, OplogEntry.Pieces row);
}
