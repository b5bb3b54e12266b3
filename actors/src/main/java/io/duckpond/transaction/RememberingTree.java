package io.duckpond.transaction;

import io.duckpond.content.NewContent;
import io.duckpond.directory.DirectoryState;
import io.duckpond.node.Attributes;
import io.duckpond.node.Entry;
import io.duckpond.node.NodeId;
import io.duckpond.path.EntryName;
import io.duckpond.series.Pieces;
import io.duckpond.view.PastVersion;
import io.duckpond.view.Tree;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** A workspace whose readers' steps are remembered, for it to be serializable. */
final class RememberingTree implements Tree {
  private final Workspace workspace;
  private final ReadSet reads;

  RememberingTree(Workspace workspace, ReadSet reads) {
    this.workspace = workspace;
    this.reads = reads;
  }

  @Override
  public long txnSeq() {
    return workspace.txnSeq();
  }

  @Override
  public DirectoryState directory(NodeId directory) throws IOException {
    if (!workspace.placement().isNewborn(directory)) {
      reads.directory(directory);
    }
    return workspace.directory(directory);
  }

  @Override
  public Optional<Entry> entry(NodeId directory, EntryName name) throws IOException {
    if (!workspace.placement().isNewborn(directory)) {
      reads.name(directory, name);
    }
    return workspace.entry(directory, name);
  }

  @Override
  public Optional<Attributes> own() throws IOException {
    reads.ownAttributes();
    return workspace.own();
  }

  @Override
  public void load(Set<NodeId> directories) throws IOException {
    workspace.load(directories);
  }

  @Override
  public void loadBelow(NodeId top) throws IOException {
    workspace.loadBelow(top);
  }

  @Override
  public void loadAll() throws IOException {
    workspace.loadAll();
  }

  /** What a file holds is what its entry says, and that was looked up. */
  @Override
  public InputStream open(Entry.File entry, String path) throws IOException {
    return workspace.open(entry, path);
  }

  @Override
  public NewContent content(Entry.File entry, String path) throws IOException {
    return workspace.content(entry, path);
  }

  @Override
  public Pieces pieces(Entry.File series, String path) throws IOException {
    return workspace.pieces(series, path);
  }

  /** What was is for ever so; whose past it is says the name. */
  @Override
  public List<PastVersion> past(NodeId holder, EntryName name) throws IOException {
    if (!workspace.placement().isNewborn(holder)) {
      reads.name(holder, name);
    }
    return workspace.past(holder, name);
  }
}
