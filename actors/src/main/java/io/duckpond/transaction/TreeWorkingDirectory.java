package io.duckpond.transaction;

import io.duckpond.FileOptions;
import io.duckpond.FileVersion;
import io.duckpond.PondView;
import io.duckpond.ReadOnlyStateException;
import io.duckpond.WorkingDirectory;
import io.duckpond.dynamic.Definition;
import io.duckpond.glob.GlobMatch;
import io.duckpond.glob.GlobOptions;
import io.duckpond.glob.GlobVisitor;
import io.duckpond.node.Attributes;
import io.duckpond.node.Entry;
import io.duckpond.node.NodeId;
import io.duckpond.node.NodeType;
import io.duckpond.path.EntryName;
import io.duckpond.path.Resolution;
import io.duckpond.view.Tree;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileSystemException;
import java.nio.file.NotLinkException;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.stream.Stream;

/**
 * A directory of a tree to work from: of a committed state it only reads, of a {@link Workspace} it
 * changes too. It is known by its path: if that is moved away, what is asked here is not found.
 */
public final class TreeWorkingDirectory implements WorkingDirectory {

  private final Tree tree;
  private final Optional<Workspace> workspace;
  private final Standpoint standpoint;
  private final List<NodeId> computing;
  private final Lookup lookup;

  private TreeWorkingDirectory(
      Tree tree, Optional<Workspace> workspace, Standpoint standpoint, List<NodeId> computing) {
    this.tree = tree;
    this.workspace = workspace;
    this.standpoint = standpoint;
    this.computing = computing;
    this.lookup = new Lookup(new Folders(tree, standpoint.root(), computing), standpoint.names());
  }

  /** Returns the root of a committed state; every change through it is refused. */
  public static TreeWorkingDirectory of(Tree tree) {
    return of(tree, Standpoint.ROOT);
  }

  /** Returns a directory of a committed state, which need not be there any more. */
  public static TreeWorkingDirectory of(Tree tree, Standpoint standpoint) {
    return computing(tree, standpoint, List.of());
  }

  /** Returns a directory to read for dynamic nodes, none of which may need itself. */
  static TreeWorkingDirectory computing(Tree tree, Standpoint standpoint, List<NodeId> nodes) {
    return new TreeWorkingDirectory(tree, Optional.empty(), standpoint, nodes);
  }

  /** Returns the root of a workspace. */
  public static TreeWorkingDirectory of(Workspace workspace) {
    return of(workspace, Standpoint.ROOT);
  }

  /** Returns a directory of a workspace, which need not be there any more. */
  public static TreeWorkingDirectory of(Workspace workspace, Standpoint standpoint) {
    return new TreeWorkingDirectory(
        workspace.reader(), Optional.of(workspace), standpoint, List.of());
  }

  /** Returns where it stands, to find it in another tree. */
  public Standpoint standpoint() {
    return standpoint;
  }

  @Override
  public String path() {
    return standpoint.path();
  }

  @Override
  public Resolution lookup(String path) throws IOException {
    return lookup.following(path);
  }

  @Override
  public Resolution lookupNoFollow(String path) throws IOException {
    return lookup.keeping(path);
  }

  @Override
  public TreeWorkingDirectory open(String path) throws IOException {
    Resolution.Found found = lookup.found(path);
    lookup.folder(found, path);
    return new TreeWorkingDirectory(tree, workspace, standpoint.at(found.path()), computing);
  }

  @Override
  public TreeWorkingDirectory chroot() {
    return new TreeWorkingDirectory(tree, workspace, standpoint.chroot(), computing);
  }

  @Override
  public SortedMap<EntryName, Entry> list(String path) throws IOException {
    Resolution.Found found = lookup.found(path);
    return found.entry() instanceof Entry.Directory directory
        ? tree.directory(directory.child()).entries()
        : lookup.folder(found, path).entries();
  }

  @Override
  public Entry metadata(String path) throws IOException {
    return lookup.found(path).entry();
  }

  @Override
  public Entry metadataNoFollow(String path) throws IOException {
    return lookup.foundKeeping(path).entry();
  }

  @Override
  public boolean exists(String path) throws IOException {
    return lookup(path) instanceof Resolution.Found;
  }

  @Override
  public InputStream read(String path) throws IOException {
    return lookup.open(lookup.found(path), path);
  }

