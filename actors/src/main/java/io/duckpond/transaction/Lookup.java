package io.duckpond.transaction;

import io.duckpond.dynamic.Definition;
import io.duckpond.dynamic.ImmutableException;
import io.duckpond.node.Entry;
import io.duckpond.path.EntryName;
import io.duckpond.path.PondPath;
import io.duckpond.path.Resolution;
import io.duckpond.view.Tree;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.InvalidPathException;
import java.nio.file.NotDirectoryException;
import java.util.List;
import java.util.Optional;

/** From paths as callers write them to nodes and sites as operations need them, or to refusals. */
final class Lookup {

  private final List<EntryName> root;
  private final List<EntryName> names;
  private final PathResolver resolver;
  private final StraightPath straight;
  private final Folders folders;

  /** Looks up paths against {@code names} below the root of {@code folders}, without links. */
  Lookup(Folders folders, List<EntryName> names) {
    this.root = folders.root();
    this.names = names;
    this.folders = folders;
    this.resolver = new PathResolver(folders);
    this.straight = new StraightPath(folders.tree(), root, names);
  }

  /** The same in a tree that nothing is being computed for. */
  Lookup(Tree tree, List<EntryName> root, List<EntryName> names) {
    this(new Folders(tree, List.copyOf(root), List.of()), names);
  }

  /** Resolves a path; follows a link at its end. */
  Resolution following(String path) throws IOException {
    return resolve(path, PathResolver.AtEnd.FOLLOW);
  }

  /** Resolves a path; a link at its end is the result, unless a slash follows. */
  Resolution keeping(String path) throws IOException {
    return resolve(path, PathResolver.AtEnd.KEEP);
  }

  private Resolution resolve(String path, PathResolver.AtEnd atEnd) throws IOException {
    Optional<Resolution> found = straight.find(path, atEnd);
    return found.isPresent() ? found.get() : resolver.resolve(names, parse(path), atEnd);
  }

  static PondPath parse(String path) throws FileSystemException {
    try {
      return PondPath.parse(path);
    } catch (InvalidPathException e) {
      throw Refusals.of(e);
    }
  }

  String asked(String path) throws FileSystemException {
    return PathResolver.asked(names, parse(path));
  }

  Resolution.Found found(String path) throws IOException {
    return found(following(path), path);
  }

