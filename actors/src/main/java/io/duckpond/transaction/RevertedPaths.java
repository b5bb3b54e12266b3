package io.duckpond.transaction;

import io.duckpond.PondView;
import io.duckpond.diff.Comparison;
import io.duckpond.diff.Item;
import io.duckpond.diff.TreeDiff;
import io.duckpond.node.Attributes;
import io.duckpond.node.Entry;
import io.duckpond.node.NodeId;
import io.duckpond.path.EntryName;
import io.duckpond.path.Resolution;
import io.duckpond.view.Tree;
import io.duckpond.view.TreeView;
import java.io.IOException;
import java.nio.file.NotDirectoryException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/** From paths that are to be reverted to the names that they mean, then and now. */
final class RevertedPaths {
  private final Workspace workspace;
  private final Lookup now;
  private final TreeView then;
  private final Lookup old;

  RevertedPaths(Workspace workspace, Lookup now, PondView to, Standpoint standpoint) {
    if (!(to.tree() instanceof TreeView view)) {
      throw new IllegalArgumentException("not a view of a pond: " + to);
    }
    this.workspace = workspace;
    this.now = now;
    this.then = view;
    this.old = new Lookup(view, standpoint.root(), standpoint.names());
  }

  void run(Collection<String> paths) throws IOException {
    TreeSet<String> named = new TreeSet<>();
    for (String path : paths) {
      if (then.txnSeq() > workspace.txnSeq()) {
        throw Refusals.because(
            now.asked(path),
            "this transaction began before transaction " + then.txnSeq() + " was there");
      }
      named.add(top(path));
    }
    TreeSet<String> tops = new TreeSet<>(named);
    tops.removeIf(path -> named.stream().anyMatch(top -> isBelow(path, top)));
    for (String top : tops) {
      demandDirectoriesAbove(top);
    }
    workspace.readEverything();
    Comparison compared =
        TreeDiff.compare(
            then,
            workspace,
            workspace.placement().changed(false),
            workspace.placement().changed(true));
    Reversion reversion = new Reversion(workspace, then, compared, tops);
    reversion.begin();
    for (String top : tops) {
      if (top.equals("/")) {
        reversion.revertRoot();
      } else {
        revert(top, reversion);
      }
    }
    workspace.count();
  }

  private static boolean isBelow(String path, String top) {
    return !path.equals(top) && Item.isWithin(path, top);
  }

  /** A path means what it meant then; if nothing, what it means now. */
  private String top(String path) throws IOException {
    Resolution meant = old.keeping(path);
    return meant instanceof Resolution.Found found
        ? old.absolutePath(found)
        : now.absolutePath(now.foundKeeping(path));
  }

  private void demandDirectoriesAbove(String top) throws IOException {
    List<EntryName> names = Site.names(top);
    NodeId at = NodeId.ROOT;
    for (int i = 0; i < names.size() - 1; i++) {
      Optional<Entry> entry = workspace.directory(at).get(names.get(i));
      if (entry.isEmpty()) {
        return;
      }
      if (!(entry.get() instanceof Entry.Directory)) {
        throw new NotDirectoryException(path(names.subList(0, i + 1)));
      }
      at = entry.get().child();
    }
  }

  private void revert(String top, Reversion reversion) throws IOException {
    List<EntryName> names = Site.names(top);
    Optional<NodeId> oldHolder = directory(then, names.subList(0, names.size() - 1));
    EntryName name = names.get(names.size() - 1);
    Optional<Entry> before =
        oldHolder.isPresent() ? then.directory(oldHolder.get()).get(name) : Optional.empty();
    Optional<NodeId> holder =
        before.isPresent()
            ? Optional.of(directoryMade(names.subList(0, names.size() - 1)))
            : directory(workspace, names.subList(0, names.size() - 1));
    if (holder.isPresent()) {
      Site site = new Site(new Place(holder.get(), name), top, top);
      reversion.revert(before, oldHolder.orElse(NodeId.ROOT), site);
    }
  }

  private static Optional<NodeId> directory(Tree tree, List<EntryName> names) throws IOException {
    NodeId at = NodeId.ROOT;
    for (EntryName name : names) {
      Optional<Entry> entry = tree.directory(at).get(name);
      if (entry.isEmpty() || !(entry.get() instanceof Entry.Directory)) {
        return Optional.empty();
      }
      at = entry.get().child();
    }
    return Optional.of(at);
  }

  /** Directories that are missing above a path are made anew, with the attributes of then. */
  private NodeId directoryMade(List<EntryName> names) throws IOException {
    NodeId at = NodeId.ROOT;
    NodeId before = NodeId.ROOT;
    List<EntryName> passed = new ArrayList<>();
    for (EntryName name : names) {
      passed.add(name);
      Entry was = then.directory(before).get(name).orElseThrow();
      Optional<Entry> entry = workspace.directory(at).get(name);
      at =
          entry.isPresent()
              ? entry.get().child()
              : make(at, name, path(passed), was.attributes()).child();
      before = was.child();
    }
    return at;
  }

  private Entry make(NodeId holder, EntryName name, String path, Attributes attributes)
      throws IOException {
    return workspace.makeDirectory(new Site(new Place(holder, name), path, path), attributes);
  }

  private static String path(List<EntryName> names) {
    return "/" + String.join("/", names.stream().map(EntryName::value).toList());
  }
}
