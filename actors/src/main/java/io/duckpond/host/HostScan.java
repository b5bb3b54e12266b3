package io.duckpond.host;

import io.duckpond.host.HostCopyOptions.Flag;
import io.duckpond.journal.disk.Disk;
import io.duckpond.journal.disk.DiskEntry;
import io.duckpond.node.Attributes;
import io.duckpond.path.EntryName;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads the names and attributes of a host tree, and refuses what a pond cannot hold before any
 * byte is copied. Follows no link.
 */
final class HostScan {
  private static final String NOT_UTF8 = "is not UTF-8";

  private final Disk disk;
  private final Exclusions exclusions;
  private final HostFolders neverCopied;
  private final boolean skip;
  private final Tally tally;
  private long nodes;
  private long bytes;

  HostScan(Disk disk, HostCopyOptions options, Tally tally) throws IOException {
    this.disk = disk;
    this.exclusions = new Exclusions(options.excludes());
    this.neverCopied = new HostFolders(disk, options.neverCopied());
    this.skip = options.flags().contains(Flag.SKIP_UNSUPPORTED);
    this.tally = tally;
  }

  /** Returns what stands at {@code source}, all of it; empty if it was passed over. */
  Optional<HostNode> scan(Path source) throws IOException {
    DiskEntry entry =
        disk.stat(source).orElseThrow(() -> new NoSuchFileException(HostText.escaped(source)));
    Path folder = entry.kind() == DiskEntry.Kind.DIRECTORY ? source : source.resolveSibling(".");
    if (neverCopied.containBelow(folder)) {
      throw new FileSystemException(HostText.escaped(source), null, "is part of the pond itself");
    }
    return node(source, entry, "");
  }

  private Optional<HostNode> node(Path path, DiskEntry entry, String relative) throws IOException {
    nodes++;
    Attributes attributes = new Attributes(entry.mode(), entry.modifiedNanos());
    return switch (entry.kind()) {
      case FILE -> {
        bytes += entry.size();
        tally.scanned(nodes, bytes);
        yield readable(path, entry)
            ? Optional.of(new HostNode.File(attributes, entry.size()))
            : Optional.empty();
      }
      case DIRECTORY -> {
        tally.scanned(nodes, bytes);
        yield children(path, relative)
            .map(children -> new HostNode.Directory(attributes, children));
      }
      case SYMLINK -> target(path).map(target -> new HostNode.Link(attributes, target));
      case OTHER -> {
        pass(path, unsupported(path, entry));
        yield Optional.empty();
      }
    };
  }

  private Optional<List<HostNode.Named>> children(Path directory, String relative)
      throws IOException {
    List<DiskEntry> entries;
    try {
      entries = new ArrayList<>(disk.list(directory));
    } catch (AccessDeniedException e) {
      pass(directory, refusal(directory, "cannot be read: permission denied", e));
      return Optional.empty();
    }
    List<HostNode.Named> children = new ArrayList<>(entries.size());
    Set<String> ambiguous = duplicates(entries);
    for (DiskEntry entry : entries) {
      Path path = directory.resolve(entry.name());
      String below = relative.isEmpty() ? entry.name() : relative + "/" + entry.name();
      boolean isDirectory = entry.kind() == DiskEntry.Kind.DIRECTORY;
      if (exclusions.match(below, entry.name(), isDirectory)) {
        continue;
      }
      if (isDirectory && neverCopied.contain(entry)) {
        tally.warn(HostText.escaped(path) + ": passed over: it is the pond itself");
        continue;
      }
      String problem = EntryName.problemOf(entry.name());
      if (!problem.isEmpty() || ambiguous.contains(entry.name())) {
        pass(path, refusal(path, "its name " + (problem.isEmpty() ? NOT_UTF8 : problem), null));
        continue;
      }
      Optional<HostNode> node = node(path, entry, below);
      if (node.isPresent()) {
        children.add(new HostNode.Named(new EntryName(entry.name()), node.get()));
      }
    }
    children.sort(Comparator.comparing(HostNode.Named::name));
    return Optional.of(children);
  }

  /** Names that the listing shows twice: at least one is not what it seems. */
  private static Set<String> duplicates(List<DiskEntry> entries) {
    Set<String> seen = new HashSet<>();
    Set<String> twice = new HashSet<>();
    for (DiskEntry entry : entries) {
      if (entry.name().indexOf(HostText.NOT_UTF8) >= 0 && !seen.add(entry.name())) {
        twice.add(entry.name());
      }
    }
    return twice;
  }

  private boolean readable(Path file, DiskEntry entry) throws IOException {
    if ((entry.mode() & 0444) == 0444) {
      return true; // and if a rule beyond the mode forbids it, reading its bytes refuses
    }
    try {
      disk.open(file).close();
      return true;
    } catch (AccessDeniedException e) {
      pass(file, refusal(file, "cannot be read: permission denied", e));
      return false;
    }
  }

  private Optional<String> target(Path link) throws IOException {
    try {
      return Optional.of(disk.readSymbolicLink(link));
    } catch (NoSuchFileException e) {
      throw e;
    } catch (FileSystemException e) {
      String reason = e.getReason() == null ? "cannot be read" : e.getReason();
      pass(link, refusal(link, reason, e));
      return Optional.empty();
    }
  }

  private static FileSystemException unsupported(Path path, DiskEntry entry) {
    return entry.name().indexOf(HostText.NOT_UTF8) >= 0
        ? refusal(path, "its name " + NOT_UTF8, null)
        : refusal(path, "is a socket, FIFO or device, which a pond cannot hold", null);
  }

  private void pass(Path path, FileSystemException refusal) throws FileSystemException {
    if (!skip) {
      throw refusal;
    }
    tally.warn(HostText.escaped(path) + ": passed over: " + refusal.getReason());
  }

  private static FileSystemException refusal(
      Path path, String reason, @Nullable IOException cause) {
    FileSystemException refusal = new FileSystemException(HostText.escaped(path), null, reason);
    if (cause != null) {
      refusal.initCause(cause);
    }
    return refusal;
  }
}
