package io.duckpond.transaction;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.duckpond.dynamic.Definition;
import io.duckpond.dynamic.DynamicContext;
import io.duckpond.dynamic.DynamicDirectory;
import io.duckpond.dynamic.DynamicEntry;
import io.duckpond.dynamic.DynamicFactory;
import io.duckpond.dynamic.DynamicFile;
import io.duckpond.dynamic.DynamicNode;
import io.duckpond.dynamic.DynamicNodeException;
import io.duckpond.dynamic.Factories;
import io.duckpond.dynamic.VisitLoopException;
import io.duckpond.journal.disk.Sha256;
import io.duckpond.node.Entry;
import io.duckpond.node.NodeId;
import io.duckpond.node.NodeType;
import io.duckpond.path.EntryName;
import io.duckpond.view.Tree;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileSystemLoopException;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Opens the directories of a tree, computed ones among them. A dynamic node that is being computed
 * is known to all that is read for it, so that one which looks into itself is refused.
 *
 * @param root from the tree's root to the reader's "/"
 * @param computing the dynamic nodes that are read for
 */
record Folders(Tree tree, List<EntryName> root, List<NodeId> computing) {

  /** Returns a directory of the tree at {@code path}, as the reader sees it. */
  Folder of(NodeId directory, String path) {
    return new Stored(this, directory, path, computing, Kind.PLAIN);
  }

  private enum Kind {
    PLAIN,
    SHOWN_ELSEWHERE
  }

  private Optional<Folder> enter(Entry entry, String path, List<NodeId> inside, Kind kind) {
    if (entry instanceof Entry.Directory directory) {
      return Optional.of(new Stored(this, directory.child(), path, inside, kind));
    }
    if (entry instanceof Entry.File file && file.type() == NodeType.DYNAMIC_DIRECTORY) {
      Maker<DynamicDirectory> maker = () -> directory(file, path, inside);
      return Optional.of(new Computed(this, maker, path, with(inside, file.child()), file.child()));
    }
    return Optional.empty();
  }

  private InputStream open(Entry entry, String path, List<NodeId> inside) throws IOException {
    if (!(entry instanceof Entry.File file)) {
      throw Refusals.because(path, "is a directory");
    }
    if (file.type() != NodeType.DYNAMIC_FILE) {
      return tree.open(file, path);
    }
    if (node(file, path, inside) instanceof DynamicFile computed) {
      return guarded(path, factory(file, path), computed::open);
    }
    throw new DynamicNodeException(path, factory(file, path), "makes no file");
  }

  private DynamicDirectory directory(Entry.File file, String path, List<NodeId> inside)
      throws IOException {
    if (node(file, path, inside) instanceof DynamicDirectory directory) {
      String factory = factory(file, path);
      return new Guarded(directory, path, factory);
    }
    throw new DynamicNodeException(path, factory(file, path), "makes no directory");
  }

  private DynamicNode node(Entry.File file, String path, List<NodeId> inside) throws IOException {
    if (inside.contains(file.child())) {
      throw new VisitLoopException(path);
    }
    Definition definition = definition(file, path);
    DynamicFactory factory =
        Factories.find(definition.factory())
            .orElseThrow(
                () -> new DynamicNodeException(path, definition.factory(), "is not there"));
    Standpoint holder =
        new Standpoint(root, Site.names(path.substring(0, path.lastIndexOf('/') + 1)));
    DynamicContext context =
        new DynamicContext(
            TreeWorkingDirectory.computing(tree, holder, with(inside, file.child())));
    return guarded(
        path, definition.factory(), () -> factory.create(definition.configuration(), context));
  }

  private String factory(Entry.File file, String path) throws IOException {
    return definition(file, path).factory();
  }

  /** Returns the definition of a dynamic node. */
  Definition definition(Entry.File file, String path) throws IOException {
    try (InputStream in = tree.open(file, path)) {
      return Definition.of(in.readAllBytes());
    } catch (IllegalArgumentException e) {
      throw new DynamicNodeException(path, "?", e);
    }
  }

  private static List<NodeId> with(List<NodeId> inside, NodeId node) {
    List<NodeId> deeper = new ArrayList<>(inside);
    deeper.add(node);
    return List.copyOf(deeper);
  }

  private static String child(String path, EntryName name) {
    return path.equals("/") ? "/" + name : path + "/" + name;
  }

  /** A call of a factory's code. */
  private interface Maker<T> {
    T make() throws IOException;
  }

