package io.duckpond;

/**
 * Told how far a long operation is; called often, from any thread. What it throws ends the
 * operation, which takes away what it has not finished, and comes out of it.
 */
@FunctionalInterface
public interface Progress {

  /** Nobody listens. */
  Progress NONE = (what, items, bytes) -> {};

  /** {@code items} and {@code bytes} so far of the step {@code what}. */
  void at(String what, long items, long bytes);
}
