package io.duckpond.glob;

import io.duckpond.path.EntryName;
import java.nio.file.FileSystemException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A pattern of paths. {@code *} is any run of characters of a name, {@code ?} one of them, {@code
 * [a-z]} and {@code [!a-z]} one of a class, {@code {a,b}} alternatives, {@code **} any number of
 * levels (at the end everything below), and {@code \} takes the meaning from what follows.
 * Immutable.
 */
public final class Glob {
  private final String text;
  private final String start;
  private final List<Component> components;
  private final boolean demandsDirectory;

  Glob(String text, String start, List<Component> components, boolean demandsDirectory) {
    this.text = text;
    this.start = start;
    this.components = List.copyOf(components);
    this.demandsDirectory = demandsDirectory;
  }

  /** Reads a pattern; refuses text that is none, with the text and what is wrong. */
  public static Glob parse(String text) throws FileSystemException {
    return new GlobParser(text).parse();
  }

  /** Returns the path of the directory to start from: "/", "", or what goes up with "..". */
  public String start() {
    return start;
  }

  /** Returns whether the pattern demands a directory, as one with a slash at its end does. */
  public boolean demandsDirectory() {
    return demandsDirectory;
  }

  /** Returns whether nothing is to be looked for below the start: it is itself what matches. */
  boolean isStart() {
    return components.isEmpty();
  }

  /**
   * Returns what the wildcards stand for if the names, from the start down, match; empty if not.
   * Looks at no tree, and so at no demand for a directory; a pattern that goes up matches nothing.
   */
  public Optional<List<String>> match(List<EntryName> names, GlobOptions.Hidden hidden) {
    if (start.contains("..")) {
      return Optional.empty();
    }
    if (names.isEmpty() || isStart()) {
      return names.isEmpty() && isStart() ? Optional.of(List.of()) : Optional.empty();
    }
    List<State> states = starts();
    for (EntryName name : names.subList(0, names.size() - 1)) {
      states = after(states, name, hidden);
    }
    return accepted(states, names.get(names.size() - 1), hidden).map(Captures::toList);
  }

  /** How far a match has come: the component that the next name is for. */
  record State(int next, Captures captures) {}

  List<State> starts() {
    Map<Integer, Captures> reached = new LinkedHashMap<>();
    reach(0, Captures.NONE, reached);
    return states(reached);
  }

  /** Returns where a match can stand after one more name, what is to be preferred first. */
  List<State> after(List<State> states, EntryName name, GlobOptions.Hidden hidden) {
    Map<Integer, Captures> reached = new LinkedHashMap<>();
    for (State state : states) {
      Component component = components.get(state.next());
      boolean levels = component instanceof Component.AnyLevels;
      if (levels || state.next() < components.size() - 1) {
        int then = levels ? state.next() : state.next() + 1;
        component
            .match(name, hidden)
            .ifPresent(captured -> reach(then, state.captures().and(captured), reached));
      }
    }
    return states(reached);
  }

  /** Any number of levels may be none: what follows is reached with them, and preferred. */
  private void reach(int component, Captures captures, Map<Integer, Captures> reached) {
    int last = component;
    while (components.get(last) instanceof Component.AnyLevels) {
      last++;
    }
    for (int at = last; at >= component; at--) {
      reached.putIfAbsent(at, captures);
    }
  }

  private static List<State> states(Map<Integer, Captures> reached) {
    List<State> states = new ArrayList<>(reached.size());
    reached.forEach((next, captures) -> states.add(new State(next, captures)));
    return states;
  }

  /** Returns what was captured if {@code name} is the last one and matches. */
  Optional<Captures> accepted(List<State> states, EntryName name, GlobOptions.Hidden hidden) {
    for (State state : states) {
      if (state.next() == components.size() - 1) {
        return components
            .get(state.next())
            .match(name, hidden)
            .map(captured -> state.captures().and(captured));
      }
    }
    return Optional.empty();
  }

  /** Returns the only names that can match next; empty if a wildcard is next. */
  Optional<Collection<EntryName>> onlyNames(List<State> states) {
    TreeMap<EntryName, EntryName> names = new TreeMap<>();
    for (State state : states) {
      if (!(components.get(state.next()) instanceof Component.Named named)) {
        return Optional.empty();
      }
      names.put(named.name(), named.name());
    }
    return Optional.of(names.keySet());
  }

  @Override
  public String toString() {
    return text;
  }
}