  @Override
  public byte[] readBytes(String path) throws IOException {
    Resolution.Found found = lookup.found(path);
    if (found.entry() instanceof Entry.File file && file.size() > Integer.MAX_VALUE) {
      throw Refusals.because(
          lookup.asked(path), "too large for an array: " + file.size() + " bytes");
    }
    try (InputStream in = lookup.open(found, path)) {
      return in.readAllBytes();
    }
  }

  @Override
  public InputStream readRange(String path, long from, long to) throws IOException {
    Resolution.Found found = lookup.found(path);
    return found.entry().type() == NodeType.DYNAMIC_FILE
        ? RangeInput.of(lookup.open(found, path), from, to)
        : RangeInput.of(tree, lookup.file(found, path), found.path(), from, to);
  }

  @Override
  public List<FileVersion> versions(String path) throws IOException {
    return versionsOf(path).list();
  }

  @Override
  public InputStream readVersion(String path, long version) throws IOException {
    return versionsOf(path).open(version);
  }

  private Versions versionsOf(String path) throws IOException {
    Resolution.Found found = lookup.found(path);
    return new Versions(tree, found, lookup.file(found, path), lookup.asked(path));
  }

  @Override
  public String readLink(String path) throws IOException {
    if (lookup.foundKeeping(path).entry() instanceof Entry.Symlink link) {
      return link.target();
    }
    throw new NotLinkException(lookup.asked(path));
  }

  @Override
  public Map<String, Entry> walk(String path) throws IOException {
    Resolution.Found found = lookup.found(path);
    Entry.Directory top = lookup.directory(found, path);
    tree.loadBelow(top.child());
    return TreeWalk.below(tree, top.child());
  }

  @Override
  public void load(Collection<String> directories) throws IOException {
    Set<NodeId> wanted = new HashSet<>();
    for (String path : directories) {
      wanted.add(lookup.directory(lookup.found(path), path).child());
    }
    tree.load(wanted);
  }

  @Override
  public void loadBelow(String path) throws IOException {
    tree.loadBelow(lookup.directory(lookup.found(path), path).child());
  }

  @Override
  public Stream<GlobMatch> glob(String pattern, GlobOptions options) throws IOException {
    return GlobSearch.of(lookup, pattern, options).stream();
  }

  @Override
  public void visit(String pattern, GlobOptions options, GlobVisitor visitor) throws IOException {
    GlobSearch.of(lookup, pattern, options).show(visitor);
  }

  @Override
  public Entry.File createFile(String path, InputStream bytes) throws IOException {
    Workspace changing = changing(path);
    Entry.File created = changing.write(lookup.vacantFile(path), bytes, Optional.empty());
    changing.count();
    return created;
  }

  @Override
  public Entry.File createFile(String path, InputStream bytes, FileOptions options)
      throws IOException {
    Workspace changing = changing(path);
    Site site = lookup.vacantFile(path);
    NodeType type = options.type();
    Incoming taken = Incoming.take(changing, site, type, bytes);
    Entry.File created =
        type.isSeries()
            ? changing.append(site, type, taken, options.attributes())
            : changing.write(site, type, taken.content(), options.attributes());
    changing.count();
    return created;
  }

  @Override
  public Entry.File write(String path, InputStream bytes) throws IOException {
    return write(path, bytes, Optional.empty());
  }

  @Override
  public Entry.File write(String path, InputStream bytes, Attributes attributes)
      throws IOException {
    return write(path, bytes, Optional.of(attributes));
  }

  private Entry.File write(String path, InputStream bytes, Optional<Attributes> attributes)
      throws IOException {
    Workspace changing = changing(path);
    Site site = lookup.fileSite(lookup(path), path);
    Appending.demandNone(changing, site);
    Incoming taken = Incoming.take(changing, site, NodeType.FILE, bytes);
    Entry.File written = changing.write(site, NodeType.FILE, taken.content(), attributes);
    changing.count();
    return written;
  }

  @Override
  public Entry.File append(String path, InputStream piece) throws IOException {
    Workspace changing = changing(path);
    Site site = lookup.fileSite(lookup(path), path);
    Appending.demandSeries(changing, site);
    Incoming taken = Incoming.take(changing, site, NodeType.SERIES, piece);
    Entry.File longer = changing.append(site, NodeType.SERIES, taken, Optional.empty());
    changing.count();
    return longer;
  }

