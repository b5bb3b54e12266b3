package io.duckpond.host;

import io.duckpond.WorkingDirectory;
import io.duckpond.journal.disk.Disk;
import io.duckpond.node.Entry;
import io.duckpond.node.NodeType;
import io.duckpond.path.EntryName;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * One copy from the host into a pond. First all sources are scanned, then compared with what is in
 * the pond, and only when nothing refuses the first change is made.
 */
final class CopyIn {
  private static final int MAX_PATH_BYTES = 4096;

  private final Disk disk;
  private final HostScan scan;
  private final Tally tally;
  private final boolean dryRun;
  private final WorkingDirectory root;

  /** A host node and where it goes: its name in the directory of the copy. */
  private record Item(Path host, HostNode.Named named) {}

  CopyIn(Disk disk, HostCopyOptions options, Tally tally, WorkingDirectory root)
      throws IOException {
    this.disk = disk;
    this.scan = new HostScan(disk, options, tally);
    this.tally = tally;
    this.dryRun = options.flags().contains(HostCopyOptions.Flag.DRY_RUN);
    this.root = root;
  }

  void run(List<Path> sources, String destination) throws IOException {
    List<HostSource> found = new ArrayList<>();
    for (Path source : sources) {
      HostSource.of(source, scan).ifPresent(found::add);
    }
    if (found.isEmpty()) {
      return;
    }
    PondPlace place = PondPlace.of(root, destination, wanted(sources, found));
    List<Item> items = items(found, place);
    Map<EntryName, Entry> there = root.list(place.directory());
    loadMerged(items, place.directory());
    for (Item item : items) {
      EntryName name = item.named().name();
      check(
          item.named().node(),
          Optional.ofNullable(there.get(name)),
          PondPlace.child(place.directory(), name));
    }
    WorkingDirectory into = root.open(place.directory());
    try (PondFiller filler = new PondFiller(disk, tally, dryRun, root)) {
      for (Item item : items) {
        HostNode.Named named = item.named();
        Optional<Entry> taker = Optional.ofNullable(there.get(named.name()));
        filler.put(item.host(), named, into, place.directory(), taker);
      }
    }
  }

  private static PondPlace.Wanted wanted(List<Path> sources, List<HostSource> found) {
    if (sources.size() > 1) {
      return PondPlace.Wanted.SEVERAL;
    }
    return found.get(0).node() instanceof HostNode.Directory
        ? PondPlace.Wanted.DIRECTORY
        : PondPlace.Wanted.LEAF;
  }

  private static List<Item> items(List<HostSource> sources, PondPlace place) throws IOException {
    List<Item> items = new ArrayList<>();
    for (HostSource source : sources) {
      if (place.name().isPresent()) {
        items.add(new Item(source.path(), new HostNode.Named(place.name().get(), source.node())));
      } else if (source.name().isPresent()) {
        items.add(new Item(source.path(), new HostNode.Named(source.name().get(), source.node())));
      } else {
        for (HostNode.Named child : source.children()) {
          items.add(new Item(source.path().resolve(child.name().value()), child));
        }
      }
    }
    Set<EntryName> taken = new HashSet<>();
    for (Item item : items) {
      EntryName name = item.named().name();
      if (!taken.add(name)) {
        throw new FileAlreadyExistsException(
            PondPlace.child(place.directory(), name), null, "two sources would have this name");
      }
    }
    return items;
  }

  /** Has all directories that get something read at once, one pass a level. */
  private void loadMerged(List<Item> items, String directory) throws IOException {
    Map<String, HostNode.Directory> level = new HashMap<>();
    addMerged(items.stream().map(Item::named).toList(), directory, level);
    while (!level.isEmpty()) {
      root.load(level.keySet());
      Map<String, HostNode.Directory> below = new HashMap<>();
      for (Map.Entry<String, HostNode.Directory> each : level.entrySet()) {
        addMerged(each.getValue().children(), each.getKey(), below);
      }
      level = below;
    }
  }

  private void addMerged(
      List<HostNode.Named> sources, String directory, Map<String, HostNode.Directory> merged)
      throws IOException {
    Map<EntryName, Entry> there = root.list(directory);
    for (HostNode.Named source : sources) {
      if (source.node() instanceof HostNode.Directory node
          && there.get(source.name()) instanceof Entry.Directory) {
        merged.put(PondPlace.child(directory, source.name()), node);
      }
    }
  }

  private void check(HostNode node, Optional<Entry> there, String path) throws IOException {
    if (path.length() > MAX_PATH_BYTES / 4
        && path.getBytes(StandardCharsets.UTF_8).length > MAX_PATH_BYTES) {
      throw new FileSystemException(path, null, "is longer than " + MAX_PATH_BYTES + " bytes");
    }
    NodeType type = type(node);
    if (there.isPresent() && !takes(there.get().type(), type)) {
      throw new FileAlreadyExistsException(
          path,
          null,
          "is a " + there.get().type().storedName() + ", the source a " + type.storedName());
    }
    if (node instanceof HostNode.Directory directory) {
      Map<EntryName, Entry> below = there.isPresent() ? root.list(path) : Map.of();
      for (HostNode.Named child : directory.children()) {
        check(
            child.node(),
            Optional.ofNullable(below.get(child.name())),
            PondPlace.child(path, child.name()));
      }
    }
  }

  /** A file of the host may be the next version of a table: whether it is one is seen later. */
  private static boolean takes(NodeType there, NodeType source) {
    return there == source || (there == NodeType.TABLE && source == NodeType.FILE);
  }

  private static NodeType type(HostNode node) {
    if (node instanceof HostNode.Directory) {
      return NodeType.DIRECTORY;
    }
    return node instanceof HostNode.Link ? NodeType.SYMLINK : NodeType.FILE;
  }
}
