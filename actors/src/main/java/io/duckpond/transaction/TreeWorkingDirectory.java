package io.duckpond.transaction;

import io.duckpond.WorkingDirectory;
import io.duckpond.node.Attributes;
import io.duckpond.node.Entry;
import io.duckpond.path.EntryName;
import io.duckpond.path.PondPath;
import io.duckpond.path.Resolution;
import io.duckpond.view.Tree;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.InvalidPathException;
import java.nio.file.NotDirectoryException;
import java.nio.file.NotLinkException;
import java.nio.file.ReadOnlyFileSystemException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;

/**
 * A directory of a tree to work from: of a committed state it only reads, of a {@link Workspace} it
 * changes too. It is known by its path: if that is moved away, what is asked here is not found.
 */
public final class TreeWorkingDirectory implements WorkingDirectory {

  private final Tree tree;
  private final Optional<Workspace> workspace;
  // From the tree's root to this directory's "/", and from there to this directory; no links.
  private final List<EntryName> root;
  private final List<EntryName> names;
  private final PathResolver resolver;

  private TreeWorkingDirectory(
      Tree tree, Optional<Workspace> workspace, List<EntryName> root, List<EntryName> names) {
    this.tree = tree;
    this.workspace = workspace;
    this.root = List.copyOf(root);
    this.names = List.copyOf(names);
    this.resolver = new PathResolver(tree, root);
  }

  /** Returns the root of a committed state; every change through it is refused. */
  public static WorkingDirectory of(Tree tree) {
    return new TreeWorkingDirectory(tree, Optional.empty(), List.of(), List.of());
  }

  /** Returns the root of a workspace. */
  public static WorkingDirectory of(Workspace workspace) {
    return new TreeWorkingDirectory(workspace, Optional.of(workspace), List.of(), List.of());
  }

  @Override
  public String path() {
    return PathResolver.asked(names, new PondPath(false, List.of(), false));
  }

  @Override
  public Resolution lookup(String path) throws IOException {
    return resolver.resolve(names, parse(path), PathResolver.AtEnd.FOLLOW);
  }

  @Override
  public Resolution lookupNoFollow(String path) throws IOException {
    return resolver.resolve(names, parse(path), PathResolver.AtEnd.KEEP);
  }

  @Override
  public WorkingDirectory open(String path) throws IOException {
    Resolution.Found found = found(path);
    directory(found, path);
    return new TreeWorkingDirectory(tree, workspace, root, Site.names(found.path()));
  }

  @Override
  public WorkingDirectory chroot() {
    List<EntryName> here = new ArrayList<>(root);
    here.addAll(names);
    return new TreeWorkingDirectory(tree, workspace, here, List.of());
  }

  @Override
  public SortedMap<EntryName, Entry> list(String path) throws IOException {
    return tree.directory(directory(found(path), path).child()).entries();
  }

  @Override
  public Entry metadata(String path) throws IOException {
    return found(path).entry();
  }

  @Override
  public Entry metadataNoFollow(String path) throws IOException {
    return foundNoFollow(path).entry();
  }

  @Override
  public boolean exists(String path) throws IOException {
    return lookup(path) instanceof Resolution.Found;
  }

  @Override
  public InputStream read(String path) throws IOException {
    Resolution.Found found = found(path);
    return tree.open(file(found, path), found.path());
  }

  @Override
  public byte[] readBytes(String path) throws IOException {
    Resolution.Found found = found(path);
    Entry.File file = file(found, path);
    if (file.size() > Integer.MAX_VALUE) {
      throw Refusals.because(asked(path), "too large for an array: " + file.size() + " bytes");
    }
    try (InputStream in = tree.open(file, found.path())) {
      return in.readAllBytes();
    }
  }

  @Override
  public String readLink(String path) throws IOException {
    if (foundNoFollow(path).entry() instanceof Entry.Symlink link) {
      return link.target();
    }
    throw new NotLinkException(asked(path));
  }

  @Override
  public Map<String, Entry> walk(String path) throws IOException {
    Resolution.Found found = found(path);
    Entry.Directory top = directory(found, path);
    if (found.name().isEmpty() && root.isEmpty()) {
      tree.loadAll();
    }
    return TreeWalk.below(tree, top.child());
  }

  @Override
  public Entry.File createFile(String path, InputStream bytes) throws IOException {
    Workspace changing = changing();
    Entry.File created = changing.write(vacantFile(path), bytes, Optional.empty());
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
    Workspace changing = changing();
    Site site = fileSite(lookup(path), path);
    Entry.File written = changing.write(site, bytes, attributes);
    changing.count();
    return written;
  }

