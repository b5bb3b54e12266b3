package io.duckpond.glob;

import io.duckpond.node.Entry;
import io.duckpond.node.NodePath;
import io.duckpond.path.EntryName;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;

/**
 * A search for a glob, one match at a time: children in name order, a directory's subtree before
 * its following siblings. A directory is looked into when its turn comes, and only if something
 * below it can match; one that is reached again, through a link, only for what it was not searched
 * for yet, so that circles of links end. For one thread.
 */
public final class GlobWalk {
  private final Glob glob;
  private final GlobOptions options;
  private final Deque<Level> levels = new ArrayDeque<>();
  private final Map<Object, BitSet> searched = new HashMap<>();
  private Optional<GlobMatch> itself = Optional.empty();
  private Optional<Below> upcoming = Optional.empty();

  /** A directory that is being searched. */
  private record Level(
      GlobDirectory directory,
      String prefix,
      List<Glob.State> states,
      Iterator<Map.Entry<EntryName, Entry>> rest) {}

  /** A directory that is to be searched next. */
  private record Below(GlobDirectory directory, String path, List<Glob.State> states) {}

  /**
   * A search that starts in {@code start}.
   *
   * @param path of the start, absolute
   * @param entry of the start
   */
  public GlobWalk(Glob glob, GlobOptions options, GlobDirectory start, String path, Entry entry) {
    this.glob = glob;
    this.options = options;
    if (glob.isStart()) {
      itself = Optional.of(new GlobMatch(new NodePath(path, entry), List.of()));
    } else {
      upcoming = Optional.of(new Below(start, path, glob.starts()));
    }
  }

  /** Returns the next match; empty at the end. */
  public Optional<GlobMatch> next() throws IOException {
    if (itself.isPresent()) {
      Optional<GlobMatch> only = itself;
      itself = Optional.empty();
      return only;
    }
    while (true) {
      descend();
      Level level = levels.peek();
      if (level == null) {
        return Optional.empty();
      }
      if (!level.rest().hasNext()) {
        levels.pop();
        continue;
      }
      Optional<GlobMatch> match = look(level, level.rest().next());
      if (match.isPresent()) {
        return match;
      }
    }
  }

  private void descend() throws IOException {
    if (upcoming.isPresent()) {
      Below below = upcoming.get();
      upcoming = Optional.empty();
      List<Glob.State> states = unsearched(below);
      if (!states.isEmpty()) {
        String prefix = below.path().equals("/") ? "/" : below.path() + "/";
        levels.push(
            new Level(below.directory(), prefix, states, candidates(below.directory(), states)));
      }
    }
  }

  /** Only links lead to a directory twice. */
  private List<Glob.State> unsearched(Below below) {
    if (options.links() == GlobOptions.Links.KEEP) {
      return below.states();
    }
    BitSet before = searched.computeIfAbsent(below.directory().key(), key -> new BitSet());
    List<Glob.State> states = new ArrayList<>(below.states());
    states.removeIf(state -> before.get(state.next()));
    states.forEach(state -> before.set(state.next()));
    return states;
  }

  private Iterator<Map.Entry<EntryName, Entry>> candidates(
      GlobDirectory directory, List<Glob.State> states) throws IOException {
    SortedMap<EntryName, Entry> entries = directory.entries();
    Optional<Collection<EntryName>> only = glob.onlyNames(states);
    if (only.isEmpty()) {
      return entries.entrySet().iterator();
    }
    List<Map.Entry<EntryName, Entry>> found = new ArrayList<>();
    for (EntryName name : only.get()) {
      Entry entry = entries.get(name);
      if (entry != null) {
        found.add(Map.entry(name, entry));
      }
    }
    return found.iterator();
  }

  private Optional<GlobMatch> look(Level level, Map.Entry<EntryName, Entry> child)
      throws IOException {
    EntryName name = child.getKey();
    Entry entry = child.getValue();
    String path = level.prefix() + name;
    List<Glob.State> below = glob.after(level.states(), name, options.hidden());
    Optional<Captures> captured = glob.accepted(level.states(), name, options.hidden());
    boolean lookingInside = !below.isEmpty() || captured.isPresent() && glob.demandsDirectory();
    Optional<GlobDirectory> inside =
        lookingInside ? level.directory().enter(name, entry, options.links()) : Optional.empty();
    if (!below.isEmpty()) {
      upcoming = inside.map(directory -> new Below(directory, path, below));
    }
    return captured
        .filter(any -> inside.isPresent() || !glob.demandsDirectory())
        .map(captures -> new GlobMatch(new NodePath(path, entry), captures.toList()));
  }
}
