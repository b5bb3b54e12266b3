package io.duckpond.transaction;

import io.duckpond.node.Attributes;
import io.duckpond.node.Entry;
import io.duckpond.node.NodeId;
import io.duckpond.path.EntryName;
import io.duckpond.path.PondPath;
import io.duckpond.path.Resolution;
import io.duckpond.view.Tree;
import java.io.IOException;
import java.nio.file.InvalidPathException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/**
 * Finds what stands at a path of a tree. Links in the middle are followed always, one at the end as
 * asked; ".." stays at the root, but a link whose target climbs above it is blocked. With a root of
 * its own below the tree's, no path and no link leads out of that.
 */
final class PathResolver {

  /** The most links that one resolution follows. */
  static final int MAX_LINKS = 40;

  /** What to do with a link at the end of a path. */
  enum AtEnd {
    FOLLOW,
    KEEP
  }

  private static final Attributes ROOT_ATTRIBUTES = new Attributes(0755, 0);
  private static final Step HERE = new Step(".", Optional.empty());

  /** Stands for a component that can be no name. */
  private static final String NO_NAME = "";

  private final Tree tree;
  private final List<EntryName> root;
  private final Folders folders;

  /**
   * A resolver whose "/" is the directory at the root of {@code folders}, names from the tree's own
   * root down, free of links.
   */
  PathResolver(Folders folders) {
    this.tree = folders.tree();
    this.root = folders.root();
    this.folders = folders;
  }

  /** The same in a tree that nothing is being computed for. */
  PathResolver(Tree tree, List<EntryName> root) {
    this(new Folders(tree, List.copyOf(root), List.of()));
  }

  /** Resolves {@code path} against {@code from}, names from this resolver's root down. */
  Resolution resolve(List<EntryName> from, PondPath path, AtEnd atEnd) throws IOException {
    return new Walk(from, path, atEnd).run();
  }

  /** Returns the directory that "/" is. */
  NodeId rootDirectory() throws IOException {
    NodeId at = NodeId.ROOT;
    for (EntryName name : root) {
      at =
          tree.directory(at)
              .get(name)
              .map(Entry::child)
              .orElseThrow(() -> new IllegalStateException("the root is gone"));
    }
    return at;
  }

  /** Returns the absolute text of {@code path} as seen from {@code from}; follows nothing. */
  static String asked(List<EntryName> from, PondPath path) {
    List<String> names = new ArrayList<>();
    if (!path.absolute()) {
      from.forEach(name -> names.add(name.value()));
    }
    names.addAll(path.components());
    return "/" + String.join("/", names);
  }

  /** Where the walk stands: a directory and its name in the one before. */
  private record Level(Entry directory, Folder folder, Optional<EntryName> name) {}

  /** A component still to go, and the target of the link that it came from, if it did. */
  private record Step(String component, Optional<String> target) {}

  /** One resolution: the levels above, the steps ahead. */
  private final class Walk {
    private final String asked;
    private final AtEnd atEnd;
    private final List<Level> levels = new ArrayList<>();
    private final Deque<Step> ahead = new ArrayDeque<>();
    private int links;

    Walk(List<EntryName> from, PondPath path, AtEnd atEnd) {
      this.asked = PathResolver.asked(from, path);
      this.atEnd = atEnd;
      if (!path.absolute()) {
        from.forEach(name -> ahead.add(new Step(name.value(), Optional.empty())));
      }
      path.components().forEach(name -> ahead.add(new Step(name, Optional.empty())));
      if (path.demandsDirectory()) {
        ahead.add(HERE);
      }
    }

    Resolution run() throws IOException {
      if (!enterRoot()) {
        return blocked(Resolution.Reason.MISSING, Optional.empty());
      }
      while (!ahead.isEmpty()) {
        Step step = ahead.remove();
        Optional<Resolution> end = take(step);
        if (end.isPresent()) {
          return end.get();
        }
      }
      return foundDirectory();
    }

    private boolean enterRoot() throws IOException {
      Entry.Directory at = new Entry.Directory(NodeId.ROOT, ROOT_ATTRIBUTES);
      for (EntryName name : root) {
        Optional<Entry> next = tree.entry(at.child(), name);
        if (next.isEmpty() || !(next.get() instanceof Entry.Directory directory)) {
          return false;
        }
        at = directory;
      }
      levels.add(new Level(at, folders.of(at.child(), "/"), Optional.empty()));
      return true;
    }