  /** What the code of a factory throws names neither it nor the node. */
  private static <T> T guarded(String path, String factory, Maker<T> call) throws IOException {
    try {
      return call.make();
    } catch (FileSystemLoopException | DynamicNodeException known) {
      throw known;
    } catch (IOException | RuntimeException failed) {
      throw new DynamicNodeException(path, factory, failed);
    }
  }

  private record Guarded(DynamicDirectory directory, String path, String factory)
      implements DynamicDirectory {
    @Override
    public SortedMap<EntryName, DynamicEntry> entries() throws IOException {
      return guarded(path, factory, directory::entries);
    }

    @Override
    public Optional<DynamicEntry> get(EntryName name) throws IOException {
      return guarded(path, factory, () -> directory.get(name));
    }
  }

  private record Stored(
      Folders folders, NodeId directory, String path, List<NodeId> inside, Kind kind)
      implements Folder {
    @Override
    public Object key() {
      return kind == Kind.PLAIN ? directory : List.of(directory, inside);
    }

    @Override
    public boolean isComputed() {
      return kind == Kind.SHOWN_ELSEWHERE;
    }

    @Override
    public Optional<Entry> get(EntryName name) throws IOException {
      return folders.tree().entry(directory, name);
    }

    @Override
    public SortedMap<EntryName, Entry> entries() throws IOException {
      return folders.tree().directory(directory).entries();
    }

    @Override
    public Optional<Folder> enter(EntryName name, Entry entry) {
      return folders.enter(entry, child(path, name), inside, kind);
    }

    @Override
    public InputStream open(EntryName name, Entry entry) throws IOException {
      return folders.open(entry, child(path, name), inside);
    }
  }

  private record Computed(
      Folders folders, Maker<DynamicDirectory> maker, String path, List<NodeId> inside, NodeId id)
      implements Folder {
    @Override
    public Object key() {
      return List.of(id, inside);
    }

    @Override
    public boolean isComputed() {
      return true;
    }

    @Override
    public Optional<Entry> get(EntryName name) throws IOException {
      return maker.make().get(name).map(found -> entry(name, found));
    }

    @Override
    public SortedMap<EntryName, Entry> entries() throws IOException {
      SortedMap<EntryName, Entry> entries = new TreeMap<>();
      maker.make().entries().forEach((name, found) -> entries.put(name, entry(name, found)));
      return Collections.unmodifiableSortedMap(entries);
    }

    @Override
    public Optional<Folder> enter(EntryName name, Entry entry) throws IOException {
      if (!entry.isDirectory()) {
        return Optional.empty();
      }
      DynamicEntry found = found(name);
      if (found instanceof DynamicEntry.Node node) {
        return folders.enter(node.entry(), node.path(), inside, Kind.SHOWN_ELSEWHERE);
      }
      return found instanceof DynamicEntry.Directory below
          ? Optional.of(
              new Computed(folders, below::directory, child(path, name), inside, idOf(name)))
          : Optional.empty();
    }

    @Override
    public InputStream open(EntryName name, Entry entry) throws IOException {
      DynamicEntry found = found(name);
      if (found instanceof DynamicEntry.Node node) {
        return folders.open(node.entry(), node.path(), inside);
      }
      if (found instanceof DynamicEntry.File file) {
        return file.file().open();
      }
      throw Refusals.because(child(path, name), "is a directory");
    }

    private DynamicEntry found(EntryName name) throws IOException {
      return maker.make().get(name).orElseThrow(() -> new NoSuchFileException(child(path, name)));
    }

    private Entry entry(EntryName name, DynamicEntry found) {
      if (found instanceof DynamicEntry.Node node) {
        return node.entry();
      }
      if (found instanceof DynamicEntry.Link link) {
        return new Entry.Symlink(idOf(name), link.attributes(), 1, link.target());
      }
      if (found instanceof DynamicEntry.File file) {
        return new Entry.Computed(
            idOf(name), NodeType.DYNAMIC_FILE, file.attributes(), file.size());
      }
      return new Entry.Computed(
          idOf(name),
          NodeType.DYNAMIC_DIRECTORY,
          ((DynamicEntry.Directory) found).attributes(),
          OptionalLong.empty());
    }

    /** The same at each reading, though nothing of it is stored. */
    private NodeId idOf(EntryName name) {
      Sha256 hash = Sha256.of((id.hex() + "/" + name).getBytes(UTF_8));
      return new NodeId(
          hash.first() & ~0xf000L | 0x8000L, hash.second() >>> 2 | 0x8000_0000_0000_0000L);
    }
  }
}