  Resolution.Found foundKeeping(String path) throws IOException {
    return found(keeping(path), path);
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

  Entry.Directory directory(Resolution.Found found, String path) throws IOException {
    if (found.entry() instanceof Entry.Directory directory) {
      return directory;
    }
    throw new NotDirectoryException(asked(path));
  }

  /** Returns the directory that was found, to look into. */
  Folder folder(Resolution.Found found, String path) throws IOException {
    if (!found.entry().isDirectory()) {
      throw new NotDirectoryException(asked(path));
    }
    return folder(Site.names(found.path()));
  }

  private Folder folder(List<EntryName> path) throws IOException {
    Folder at = folders.of(resolver.rootDirectory(), "/");
    for (EntryName name : path) {
      Entry entry =
          at.get(name).orElseThrow(() -> new IllegalStateException("'" + name + "' was found"));
      at = at.enter(name, entry).orElseThrow(() -> new IllegalStateException("was a directory"));
    }
    return at;
  }

  /** Opens what was found, computed or not. */
  InputStream open(Resolution.Found found, String path) throws IOException {
    if (found.entry() instanceof Entry.File file && !file.type().isDynamic()) {
      return folders.tree().open(file, found.path());
    }
    if (found.entry().isDirectory()) {
      throw Refusals.because(asked(path), "is a directory");
    }
    List<EntryName> whole = Site.names(found.path());
    EntryName name = whole.get(whole.size() - 1);
    return folder(whole.subList(0, whole.size() - 1)).open(name, found.entry());
  }

  /** Returns the dynamic node at a path, a link at its end followed. */
  Definition definition(Resolution.Found found, String path) throws IOException {
    if (found.entry() instanceof Entry.File file && file.type().isDynamic()) {
      return folders.definition(file, found.path());
    }
    throw Refusals.because(asked(path), "is no dynamic node");
  }

  /** Nothing that is computed can be changed. */
  private void demandMutable(String resolved, String path) throws IOException {
    List<EntryName> whole = Site.names(resolved);
    if (folder(whole.subList(0, whole.size() - 1)).isComputed()) {
      throw new ImmutableException(asked(path));
    }
  }

  Entry.File file(Resolution.Found found, String path) throws IOException {
    if (found.entry() instanceof Entry.File file && !file.isDirectory()) {
      return file;
    }
    throw Refusals.because(
        asked(path), found.entry().isDirectory() ? "is a directory" : "is computed");
  }

  /** Resolves without following a link at the end, whatever a trailing slash says. */
  private Resolution withoutDemand(String path) throws IOException {
    PondPath parsed = parse(path);
    PondPath plain = new PondPath(parsed.absolute(), parsed.components(), false);
    return resolver.resolve(names, plain, PathResolver.AtEnd.KEEP);
  }

  /** Returns the very node of a path that is to be moved or removed; never the root. */
  Resolution.Found itself(String path) throws IOException {
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

  /**
   * Where a node is to go, which is never the root's place.
   *
   * @param taken what is there
   */
  record Goal(Site site, Optional<Entry> taken) {}

  /** Returns the very place of a path that a node is to go to, free or taken. */
  Goal goal(String path) throws IOException {
    Resolution resolution = withoutDemand(path);
    if (resolution instanceof Resolution.Vacant vacant) {
      return new Goal(site(vacant, path), Optional.empty());
    }
    Resolution.Found taken = found(resolution, path);
    if (taken.name().isEmpty()) {
      throw new FileAlreadyExistsException(asked(path));
    }
    return new Goal(site(taken, path), Optional.of(taken.entry()));
  }

  Site vacant(String path) throws IOException {
    Resolution resolution = keeping(path);
    if (resolution instanceof Resolution.Blocked blocked) {
      throw Refusals.of(blocked, asked(path));
    }
    // A target means that a link is there, which a trailing slash made us follow.
    if (resolution instanceof Resolution.Vacant vacant && vacant.linkTarget().isEmpty()) {
      return site(vacant, path);
    }
    throw new FileAlreadyExistsException(asked(path));
  }

  Site vacantFile(String path) throws IOException {
    Site site = vacant(path);
    demandNoSlash(path);
    return site;
  }

  Site fileSite(Resolution resolution, String path) throws IOException {
    if (resolution instanceof Resolution.Vacant vacant) {
      demandNoSlash(path);
      return site(vacant, path);
    }
    Resolution.Found found = found(resolution, path);
    if (found.entry().type().isDynamic()) {
      throw new ImmutableException(asked(path));
    }
    file(found, path);
    return site(found, path);
  }

  private void demandNoSlash(String path) throws FileSystemException {
    if (parse(path).demandsDirectory()) {
      throw Refusals.because(asked(path), "a trailing slash demands a directory");
    }
  }

  Site site(Resolution.Found found, String path) throws IOException {
    demandMutable(found.path(), path);
    EntryName name =
        found.name().orElseThrow(() -> new IllegalStateException("the root has no site"));
    return new Site(new Place(found.parent(), name), absolute(found.path()), asked(path));
  }

  Site site(Resolution.Vacant vacant, String path) throws IOException {
    demandMutable(vacant.path(), path);
    Place place = new Place(vacant.parent(), vacant.name());
    return new Site(place, absolute(vacant.path()), asked(path));
  }

  /** Returns the path of what was found from the tree's own root, links resolved. */
  String absolutePath(Resolution.Found found) {
    return root.isEmpty() || !found.path().equals("/")
        ? absolute(found.path())
        : PathResolver.asked(root, new PondPath(false, List.of(), false));
  }

  private String absolute(String path) {
    return root.isEmpty()
        ? path
        : PathResolver.asked(root, new PondPath(false, List.of(), false)) + path;
  }
}
