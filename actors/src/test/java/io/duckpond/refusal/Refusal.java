package io.duckpond.refusal;

/**
 * One thing that is refused.
 *
 * @param what what is asked for
 * @param type the very class of the refusal
 * @param path the path in question; empty if it is about none
 * @param reason how the reason begins; empty if the class says it
 */
record Refusal(
    String what, Class<? extends Throwable> type, String path, String reason, Attempt attempt) {

  /** What is asked for. */
  @FunctionalInterface
  interface Attempt {
    void in(RefusalScene scene) throws Exception;
  }

  @Override
  public String toString() {
    return type.getSimpleName() + ": " + what;
  }
}