  @Override
  public Entry.Directory createDirectory(String path) throws IOException {
    Workspace changing = changing(path);
    Entry.Directory made = changing.makeDirectory(lookup.vacant(path));
    changing.count();
    return made;
  }

  @Override
  public Entry.Directory createDirectories(String path) throws IOException {
    MissingDirectories.create(changing(path), lookup, path);
    return lookup.directory(lookup.found(path), path);
  }

  @Override
  public Entry.Symlink createSymlink(String path, String target) throws IOException {
    Workspace changing = changing(path);
    String problem = LinkTarget.problemOf(target);
    if (!problem.isEmpty()) {
      throw new FileSystemException(lookup.asked(path), target, problem);
    }
    Entry.Symlink made = changing.makeLink(lookup.vacantFile(path), target);
    changing.count();
    return made;
  }

  @Override
  public Entry createDynamic(String path, String factory, String config) throws IOException {
    return define(lookup.vacantFile(path), path, factory, config);
  }

  @Override
  public Entry redefine(String path, String factory, String config) throws IOException {
    Resolution.Found found = lookup.found(path);
    lookup.definition(found, path);
    return define(lookup.site(found, path), path, factory, config);
  }

  private Entry define(Site site, String path, String factory, String config) throws IOException {
    Workspace changing = changing(path);
    Entry made = Definitions.write(changing, site, lookup.asked(path), factory, config);
    changing.count();
    return made;
  }

  @Override
  public Definition definition(String path) throws IOException {
    return lookup.definition(lookup.found(path), path);
  }

  @Override
  public void rename(String from, String to) throws IOException {
    new TreeMove(changing(from), lookup, AtTarget.REFUSE).run(from, to);
  }

  @Override
  public void renameReplacing(String from, String to) throws IOException {
    new TreeMove(changing(from), lookup, AtTarget.REPLACE).run(from, to);
  }

  @Override
  public void copy(String from, String to) throws IOException {
    new TreeCopy(changing(to), lookup, AtTarget.REFUSE).run(from, to);
  }

  @Override
  public void copyReplacing(String from, String to) throws IOException {
    new TreeCopy(changing(to), lookup, AtTarget.REPLACE).run(from, to);
  }

  @Override
  public void remove(String path) throws IOException {
    remove(path, Placement.Emptiness.DEMANDED);
  }

  @Override
  public void removeRecursively(String path) throws IOException {
    remove(path, Placement.Emptiness.NOT_DEMANDED);
  }

  private void remove(String path, Placement.Emptiness emptiness) throws IOException {
    Workspace changing = changing(path);
    Resolution.Found found = lookup.itself(path);
    changing.placement().remove(lookup.site(found, path), found.entry(), emptiness);
    changing.count();
  }

  @Override
  public void setAttributes(String path, Attributes attributes) throws IOException {
    set(lookup.foundKeeping(path), path, attributes);
  }

  @Override
  public void touch(String path) throws IOException {
    Workspace changing = changing(path);
    Resolution resolution = lookup(path);
    if (resolution instanceof Resolution.Found found) {
      set(found, path, found.entry().attributes().modifiedAt(changing.now()));
    } else {
      write(path, new ByteArrayInputStream(new byte[0]));
    }
  }

  private void set(Resolution.Found found, String path, Attributes attributes) throws IOException {
    Workspace changing = changing(path);
    if (found.entry().attributes().equals(attributes)) {
      return;
    }
    if (found.name().isPresent()) {
      changing.placement().put(lookup.site(found, path), found.entry().withAttributes(attributes));
    } else if (standpoint.root().isEmpty()) {
      changing.placement().putRoot(attributes);
    } else {
      throw Refusals.because(lookup.asked(path), "its attributes stand outside of the root");
    }
    changing.count();
  }

  @Override
  public void revert(Collection<String> paths, PondView to) throws IOException {
    new RevertedPaths(changing("."), lookup, to, standpoint).run(paths);
  }

  private Workspace changing(String path) throws FileSystemException {
    if (workspace.isEmpty()) {
      throw new ReadOnlyStateException(lookup.asked(path));
    }
    return workspace.get();
  }
}
