package io.duckpond.view;

import io.duckpond.directory.DirectoryState;
import io.duckpond.node.Entry;
import io.duckpond.node.NodeId;
import io.duckpond.path.EntryName;
import java.lang.ref.WeakReference;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What readers of a pond see: the number of the newest committed transaction, and of every
 * directory in memory its states, newest first. Reading is a map lookup on the reader's thread and
 * takes no lock.
 *
 * <pre>
 *   committed = 7          views pinned: 5, 7
 *
 *   /    Published(7) -> Published(4)        5 reads 4, 7 reads 7
 *   /a   Published(2)                        both read 2
 *   /b   (not in memory)                     recovered from the log as of the reader's pin
 * </pre>
 *
 * <p>Three rules keep this right. The newest state in memory of a directory is its newest committed
 * one: publishing puts all states of a transaction in place before {@link #txnSeq} moves, and what
 * another process changed is evicted before it moves past that. A state loaded as of a pin becomes
 * the shared one only if nothing could have changed it since: all later transactions are this
 * process's, and would have left a newer one here. What no living view can see is cut off; should a
 * reader want it all the same, the log has it.
 */
public final class CommittedStates {
  private final DirectorySource source;
  private final Function<TreeView, Supplier<@Nullable TreeView>> weakly;
  private final Map<NodeId, Published> newest = new ConcurrentHashMap<>();
  private final Map<NodeId, Link> links = new ConcurrentHashMap<>();
  private final Object change = new Object();

  /** Living views by pin; guarded by {@code change}. */
  private final NavigableMap<Long, Supplier<@Nullable TreeView>> views = new TreeMap<>();

  /** Loads as of an earlier transaction than this are not shared; guarded by {@code change}. */
  private long shareFrom;

  /** Whether every directory of the newest tree is in memory; guarded by {@code change}. */
  private boolean complete;

  private volatile long committed;

  /** Nothing in memory, {@code txnSeq} the newest transaction of the log. */
  public CommittedStates(DirectorySource source, long txnSeq) {
    this(source, txnSeq, view -> new WeakReference<>(view)::get);
  }

  /**
   * The same that keeps track of its views by references of the caller's.
   *
   * @param weakly returns what hands out a view as long as somebody holds it, at least
   */
  public CommittedStates(
      DirectorySource source,
      long txnSeq,
      Function<TreeView, Supplier<@Nullable TreeView>> weakly) {
    this.source = source;
    this.weakly = weakly;
    this.shareFrom = txnSeq;
    this.committed = txnSeq;
  }

  /** Returns the number of the newest committed transaction. */
  public long txnSeq() {
    return committed;
  }

  /** Returns the newest committed tree. */
  public TreeView newest() {
    synchronized (change) {
      return at(committed);
    }
  }

  /** Returns the tree as transaction {@code txnSeq}, which is committed, left it. */
  public TreeView at(long txnSeq) {
    synchronized (change) {
      if (txnSeq > committed) {
        throw new IllegalStateException(
            "a view of transaction " + txnSeq + ", but the newest is " + committed);
      }
      Supplier<@Nullable TreeView> known = views.get(txnSeq);
      TreeView view = known == null ? null : known.get();
      if (view == null) {
        view = new TreeView(this, source, txnSeq);
        views.put(txnSeq, weakly.apply(view));
      }
      return view;
    }
  }

  /**
   * Shows a transaction of this process to readers; transactions come in order, none left out.
   *
   * @param timestampMicros its time, microseconds since the epoch
   * @param states every directory that it changed or made
   */
  public void publish(long txnSeq, long timestampMicros, List<NewState> states) {
    synchronized (change) {
      if (txnSeq != committed + 1) {
        throw new IllegalStateException(
            "transaction " + txnSeq + " was to be published after " + committed);
      }
      long oldestPin = oldestPin(txnSeq);
      for (NewState state : states) {
        newest.compute(
            state.directory(),
            (id, before) ->
                Published.after(before, txnSeq, timestampMicros, state.state(), oldestPin));
        state
            .changed()
            .forEach(
                name ->
                    state
                        .state()
                        .get(name)
                        .ifPresent(entry -> learn(state.directory(), name, entry, true)));
      }
      committed = txnSeq;
    }
  }

  /**
   * Moves on to {@code txnSeq} past transactions that did not come through {@link #publish}: those
   * of another process.
   *
   * @param changed the directories that they changed
   */
  public void skipTo(long txnSeq, Set<NodeId> changed) {
    synchronized (change) {
      if (txnSeq <= committed) {
        return;
      }
      newest.keySet().removeAll(changed);
      complete = false;
      shareFrom = txnSeq;
      committed = txnSeq;
    }
  }

  /** Returns of how many directories a state is in memory. */
  public int size() {
    return newest.size();
  }

  /** Returns whether any state is in memory, so that {@link #skipTo} has something to evict. */
  public boolean isEmpty() {
    return newest.isEmpty();
  }

  /**
   * Puts freshly restored states in place of those in memory, if they are the newest tree's; what
   * does not hang from the root is left out.
   */
  public void replaceAll(Map<NodeId, Published> restored, long asOf) {
    Map<NodeId, Published> reached = TreeView.reachable(restored);
    synchronized (change) {
      if (asOf == committed) {
        newest.clear();
        installAll(reached, asOf);
      }
    }
  }

  @Nullable Published seen(NodeId directory, long pin) {
    Published head = newest.get(directory);
    return head == null ? null : head.asOf(pin);
  }

  Optional<Link> link(NodeId directory) {
    return Optional.ofNullable(links.get(directory));
  }

  boolean isComplete(long pin) {
    synchronized (change) {
      return complete && pin == committed;
    }
  }

  /** Shares a state loaded as of {@code pin}; false if that might hide a newer one. */
  boolean install(NodeId directory, Published loaded, long pin) {
    synchronized (change) {
      boolean shared = pin >= shareFrom && newest.putIfAbsent(directory, loaded) == null;
      learn(directory, loaded.state(), shared);
      return shared;
    }
  }

  boolean installAll(Map<NodeId, Published> loaded, long pin) {
    synchronized (change) {
      if (pin < shareFrom) {
        loaded.forEach((directory, published) -> learn(directory, published.state(), false));
        return false;
      }
      loaded.forEach((directory, published) -> install(directory, published, pin));
      complete = complete || pin == committed;
      return true;
    }
  }

  private void learn(NodeId directory, DirectoryState state, boolean isNewest) {
    state.entries().forEach((name, entry) -> learn(directory, name, entry, isNewest));
  }

  /** What is newest wins; an old view's knowledge only fills gaps. */
  private void learn(NodeId directory, EntryName name, Entry entry, boolean isNewest) {
    if (entry instanceof Entry.Directory && isNewest) {
      links.put(entry.child(), new Link(directory, name));
    } else if (entry instanceof Entry.Directory) {
      links.putIfAbsent(entry.child(), new Link(directory, name));
    }
  }

  /** Returns the oldest transaction that a living view, or the one to come, looks at. */
  private long oldestPin(long upcoming) {
    while (!views.isEmpty()) {
      Map.Entry<Long, Supplier<@Nullable TreeView>> first = views.firstEntry();
      if (first.getValue().get() != null) {
        return first.getKey();
      }
      views.pollFirstEntry();
    }
    return upcoming;
  }

  /**
   * A directory's state after a transaction.
   *
   * @param changed the names that the transaction changed
   */
  public record NewState(NodeId directory, DirectoryState state, List<EntryName> changed) {
    public NewState {
      changed = List.copyOf(changed);
    }
  }
}
