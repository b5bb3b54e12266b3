package io.duckpond.glob;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Globs by trying everything, shortest first, straight from the text: slow, and hard to get wrong.
 * Classes are only those with one range; braces must be balanced.
 */
public final class BruteForce {

  private BruteForce() {}

  /** Returns what is captured of a name; empty if it does not match. */
  static Optional<List<String>> name(String pattern, String name) {
    for (List<String> captures : names(pattern, name, true)) {
      return Optional.of(captures);
    }
    return Optional.empty();
  }

  /** Returns what is captured of a path; both without a slash at begin and end. */
  public static Optional<List<String>> path(String pattern, String path) {
    String whole = pattern.equals("**") || pattern.endsWith("/**") ? pattern + "/*" : pattern;
    return path(List.of(whole.split("/")), List.of(path.split("/")));
  }

  private static Optional<List<String>> path(List<String> patterns, List<String> names) {
    if (patterns.isEmpty() || names.isEmpty()) {
      return patterns.isEmpty() && names.isEmpty() ? Optional.of(List.of()) : Optional.empty();
    }
    if (patterns.get(0).equals("**")) {
      for (int levels = 0; levels <= names.size(); levels++) {
        Optional<List<String>> rest =
            path(patterns.subList(1, patterns.size()), names.subList(levels, names.size()));
        if (rest.isPresent()) {
          return Optional.of(joined(names.subList(0, levels), rest.get()));
        }
      }
      return Optional.empty();
    }
    Optional<List<String>> first = name(patterns.get(0), names.get(0));
    Optional<List<String>> rest =
        path(patterns.subList(1, patterns.size()), names.subList(1, names.size()));
    return first.isPresent() && rest.isPresent()
        ? Optional.of(joined(first.get(), rest.get()))
        : Optional.empty();
  }

  /** Returns all ways in which a name matches, the preferred one first. */
  private static List<List<String>> names(String pattern, String name, boolean captured) {
    List<List<String>> ways = new ArrayList<>();
    if (pattern.isEmpty()) {
      if (name.isEmpty()) {
        ways.add(List.of());
      }
      return ways;
    }
    int end = end(pattern);
    String first = pattern.substring(0, end);
    String rest = pattern.substring(end);
    for (String expansion : expansions(first)) {
      for (int taken = 0; taken <= name.length(); taken++) {
        boolean matches =
            first.startsWith("{")
                ? !names(expansion, name.substring(0, taken), false).isEmpty()
                : takes(first, name.substring(0, taken));
        if (matches) {
          boolean wildcard = captured && "*?[{".indexOf(first.charAt(0)) >= 0;
          List<String> capture = wildcard ? List.of(name.substring(0, taken)) : List.of();
          names(rest, name.substring(taken), captured)
              .forEach(way -> ways.add(joined(capture, way)));
        }
      }
    }
    return ways;
  }

  private static boolean takes(String atom, String text) {
    return switch (atom.charAt(0)) {
      case '*' -> true;
      case '?' -> text.length() == 1;
      case '[' -> text.length() == 1 && isMember(atom, text.charAt(0));
      case '\\' -> text.equals(atom.substring(1));
      default -> text.equals(atom);
    };
  }

  private static boolean isMember(String atom, char c) {
    boolean negated = atom.charAt(1) == '!';
    String members = atom.substring(negated ? 2 : 1, atom.length() - 1);
    boolean listed =
        members.length() == 3 && members.charAt(1) == '-'
            ? members.charAt(0) <= c && c <= members.charAt(2)
            : members.indexOf(c) >= 0;
    return listed != negated;
  }

  private static List<String> expansions(String atom) {
    if (!atom.startsWith("{")) {
      return List.of(atom);
    }
    List<String> expansions = new ArrayList<>();
    int depth = 0;
    int start = 1;
    for (int i = 1; i < atom.length(); i++) {
      char c = atom.charAt(i);
      if (c == '\\') {
        i++;
      } else if (c == '{') {
        depth++;
      } else if (depth == 0 && (c == ',' || c == '}')) {
        expansions.add(atom.substring(start, i));
        start = i + 1;
      } else if (c == '}') {
        depth--;
      }
    }
    return expansions;
  }

  private static int end(String pattern) {
    int depth = 0;
    for (int i = 0; i < pattern.length(); i++) {
      switch (pattern.charAt(i)) {
        case '\\' -> i++;
        case '[' -> i = pattern.indexOf(']', i);
        case '{' -> depth++;
        case '}' -> depth--;
        default -> {}
      }
      if (depth == 0) {
        return i + 1;
      }
    }
    throw new IllegalArgumentException(pattern);
  }

  private static List<String> joined(List<String> first, List<String> rest) {
    List<String> all = new ArrayList<>(first);
    all.addAll(rest);
    return Arrays.asList(all.toArray(String[]::new));
  }
}
