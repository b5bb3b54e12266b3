package io.duckpond.view;

import io.duckpond.content.NewContent;
import io.duckpond.directory.DirectoryState;
import io.duckpond.journal.disk.DamageException;
import io.duckpond.node.Entry;
import io.duckpond.node.NodeId;
import io.duckpond.path.EntryName;
import io.duckpond.series.Pieces;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The tree as one transaction left it, for ever the same. Looks into the states that all readers
 * share first; what is not there is recovered from the log as of the pin, once. Any thread.
 */
public final class TreeView implements Tree {
  private final CommittedStates states;
  private final DirectorySource source;
  private final long pin;

  /** What was loaded for this view, but must not be shown to readers of newer states. */
  private final Map<NodeId, Published> own = new ConcurrentHashMap<>();

  private volatile boolean allLoaded;

  TreeView(CommittedStates states, DirectorySource source, long pin) {
    this.states = states;
    this.source = source;
    this.pin = pin;
  }

  @Override
  public long txnSeq() {
    return pin;
  }

  @Override
  public DirectoryState directory(NodeId directory) throws IOException {
    return published(directory).state();
  }

  /** Returns the tree as an earlier transaction left it. */
  public TreeView asOf(long txnSeq) {
    return states.at(txnSeq);
  }

  /** Returns the state of a directory with the transaction that made it. */
  public Published published(NodeId directory) throws IOException {
    Published known = known(directory);
    return known == null ? install(directory, load(directory)) : known;
  }

  /** What is wrong with the log does not say yet which directory cannot be shown for it. */
  private Published load(NodeId directory) throws IOException {
    try {
      return source.load(directory, pin);
    } catch (DamageException e) {
      throw new DamageException(
          pathOf(directory) + ": partition [" + directory + "] cannot be read: " + e.getMessage(),
          e);
    }
  }

  /** Returns the path by which the directory was last seen; for messages. */
  public String pathOf(NodeId directory) {
    StringBuilder path = new StringBuilder();
    Set<NodeId> passed = new HashSet<>();
    NodeId at = directory;
    for (Optional<Link> link = states.link(at);
        link.isPresent() && passed.add(at);
        link = states.link(at)) {
      path.insert(0, "/" + link.get().name());
      at = link.get().parent();
    }
    return path.isEmpty() ? "/" : path.toString();
  }

  private @Nullable Published known(NodeId directory) {
    Published shared = states.seen(directory, pin);
    return shared == null ? own.get(directory) : shared;
  }

  private Published install(NodeId directory, Published loaded) {
    return states.install(directory, loaded, pin) ? loaded : keep(directory, loaded);
  }

  @Override
  public void load(Set<NodeId> directories) throws IOException {
    Set<NodeId> missing = new HashSet<>(directories);
    missing.removeIf(directory -> known(directory) != null);
    if (!missing.isEmpty()) {
      source.load(missing, pin).forEach(this::install);
    }
  }

  /**
   * Returns the directory that holds {@code directory} in this tree and its name there; empty if
   * nothing known does, as when it was removed. The root has none.
   */
  public Optional<Link> parentOf(NodeId directory) throws IOException {
    Optional<Link> hint = states.link(directory);
    if (hint.isEmpty()) {
      return Optional.empty();
    }
    return holds(directory(hint.get().parent()), hint.get().name(), directory)
        ? hint
        : Optional.empty();
  }

  /** Returns what the log tells of the past; costs nothing until it is asked. */
  public Lineage lineage() {
    return source.lineage();
  }

  /** As {@link #parentOf}, out of what is in memory; empty also if that does not tell. */
  public Optional<Link> knownParentOf(NodeId directory) {
    return states
        .link(directory)
        .filter(
            hint -> {
              Published holder = known(hint.parent());
              return holder != null && holds(holder.state(), hint.name(), directory);
            });
  }

  private static boolean holds(DirectoryState holder, EntryName name, NodeId directory) {
    return holder
        .get(name)
        .filter(entry -> entry instanceof Entry.Directory && entry.child().equals(directory))
        .isPresent();
  }

  @Override
  public void loadAll() throws IOException {
    if (allLoaded || states.isComplete(pin)) {
      return;
    }
    Map<NodeId, Published> reached = reachable(source.loadAll(pin));
    if (!states.installAll(reached, pin)) {
      reached.forEach(this::keep);
    }
    allLoaded = true;
  }

  @Override
  public InputStream open(Entry.File entry, String path) throws IOException {
    return source.open(entry, path);
  }

  @Override
  public NewContent content(Entry.File entry, String path) throws IOException {
    return source.content(entry, path);
  }

  @Override
  public Pieces pieces(Entry.File series, String path) throws IOException {
    return source.pieces(series, path);
  }

  @Override
  public List<PastVersion> past(NodeId holder, EntryName name) throws IOException {
    Optional<Entry> file = directory(holder).get(name);
    return file.isEmpty() ? List.of() : source.past(file.get().child(), holder, pin);
  }

  private Published keep(NodeId directory, Published loaded) {
    Published before = own.putIfAbsent(directory, loaded);
    return before == null ? loaded : before;
  }

  /** The log keeps what was removed; a tree is what hangs together from its root. */
  static Map<NodeId, Published> reachable(Map<NodeId, Published> all) {
    Map<NodeId, Published> reached = new HashMap<>();
    ArrayDeque<NodeId> next = new ArrayDeque<>();
    next.add(NodeId.ROOT);
    while (!next.isEmpty()) {
      NodeId directory = next.remove();
      Published published = all.get(directory);
      if (published == null) {
        throw new DamageException(
            "directory " + directory + ": an entry names it, but the log has no event of it");
      }
      if (reached.put(directory, published) != null) {
        throw new DamageException("directory " + directory + ": two entries hold it");
      }
      for (Entry entry : published.state().entries().values()) {
        if (entry instanceof Entry.Directory) {
          next.add(entry.child());
        }
      }
    }
    return reached;
  }
}
