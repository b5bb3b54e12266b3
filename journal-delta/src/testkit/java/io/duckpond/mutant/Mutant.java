package io.duckpond.mutant;

import java.util.ArrayList;
import java.util.List;

/**
 * A fault to plant in the project's code.
 *
 * @param name what is wrong then, in words
 * @param places what to change for it, one place at least
 * @param catcher the static method that must catch it, its class before it, with dots; it takes the
 *     seed of all that is random in it
 */
public record Mutant(String name, List<Place> places, String catcher) {

  /**
   * Where code is changed.
   *
   * @param type class to change, with slashes
   * @param method its method to change
   * @param callOwner type of the calls in it that are replaced, with slashes; empty if the whole
   *     method, which returns nothing, is to return at once
   * @param callName name of the method that is called
   * @param substitutes type of the static method that is called instead, with slashes
   * @param substitute its name; it takes the receiver and the arguments of the call
   */
  record Place(
      String type,
      String method,
      String callOwner,
      String callName,
      String substitutes,
      String substitute) {}

  /** A fault that nobody catches yet, and that is planted nowhere. */
  public static Mutant of(String name) {
    return new Mutant(name, List.of(), "");
  }

  /** Calls {@code by} of {@code substitutes} where {@code method} calls {@code owner.call}. */
  public Mutant replacing(
      String type, String method, String owner, String call, Class<?> substitutes, String by) {
    String other = substitutes.getName().replace('.', '/');
    return and(new Place(type, method, owner, call, other, by));
  }

  /** Does nothing in {@code method}, which returns nothing. */
  public Mutant skipping(String type, String method) {
    return and(new Place(type, method, "", "", "", ""));
  }

  /** Returns this one with what must catch it. */
  public Mutant caughtBy(String newCatcher) {
    return new Mutant(name, places, newCatcher);
  }

  private Mutant and(Place place) {
    List<Place> all = new ArrayList<>(places);
    all.add(place);
    return new Mutant(name, List.copyOf(all), catcher);
  }

  @Override
  public String toString() {
    return name + ": " + catcher;
  }
}
