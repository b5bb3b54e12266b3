package io.duckpond.history;

import io.duckpond.node.Entry;
import io.duckpond.node.NodeId;
import io.duckpond.oplog.DirectoryEntry;
import io.duckpond.oplog.LoggedEvent;
import io.duckpond.oplog.Oplog;
import io.duckpond.path.EntryName;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/**
 * Finds the newest node that a path has ever led to: of each name the newest holder first, and
 * below it only what was there while it had that name. Links are not followed.
 */
final class PastPath {
  private final Oplog log;
  private final long pin;
  private final Places places;

  PastPath(Oplog log, long pin, Places places) {
    this.log = log;
    this.pin = pin;
    this.places = places;
  }

  /**
   * A node and the directory that holds or held it.
   *
   * @param holder its own id for the root
   */
  record Located(NodeId node, NodeId holder) {}

  /** A time during which a name held one node. */
  private record Stay(Entry entry, Span span) {}

  /** Returns the node; empty if nothing was ever there. */
  Optional<Located> find(List<EntryName> names) throws IOException {
    return names.isEmpty()
        ? Optional.of(new Located(NodeId.ROOT, NodeId.ROOT))
        : find(NodeId.ROOT, new Span(1, pin), names);
  }

  private Optional<Located> find(NodeId directory, Span within, List<EntryName> names)
      throws IOException {
    Stays stays = new Stays(names.get(0));
    log.replay(directory, 0, pin, stays::add);
    List<EntryName> below = names.subList(1, names.size());
    for (Stay stay : stays.newestFirst(pin)) {
      Span span = stay.span().and(within);
      Optional<Located> found =
          span.isEmpty() ? Optional.empty() : at(directory, stay.entry(), span, below);
      if (found.isPresent()) {
        return found;
      }
    }
    return Optional.empty();
  }

  private Optional<Located> at(NodeId holder, Entry entry, Span span, List<EntryName> below)
      throws IOException {
    boolean isDirectory = entry instanceof Entry.Directory;
    if (isDirectory) {
      places.know(entry.child(), holder);
    }
    if (below.isEmpty()) {
      return Optional.of(new Located(entry.child(), holder));
    }
    return isDirectory ? find(entry.child(), span, below) : Optional.empty();
  }

  /** What a name held, and when. */
  private static final class Stays {
    private final EntryName name;
    private final Deque<Stay> newestFirst = new ArrayDeque<>();
    private Optional<Entry> held = Optional.empty();
    private long since;

    Stays(EntryName name) {
      this.name = name;
    }

    void add(LoggedEvent event) {
      for (DirectoryEntry change : event.event().own().changes()) {
        if (change.name().equals(name)) {
          takes(change.after(), event.txnSeq());
        }
      }
    }

    private void takes(Optional<Entry> next, long txnSeq) {
      if (held.map(Entry::child).equals(next.map(Entry::child))) {
        return;
      }
      end(txnSeq - 1);
      held = next;
      since = txnSeq;
    }

    private void end(long txnSeq) {
      held.ifPresent(entry -> newestFirst.addFirst(new Stay(entry, new Span(since, txnSeq))));
    }

    List<Stay> newestFirst(long pin) {
      end(pin);
      held = Optional.empty();
      return new ArrayList<>(newestFirst);
    }
  }
}
