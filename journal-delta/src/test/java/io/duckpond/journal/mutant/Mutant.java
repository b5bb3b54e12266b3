package io.duckpond.journal.mutant;

/**
 * A fault to plant.
 *
 * @param name what is wrong then, in words
 * @param type class to change, with slashes
 * @param method its method to change
 * @param callOwner type of the calls in it that are replaced, with slashes; empty if the whole
 *     method is to return at once
 * @param callName name of the method that is called
 * @param substitute the method of {@link Substitutes} that is called instead
 * @param catcher what must catch it: package, class and method, with a dot before each, below this
 *     module's root package
 */
record Mutant(
    String name,
    String type,
    String method,
    String callOwner,
    String callName,
    String substitute,
    String catcher) {

  /** Calls {@code substitute} where {@code method} calls {@code callOwner.callName}. */
  static Mutant replacing(
      String name, String type, String method, String callOwner, String callName, String by) {
    return new Mutant(name, type, method, callOwner, callName, by, "");
  }

  /** Does nothing in {@code method}, which returns nothing. */
  static Mutant skipping(String name, String type, String method) {
    return new Mutant(name, type, method, "", "", "", "");
  }

  /** Returns this one with what must catch it. */
  Mutant caughtBy(String newCatcher) {
    return new Mutant(name, type, method, callOwner, callName, substitute, newCatcher);
  }

  @Override
  public String toString() {
    return name + ": " + catcher;
  }
}
