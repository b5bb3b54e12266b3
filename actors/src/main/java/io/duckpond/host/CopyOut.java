package io.duckpond.host;

import io.duckpond.WorkingDirectory;
import io.duckpond.host.HostCopyOptions.Flag;
import io.duckpond.journal.disk.Disk;
import io.duckpond.journal.disk.DiskEntry;
import io.duckpond.node.Entry;
import io.duckpond.path.EntryName;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * One copy out of a pond. First everything is compared with what stands on the host; only when
 * nothing refuses the first file is written.
 */
final class CopyOut {
  private final Disk disk;
  private final HostCopyOptions options;
  private final Tally tally;
  private final WorkingDirectory root;
  private final PondTree tree;
  private final HostNames names;
  private final boolean overwrite;
  private final boolean dryRun;

  /** Host files and links that are the same already. */
  private final Set<Path> unchanged = new HashSet<>();

  CopyOut(Disk disk, HostCopyOptions options, Tally tally, WorkingDirectory root)
      throws IOException {
    this.disk = disk;
    this.options = options;
    this.tally = tally;
    this.root = root;
    this.tree = new PondTree(root, new Exclusions(options.excludes()));
    this.names = new HostNames(disk);
    this.overwrite = options.flags().contains(Flag.OVERWRITE);
    this.dryRun = options.flags().contains(Flag.DRY_RUN);
  }

  void run(List<String> sources, Path destination) throws IOException {
    List<PondSource> found = new ArrayList<>();
    for (String source : sources) {
      found.add(PondSource.of(root, source));
    }
    HostPlace place = HostPlace.of(disk, destination, wanted(found));
    if (new HostFolders(disk, options.neverCopied()).containBelow(place.directory())) {
      throw new FileSystemException(destination.toString(), null, "is part of the pond itself");
    }
    for (PondSource source : found) {
      if (source.entry() instanceof Entry.Directory) {
        root.loadBelow(source.path());
      }
    }
    List<PondTree.Item> items = items(found, place);
    checkAll(items, place.directory());
    HostFiller.Plan plan = new HostFiller.Plan(unchanged, overwrite, dryRun);
    try (HostFiller filler = new HostFiller(disk, root, tree, plan, tally)) {
      for (PondTree.Item item : items) {
        filler.put(item, place.directory());
      }
      filler.finish();
    }
  }

  private static PondPlace.Wanted wanted(List<PondSource> found) {
    if (found.size() > 1) {
      return PondPlace.Wanted.SEVERAL;
    }
    return found.get(0).entry().isDirectory() ? PondPlace.Wanted.DIRECTORY : PondPlace.Wanted.LEAF;
  }

  private List<PondTree.Item> items(List<PondSource> sources, HostPlace place) throws IOException {
    List<PondTree.Item> items = new ArrayList<>();
    for (PondSource source : sources) {
      Optional<EntryName> name =
          place.name().isPresent() ? place.name().map(EntryName::new) : source.name();
      if (name.isPresent()) {
        items.add(new PondTree.Item(source.path(), "", name.get(), source.entry()));
      } else {
        items.addAll(tree.below(source.path(), ""));
      }
    }
    Set<EntryName> taken = new HashSet<>();
    for (PondTree.Item item : items) {
      if (!taken.add(item.name())) {
        throw new FileAlreadyExistsException(
            place.directory().resolve(item.name().value()).toString(),
            null,
            "two sources would have this name");
      }
    }
    return items;
  }

  /** Checks what is to go into a host directory that exists. */
  private void checkAll(List<PondTree.Item> items, Path directory) throws IOException {
    names.requireDistinct(items.stream().map(PondTree.Item::name).toList(), directory);
    Map<String, DiskEntry> there = new HashMap<>();
    for (DiskEntry entry : disk.list(directory)) {
      there.put(entry.name(), entry);
    }
    for (PondTree.Item item : items) {
      Path target = directory.resolve(item.name().value());
      DiskEntry entry = there.get(item.name().value());
      if (entry != null) {
        check(item, target, entry);
      } else {
        Optional<DiskEntry> alias = disk.stat(target);
        if (alias.isPresent()) {
          throw HostNames.oneName(directory, "another", item.name().value());
        }
        checkNew(item, directory);
      }
    }
  }

  /** Checks what is to go where nothing is. */
  private void checkNew(PondTree.Item item, Path existing) throws IOException {
    if (item.entry().isDirectory()) {
      List<PondTree.Item> children = tree.below(item);
      names.requireDistinct(children.stream().map(PondTree.Item::name).toList(), existing);
      for (PondTree.Item child : children) {
        checkNew(child, existing);
      }
    }
  }

  private void check(PondTree.Item item, Path target, DiskEntry there) throws IOException {
    DiskEntry.Kind kind = kind(item.entry());
    if (there.kind() != kind) {
      throw new FileAlreadyExistsException(
          target.toString(), null, "is a " + name(there.kind()) + ", the source a " + name(kind));
    }
    if (kind == DiskEntry.Kind.DIRECTORY) {
      checkAll(tree.below(item), target);
    } else if (isSame(item.entry(), target, there)) {
      unchanged.add(target);
    } else if (!overwrite) {
      throw new FileAlreadyExistsException(
          target.toString(), null, "exists and differs; it is replaced only when asked to");
    }
  }

  private boolean isSame(Entry entry, Path target, DiskEntry there) throws IOException {
    if (entry instanceof Entry.Symlink link) {
      return disk.readSymbolicLink(target).equals(link.target());
    }
    return entry instanceof Entry.File file
        && !file.type().isDynamic()
        && file.size() == there.size()
        && file.attributes().mode() == there.mode()
        && file.attributes().modifiedNanos() == there.modifiedNanos()
        && HostDigest.of(disk, target).equals(file.sha256());
  }

  private static DiskEntry.Kind kind(Entry entry) {
    if (entry.isDirectory()) {
      return DiskEntry.Kind.DIRECTORY;
    }
    return entry instanceof Entry.Symlink ? DiskEntry.Kind.SYMLINK : DiskEntry.Kind.FILE;
  }

  private static String name(DiskEntry.Kind kind) {
    return kind == DiskEntry.Kind.OTHER ? "special file" : kind.name().toLowerCase(Locale.ROOT);
  }
}
