package io.duckpond.transaction;

import io.duckpond.journal.disk.Sha256;
import io.duckpond.node.Attributes;
import io.duckpond.node.Entry;
import io.duckpond.node.NodeId;
import io.duckpond.oplog.DirectoryEntry;
import io.duckpond.oplog.DirectoryEvent;
import io.duckpond.oplog.OplogEntry;
import io.duckpond.oplog.Staging;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What a workspace asks the Committer to make durable, as plain data. Files whose bytes travel
 * along have {@code ContentLocator.Pending}; the Committer gives them their place.
 *
 * @param pin the transaction that the workspace was opened on
 * @param directories every touched directory, newborn ones included, each once
 * @param removed directories that were unlinked
 * @param moved directories that got another parent
 * @param returned nodes that hung nowhere at the pin, each with the directory that holds it now
 * @param staging the staged files of small contents, finished or not
 * @param operations calls that changed something
 * @param bytes bytes of content taken in
 * @param reads what must be as it was read
 */
public record Changes(
    long pin,
    List<OfDirectory> directories,
    List<Removal> removed,
    List<Move> moved,
    Map<NodeId, NodeId> returned,
    Staging staging,
    long operations,
    long bytes,
    Reads reads) {

  /** Changes that bring nothing back, by one that may have read what has changed since. */
  public Changes(
      long pin,
      List<OfDirectory> directories,
      List<Removal> removed,
      List<Move> moved,
      Staging staging,
      long operations,
      long bytes) {
    this(pin, directories, removed, moved, Map.of(), staging, operations, bytes, Reads.NONE);
  }

  /** Returns the contents written here that stand outside of the log. */
  public Set<Sha256> largeContents() {
    Set<Sha256> large = new HashSet<>();
    for (OfDirectory directory : directories) {
      for (OplogEntry row : directory.contents()) {
        if (row instanceof OplogEntry.LargeFile file) {
          large.add(file.sha256());
        }
      }
    }
    return large;
  }

  /**
   * Changes to one directory.
   *
   * @param path where the workspace knew it; for messages
   * @param newborn whether this transaction creates it
   * @param names changed names, sorted
   * @param own new attributes of the root itself
   * @param contents rows of files and links written here, small ones with their bytes
   */
  public record OfDirectory(
      NodeId directory,
      String path,
      boolean newborn,
      List<OfName> names,
      Optional<Attributes> own,
      List<OplogEntry> contents) {
    public OfDirectory {
      names = List.copyOf(names);
      contents = List.copyOf(contents);
    }
  }

  /**
   * A changed name.
   *
   * @param seen what the name held at the pin; the commit is a conflict if it holds anything else
   */
  public record OfName(DirectoryEntry change, Optional<Entry> seen) {}

  /** An unlinked directory; {@code recursive} allows it to have had entries at the pin. */
  public record Removal(NodeId directory, String path, boolean recursive) {}

  /** A directory that now stands in {@code into}. */
  public record Move(NodeId directory, NodeId into, String path) {}

  /** Returns what a commit would log, the sequence numbers of contents 0, as none is given yet. */
  public List<DirectoryEvent> events() {
    return Events.of(this, DirectoryEvent.Group.STORED, directory -> 0);
  }

  public Changes {
    directories = List.copyOf(directories);
    removed = List.copyOf(removed);
    moved = List.copyOf(moved);
    returned = Map.copyOf(returned);
  }
}
