package io.duckpond.transaction;

import io.duckpond.glob.Glob;
import io.duckpond.glob.GlobDirectory;
import io.duckpond.glob.GlobMatch;
import io.duckpond.glob.GlobOptions;
import io.duckpond.glob.GlobVisitor;
import io.duckpond.glob.GlobWalk;
import io.duckpond.node.Entry;
import io.duckpond.path.EntryName;
import io.duckpond.path.Resolution;
import io.duckpond.view.Tree;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Optional;
import java.util.SortedMap;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.function.Consumer;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** A glob's search in a tree. */
final class GlobSearch {
  private final Optional<GlobWalk> walk;

  private GlobSearch(Optional<GlobWalk> walk) {
    this.walk = walk;
  }

  /** Starts a search; a start that is not there is one where nothing is found. */
  static GlobSearch of(Tree tree, Lookup lookup, String pattern, GlobOptions options)
      throws IOException {
    Glob glob = Glob.parse(pattern);
    if (lookup.following(glob.start()) instanceof Resolution.Found found
        && found.entry() instanceof Entry.Directory directory) {
      GlobDirectory start = new Searched(tree, lookup, found.path(), directory);
      return new GlobSearch(
          Optional.of(new GlobWalk(glob, options, start, found.path(), directory)));
    }
    return new GlobSearch(Optional.empty());
  }

  void show(GlobVisitor visitor) throws IOException {
    for (Optional<GlobMatch> match = next(); match.isPresent(); match = next()) {
      visitor.visit(match.get());
    }
  }

  Stream<GlobMatch> stream() {
    return StreamSupport.stream(new Matches(), false);
  }

  private Optional<GlobMatch> next() throws IOException {
    return walk.isPresent() ? walk.get().next() : Optional.empty();
  }

  private final class Matches extends Spliterators.AbstractSpliterator<GlobMatch> {
    Matches() {
      super(Long.MAX_VALUE, Spliterator.ORDERED | Spliterator.NONNULL | Spliterator.DISTINCT);
    }

    @Override
    public boolean tryAdvance(Consumer<? super GlobMatch> action) {
      try {
        Optional<GlobMatch> match = next();
        match.ifPresent(action);
        return match.isPresent();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  /**
   * A directory of the tree.
   *
   * @param path absolute, links resolved
   */
  private record Searched(Tree tree, Lookup lookup, String path, Entry.Directory directory)
      implements GlobDirectory {

    @Override
    public Object key() {
      return directory.child();
    }

    @Override
    public SortedMap<EntryName, Entry> entries() throws IOException {
      return tree.directory(directory.child()).entries();
    }

    @Override
    public Optional<GlobDirectory> enter(EntryName name, Entry entry, GlobOptions.Links links)
        throws IOException {
      String below = path.equals("/") ? "/" + name : path + "/" + name;
      if (entry instanceof Entry.Directory child) {
        return Optional.of(new Searched(tree, lookup, below, child));
      }
      if (entry instanceof Entry.Symlink
          && links == GlobOptions.Links.FOLLOW
          && lookup.following(below) instanceof Resolution.Found found
          && found.entry() instanceof Entry.Directory target) {
        return Optional.of(new Searched(tree, lookup, found.path(), target));
      }
      return Optional.empty();
    }
  }
}