  @Override
  public Entry.Directory createDirectory(String path) throws IOException {
    Workspace changing = changing();
    Entry.Directory made = changing.makeDirectory(vacant(path));
    changing.count();
    return made;
  }

  @Override
  public Entry.Directory createDirectories(String path) throws IOException {
    Workspace changing = changing();
    PondPath whole = parse(path);
    boolean changed = false;
    for (int i = 1; i <= whole.components().size(); i++) {
      List<String> components = whole.components().subList(0, i);
      String ancestor = new PondPath(whole.absolute(), components, false).toString();
      Resolution resolution = lookup(ancestor);
      if (resolution instanceof Resolution.Vacant) {
        changing.makeDirectory(vacant(ancestor));
        changed = true;
      } else if (resolution instanceof Resolution.Found found
          && !(found.entry() instanceof Entry.Directory)) {
        throw i < whole.components().size()
            ? new NotDirectoryException(asked(ancestor))
            : new FileAlreadyExistsException(asked(ancestor));
      }
    }
    if (changed) {
      changing.count();
    }
    return directory(found(path), path);
  }

  @Override
  public Entry.Symlink createSymlink(String path, String target) throws IOException {
    Workspace changing = changing();
    String problem = LinkTarget.problemOf(target);
    if (!problem.isEmpty()) {
      throw new FileSystemException(asked(path), target, problem);
    }
    Entry.Symlink made = changing.makeLink(vacantFile(path), target);
    changing.count();
    return made;
  }

  @Override
  public void rename(String from, String to) throws IOException {
    move(from, to, AtTarget.REFUSE);
  }

  @Override
  public void renameReplacing(String from, String to) throws IOException {
    move(from, to, AtTarget.REPLACE);
  }

  /** What a move does with what has the new name already. */
  private enum AtTarget {
    REFUSE,
    REPLACE
  }

  private void move(String from, String to, AtTarget atTarget) throws IOException {
    Workspace changing = changing();
    Resolution.Found found = itself(from);
    Site source = site(found, from);
    Resolution goal = withoutDemand(to);
    if (goal instanceof Resolution.Blocked blocked) {
      throw Refusals.of(blocked, asked(to));
    }
    if (!(found.entry() instanceof Entry.Directory) && parse(to).demandsDirectory()) {
      throw new NotDirectoryException(asked(to));
    }
    if (goal instanceof Resolution.Found taken) {
      if (taken.name().isEmpty()) {
        throw new FileAlreadyExistsException(asked(to));
      }
      if (taken.entry().child().equals(found.entry().child())) {
        return;
      }
      demandReplaceable(found.entry(), taken.entry(), asked(to), atTarget);
    }
    Site target =
        goal instanceof Resolution.Found taken
            ? site(taken, to)
            : site((Resolution.Vacant) goal, to);
    if (target.isBelow(source)) {
      throw new FileSystemException(
          asked(from), asked(to), "a directory cannot be moved into itself");
    }
    changing.move(source, found.entry(), target);
    changing.count();
  }

  private static void demandReplaceable(Entry entry, Entry taken, String to, AtTarget atTarget)
      throws FileSystemException {
    if (atTarget == AtTarget.REFUSE) {
      throw new FileAlreadyExistsException(to);
    }
    boolean directory = entry instanceof Entry.Directory;
    if (directory && !(taken instanceof Entry.Directory)) {
      throw new NotDirectoryException(to);
    }
    if (!directory && taken instanceof Entry.Directory) {
      throw Refusals.because(to, "is a directory");
    }
  }

  @Override
  public void remove(String path) throws IOException {
    remove(path, Workspace.Emptiness.DEMANDED);
  }

  @Override
  public void removeRecursively(String path) throws IOException {
    remove(path, Workspace.Emptiness.NOT_DEMANDED);
  }

  private void remove(String path, Workspace.Emptiness emptiness) throws IOException {
    Workspace changing = changing();
    Resolution.Found found = itself(path);
    changing.remove(site(found, path), found.entry(), emptiness);
    changing.count();
  }

  @Override
  public void setAttributes(String path, Attributes attributes) throws IOException {
    set(foundNoFollow(path), path, attributes);
  }

  @Override
  public void touch(String path) throws IOException {
    Workspace changing = changing();
    Resolution resolution = lookup(path);
    if (resolution instanceof Resolution.Found found) {
      set(found, path, found.entry().attributes().modifiedAt(changing.now()));
    } else {
      write(path, new ByteArrayInputStream(new byte[0]));
    }
  }

