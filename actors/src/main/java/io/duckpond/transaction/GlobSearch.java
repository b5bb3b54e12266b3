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
  static GlobSearch of(Lookup lookup, String pattern, GlobOptions options) throws IOException {
    Glob glob = Glob.parse(pattern);
    if (lookup.following(glob.start()) instanceof Resolution.Found found
        && found.entry().isDirectory()) {
      GlobDirectory start = new Searched(lookup, found.path(), lookup.folder(found, glob.start()));
      return new GlobSearch(
          Optional.of(new GlobWalk(glob, options, start, found.path(), found.entry())));
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
   * A directory as a glob sees it.
   *
   * @param path absolute, links resolved
   */
  private record Searched(Lookup lookup, String path, Folder folder) implements GlobDirectory {

    @Override
    public Object key() {
      return folder.key();
    }

    @Override
    public SortedMap<EntryName, Entry> entries() throws IOException {
      return folder.entries();
    }

    @Override
    public Optional<GlobDirectory> enter(EntryName name, Entry entry, GlobOptions.Links links)
        throws IOException {
      String below = path.equals("/") ? "/" + name : path + "/" + name;
      if (entry.isDirectory()) {
        return folder.enter(name, entry).map(inside -> new Searched(lookup, below, inside));
      }
      if (entry instanceof Entry.Symlink
          && links == GlobOptions.Links.FOLLOW
          && lookup.following(below) instanceof Resolution.Found found
          && found.entry().isDirectory()) {
        return Optional.of(new Searched(lookup, found.path(), lookup.folder(found, below)));
      }
      return Optional.empty();
    }
  }
}
