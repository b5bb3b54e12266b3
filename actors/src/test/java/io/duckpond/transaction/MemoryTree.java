package io.duckpond.transaction;

import io.duckpond.directory.DirectoryState;
import io.duckpond.names.NameMap;
import io.duckpond.node.Attributes;
import io.duckpond.node.ContentLocator;
import io.duckpond.node.Entry;
import io.duckpond.node.NodeId;
import io.duckpond.oplog.DirectoryEntry;
import io.duckpond.oplog.DirectoryEvent;
import io.duckpond.oplog.OplogEntry;
import io.duckpond.view.Tree;
import java.io.InputStream;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.pekko.util.ByteString;

/** A committed tree in memory. {@link #commit} makes the next one, as log and Committer would. */
final class MemoryTree implements Tree {

  private record Version(NodeId node, long version) {}

  private final long txnSeq;
  private final Map<NodeId, DirectoryState> states;
  private final Map<Version, ByteString> bytes;

  private MemoryTree(
      long txnSeq, Map<NodeId, DirectoryState> states, Map<Version, ByteString> bytes) {
    this.txnSeq = txnSeq;
    this.states = states;
    this.bytes = bytes;
  }

  /** The tree after transaction 1: an empty root. */
  static MemoryTree empty() {
    DirectoryState root =
        new DirectoryState(1, Optional.of(new Attributes(0755, 0)), NameMap.empty());
    return new MemoryTree(1, Map.of(NodeId.ROOT, root), Map.of());
  }

  @Override
  public long txnSeq() {
    return txnSeq;
  }

  @Override
  public DirectoryState directory(NodeId directory) {
    DirectoryState state = states.get(directory);
    if (state == null) {
      throw new IllegalStateException("no directory " + directory);
    }
    return state;
  }

  @Override
  public void loadAll() {}

  @Override
  public InputStream open(Entry.File entry, String path) throws NoSuchFileException {
    ByteString found = bytes.get(new Version(entry.child(), entry.version()));
    if (found == null) {
      throw new NoSuchFileException(path, null, "no bytes in the tree");
    }
    return found.asInputStream();
  }

  /** Returns the tree after {@code changes}. */
  MemoryTree commit(Changes changes) {
    Map<NodeId, DirectoryState> after = new HashMap<>(states);
    Map<Version, ByteString> stored = new HashMap<>(bytes);
    for (Changes.OfDirectory each : changes.directories()) {
      DirectoryState before = each.newborn() ? DirectoryState.EMPTY : directory(each.directory());
      long seqNr = before.seqNr() + 1;
      ContentLocator.Logged place = new ContentLocator.Logged(each.directory().hex(), seqNr);
      List<DirectoryEntry> names = new ArrayList<>();
      each.names().forEach(name -> names.add(placed(name.change(), place)));
      after.put(
          each.directory(),
          before.apply(
              new DirectoryEvent(
                  DirectoryEvent.Group.STORED,
                  List.of(new OplogEntry.DirectoryChanged(each.directory(), names, each.own()))),
              seqNr));
      for (OplogEntry row : each.contents()) {
        if (row instanceof OplogEntry.SmallFile small) {
          stored.put(new Version(small.node(), small.version()), small.bytes());
        }
      }
    }
    if (changes.staging() instanceof MemoryStaging staging) {
      staging.rows.forEach(
          (place, row) -> stored.put(new Version(row.node(), row.version()), row.bytes()));
    }
    return new MemoryTree(txnSeq + 1, after, stored);
  }

  private static DirectoryEntry placed(DirectoryEntry change, ContentLocator.Logged place) {
    if (change.entry() instanceof Entry.File file
        && file.content() == ContentLocator.Pending.PENDING) {
      Entry.File found = file.withContent(place);
      return change instanceof DirectoryEntry.MovedIn moved
          ? new DirectoryEntry.MovedIn(moved.name(), found, moved.from(), moved.fromName())
          : new DirectoryEntry.Put(change.name(), found);
    }
    return change;
  }
}
