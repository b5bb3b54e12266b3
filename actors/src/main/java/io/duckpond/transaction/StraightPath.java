package io.duckpond.transaction;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.duckpond.node.Entry;
import io.duckpond.node.NodeId;
import io.duckpond.path.EntryName;
import io.duckpond.path.PondPath;
import io.duckpond.path.Resolution;
import io.duckpond.view.Tree;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Finds what stands at a path of the usual kind, as {@link PathResolver} would, without taking the
 * path apart: names are compared where they stand in it. Whatever it does not know at once, a link
 * or ".." on the way, a name that is missing, anything to refuse, it leaves to that.
 */
final class StraightPath {
  private final Tree tree;
  private final List<EntryName> root;
  private final List<EntryName> names;
  private final String prefix;

  /** Paths against {@code names} below {@code root}, which is below the tree's root. */
  StraightPath(Tree tree, List<EntryName> root, List<EntryName> names) {
    this.tree = tree;
    this.root = root;
    this.names = names;
    this.prefix = PathResolver.asked(names, new PondPath(false, List.of(), false));
  }

  /** Returns what is found; empty if that takes more than this. */
  Optional<Resolution> find(String path, PathResolver.AtEnd atEnd) throws IOException {
    byte[] text = path.getBytes(UTF_8);
    int length = text.length;
    if (length == 0 || length > PondPath.MAX_BYTES || text[length - 1] == '/') {
      return Optional.empty();
    }
    if (tree instanceof RememberingTree) {
      return Optional.empty(); // it wants to know every name, not that a directory was read
    }
    boolean absolute = text[0] == '/';
    NodeId directory = start(absolute);
    int start = absolute ? 1 : 0;
    while (directory != null) {
      int end = endOf(text, start);
      if (end < 0) {
        return Optional.empty();
      }
      Entry entry = tree.directory(directory).entries().get(text, start, end);
      if (end == length) {
        return entry == null || !isPlain(entry, atEnd)
            ? Optional.empty()
            : Optional.of(found(directory, entry, path, absolute));
      }
      directory = entry instanceof Entry.Directory below ? below.child() : null;
      start = end + 1;
    }
    return Optional.empty();
  }

  private @Nullable NodeId start(boolean absolute) throws IOException {
    NodeId at = below(NodeId.ROOT, root);
    return at == null || absolute ? at : below(at, names);
  }

  private @Nullable NodeId below(NodeId top, List<EntryName> path) throws IOException {
    NodeId at = top;
    for (EntryName name : path) {
      if (!(tree.directory(at).entries().get(name) instanceof Entry.Directory next)) {
        return null;
      }
      at = next.child();
    }
    return at;
  }

  /** Returns where a name ends; -1 if it may be none: "", ".", "..", or not from Unicode text. */
  private static int endOf(byte[] text, int start) {
    int end = start;
    while (end < text.length && text[end] != '/') {
      if (text[end] == '?') {
        return -1; // which is also what encoding makes of half a character
      }
      end++;
    }
    boolean dots = end - start <= 2 && end > start && text[start] == '.' && text[end - 1] == '.';
    return end == start || dots ? -1 : end;
  }

  private static boolean isPlain(Entry entry, PathResolver.AtEnd atEnd) {
    return entry instanceof Entry.File
        || entry instanceof Entry.Directory
        || (entry instanceof Entry.Symlink && atEnd == PathResolver.AtEnd.KEEP);
  }

  private Resolution.Found found(NodeId parent, Entry entry, String path, boolean absolute) {
    EntryName name = new EntryName(path.substring(path.lastIndexOf('/') + 1));
    String whole = absolute ? path : prefix.equals("/") ? "/" + path : prefix + "/" + path;
    return new Resolution.Found(parent, Optional.of(name), entry, whole);
  }
}
