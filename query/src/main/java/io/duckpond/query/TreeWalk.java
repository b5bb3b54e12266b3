package io.duckpond.query;

import io.duckpond.directory.DirectoryState;
import io.duckpond.node.Attributes;
import io.duckpond.node.Entry;
import io.duckpond.node.NodeId;
import io.duckpond.oplog.LogFilter;
import io.duckpond.path.EntryName;
import io.duckpond.view.Tree;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/**
 * Walks the nodes below the root, depth first, each directory's names in order. Loads the tree at
 * once unless only the root's own entries are wanted.
 */
final class TreeWalk implements Iterator<LivingNode> {

  private record Open(
      NodeId directory, String prefix, Iterator<Map.Entry<EntryName, Entry>> rest) {}

  private final Tree tree;
  private final boolean rootOnly;
  private final Deque<Open> open = new ArrayDeque<>();
  private @Nullable LivingNode next;

  private TreeWalk(Tree tree, boolean rootOnly) throws IOException {
    this.tree = tree;
    this.rootOnly = rootOnly;
    if (!rootOnly) {
      tree.loadAll();
    }
    enter(NodeId.ROOT, "/");
    next = advance();
  }

  /** Returns the nodes below the root that stand in the partitions of a filter. */
  static Stream<LivingNode> below(Tree tree, LogFilter filter) throws IOException {
    Optional<Set<String>> wanted = filter.partIds();
    boolean rootOnly = wanted.map(ids -> ids.equals(Set.of(NodeId.ROOT.hex()))).orElse(false);
    TreeWalk walk = new TreeWalk(tree, rootOnly);
    Iterable<LivingNode> nodes = () -> walk;
    Stream<LivingNode> all = StreamSupport.stream(nodes.spliterator(), false);
    return wanted.map(ids -> all.filter(node -> ids.contains(node.parentHex()))).orElse(all);
  }

  /** Returns the root itself. */
  static LivingNode root(Tree tree) throws IOException {
    Attributes own =
        tree.directory(NodeId.ROOT).own().orElseThrow(() -> new IllegalStateException("no root"));
    return new LivingNode(null, "/", "/", new Entry.Directory(NodeId.ROOT, own));
  }

  @Override
  public boolean hasNext() {
    return next != null;
  }

  @Override
  public LivingNode next() {
    LivingNode result = next;
    if (result == null) {
      throw new NoSuchElementException();
    }
    try {
      if (!rootOnly && result.entry() instanceof Entry.Directory directory) {
        enter(directory.child(), result.path() + "/");
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    next = advance();
    return result;
  }

  private void enter(NodeId directory, String prefix) throws IOException {
    DirectoryState state = tree.directory(directory);
    open.push(new Open(directory, prefix, state.entries().entrySet().iterator()));
  }

  private @Nullable LivingNode advance() {
    while (!open.isEmpty()) {
      Open top = open.element();
      if (top.rest().hasNext()) {
        Map.Entry<EntryName, Entry> entry = top.rest().next();
        String name = entry.getKey().value();
        return new LivingNode(top.directory(), name, top.prefix() + name, entry.getValue());
      }
      open.pop();
    }
    return null;
  }
}