  private void set(Resolution.Found found, String path, Attributes attributes) throws IOException {
    Workspace changing = changing();
    if (found.entry().attributes().equals(attributes)) {
      return;
    }
    if (found.name().isPresent()) {
      changing.put(site(found, path), found.entry().withAttributes(attributes));
    } else if (root.isEmpty()) {
      changing.putRoot(attributes);
    } else {
      throw Refusals.because(asked(path), "its attributes stand outside of the root");
    }
    changing.count();
  }

  private Workspace changing() {
    return workspace.orElseThrow(ReadOnlyFileSystemException::new);
  }

  private static PondPath parse(String path) throws FileSystemException {
    try {
      return PondPath.parse(path);
    } catch (InvalidPathException e) {
      throw Refusals.of(e);
    }
  }

  private String asked(String path) throws FileSystemException {
    return PathResolver.asked(names, parse(path));
  }

  private Resolution.Found found(String path) throws IOException {
    return found(lookup(path), path);
  }

  private Resolution.Found foundNoFollow(String path) throws IOException {
    return found(lookupNoFollow(path), path);
  }

  private Resolution.Found found(Resolution resolution, String path) throws IOException {
    if (resolution instanceof Resolution.Vacant vacant) {
      throw Refusals.of(vacant, asked(path));
    }
    if (resolution instanceof Resolution.Blocked blocked) {
      throw Refusals.of(blocked, asked(path));
    }
    return (Resolution.Found) resolution;
  }

  private Entry.Directory directory(Resolution.Found found, String path) throws IOException {
    if (found.entry() instanceof Entry.Directory directory) {
      return directory;
    }
    throw new NotDirectoryException(asked(path));
  }

  private Entry.File file(Resolution.Found found, String path) throws IOException {
    if (found.entry() instanceof Entry.File file) {
      return file;
    }
    throw Refusals.because(asked(path), "is a directory");
  }

  /** Resolves without following a link at the end, whatever a trailing slash says. */
  private Resolution withoutDemand(String path) throws IOException {
    PondPath parsed = parse(path);
    PondPath plain = new PondPath(parsed.absolute(), parsed.components(), false);
    return resolver.resolve(names, plain, PathResolver.AtEnd.KEEP);
  }

  /** Returns the very node of a path that is to be moved or removed; never the root. */
  private Resolution.Found itself(String path) throws IOException {
    Resolution.Found found = found(withoutDemand(path), path);
    // "link/" would mean the directory behind the link, "file/" nothing: neither is the node.
    if (parse(path).demandsDirectory()) {
      directory(found, path);
    }
    if (found.name().isEmpty()) {
      throw Refusals.because(asked(path), "is the root");
    }
    return found;
  }

  private Site vacant(String path) throws IOException {
    Resolution resolution = lookupNoFollow(path);
    if (resolution instanceof Resolution.Blocked blocked) {
      throw Refusals.of(blocked, asked(path));
    }
    // A target means that a link is there, which a trailing slash made us follow.
    if (resolution instanceof Resolution.Vacant vacant && vacant.linkTarget().isEmpty()) {
      return site(vacant, path);
    }
    throw new FileAlreadyExistsException(asked(path));
  }

  private Site vacantFile(String path) throws IOException {
    Site site = vacant(path);
    demandNoSlash(path);
    return site;
  }

  private Site fileSite(Resolution resolution, String path) throws IOException {
    if (resolution instanceof Resolution.Vacant vacant) {
      demandNoSlash(path);
      return site(vacant, path);
    }
    Resolution.Found found = found(resolution, path);
    file(found, path);
    return site(found, path);
  }

  private void demandNoSlash(String path) throws FileSystemException {
    if (parse(path).demandsDirectory()) {
      throw Refusals.because(asked(path), "a trailing slash demands a directory");
    }
  }

  private Site site(Resolution.Found found, String path) throws FileSystemException {
    EntryName name =
        found.name().orElseThrow(() -> new IllegalStateException("the root has no site"));
    return new Site(new Place(found.parent(), name), absolute(found.path()), asked(path));
  }

  private Site site(Resolution.Vacant vacant, String path) throws FileSystemException {
    Place place = new Place(vacant.parent(), vacant.name());
    return new Site(place, absolute(vacant.path()), asked(path));
  }

  private String absolute(String path) {
    return root.isEmpty()
        ? path
        : PathResolver.asked(root, new PondPath(false, List.of(), false)) + path;
  }
}