    /** Goes one step; returns the result if the walk ends there. */
    private Optional<Resolution> take(Step step) throws IOException {
      if (step.component().equals(".")) {
        return Optional.empty();
      }
      if (step.component().equals("..")) {
        return up(step);
      }
      if (step.component().equals(NO_NAME)) {
        return Optional.of(blocked(Resolution.Reason.MISSING, step.target()));
      }
      EntryName name = new EntryName(step.component());
      Folder folder = levels.get(levels.size() - 1).folder();
      Optional<Entry> entry = folder.get(name);
      if (entry.isEmpty()) {
        return Optional.of(missing(step, name));
      }
      if (entry.get().isDirectory()) {
        Optional<Folder> below = folder.enter(name, entry.get());
        if (below.isPresent()) {
          levels.add(new Level(entry.get(), below.get(), Optional.of(name)));
          return Optional.empty();
        }
      }
      if (entry.get() instanceof Entry.Symlink link
          && (!ahead.isEmpty() || atEnd == AtEnd.FOLLOW)) {
        return follow(link);
      }
      return Optional.of(
          ahead.isEmpty()
              ? new Resolution.Found(here().child(), Optional.of(name), entry.get(), pathOf(name))
              : new Resolution.Blocked(
                  pathOf(name), Resolution.Reason.NOT_A_DIRECTORY, step.target()));
    }

    private Optional<Resolution> up(Step step) {
      if (levels.size() > 1) {
        levels.remove(levels.size() - 1);
        return Optional.empty();
      }
      return step.target().isEmpty()
          ? Optional.empty()
          : Optional.of(blocked(Resolution.Reason.ESCAPES_ROOT, step.target()));
    }

    private Resolution missing(Step step, EntryName name) {
      // What is left may only repeat the wish for a directory: mkdir of "a/" creates "a".
      boolean last = ahead.stream().allMatch(HERE::equals);
      return last
          ? new Resolution.Vacant(here().child(), name, pathOf(name), step.target())
          : blocked(Resolution.Reason.MISSING, step.target());
    }

    private Optional<Resolution> follow(Entry.Symlink link) {
      Optional<String> target = Optional.of(link.target());
      if (++links > MAX_LINKS) {
        return Optional.of(blocked(Resolution.Reason.LINK_LOOP, target));
      }
      PondPath path;
      try {
        path = PondPath.parse(link.target());
      } catch (InvalidPathException e) {
        // A target is kept as written; one that is no path leads to nothing, from where no name is.
        if (e.getIndex() < 0) {
          return Optional.of(blocked(Resolution.Reason.MISSING, target));
        }
        ahead.push(new Step(NO_NAME, target));
        path = PondPath.parse(link.target().substring(0, e.getIndex()));
      }
      if (path.absolute()) {
        levels.subList(1, levels.size()).clear();
      }
      if (path.demandsDirectory()) {
        ahead.push(new Step(".", target));
      }
      for (int i = path.components().size() - 1; i >= 0; i--) {
        ahead.push(new Step(path.components().get(i), target));
      }
      return Optional.empty();
    }

    private Resolution foundDirectory() throws IOException {
      int last = levels.size() - 1;
      Level end = levels.get(last);
      if (end.directory().child().equals(NodeId.ROOT)) {
        Attributes own = tree.own().orElse(ROOT_ATTRIBUTES);
        end = new Level(new Entry.Directory(NodeId.ROOT, own), end.folder(), end.name());
      }
      Entry parent = levels.get(Math.max(0, last - 1)).directory();
      return new Resolution.Found(parent.child(), end.name(), end.directory(), pathOfLevels());
    }

    private Resolution blocked(Resolution.Reason reason, Optional<String> target) {
      return new Resolution.Blocked(asked, reason, target);
    }

    private Entry here() {
      return levels.get(levels.size() - 1).directory();
    }

    private String pathOf(EntryName name) {
      return levels.size() == 1 ? "/" + name : pathOfLevels() + "/" + name;
    }

    private String pathOfLevels() {
      StringBuilder path = new StringBuilder();
      levels.forEach(level -> level.name().ifPresent(name -> path.append('/').append(name)));
      return path.length() == 0 ? "/" : path.toString();
    }
  }
}
