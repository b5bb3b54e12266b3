package io.duckpond.host;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.duckpond.Progress;
import io.duckpond.WorkingDirectory;
import io.duckpond.content.ContentStore;
import io.duckpond.directory.DirectoryState;
import io.duckpond.host.HostCopyOptions.Flag;
import io.duckpond.journal.disk.DiskEntry;
import io.duckpond.journal.disk.Machine;
import io.duckpond.journal.disk.RealDisk;
import io.duckpond.names.NameMap;
import io.duckpond.node.Attributes;
import io.duckpond.node.Entry;
import io.duckpond.node.NodeId;
import io.duckpond.node.NodeIds;
import io.duckpond.transaction.TreeWorkingDirectory;
import io.duckpond.transaction.Workspace;
import io.duckpond.view.Tree;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** A folder of the host, and a workspace over an empty pond. */
final class HostScene {
  private static final long INLINE_LIMIT = 4096;

  final RealDisk disk = new RealDisk();
  final Path host;
  final Workspace workspace;
  final WorkingDirectory root;

  /** Works in {@code folder}: {@code host/} beside the folder of contents. */
  HostScene(Path folder) throws IOException {
    host = Files.createDirectory(folder.resolve("host"));
    workspace =
        new Workspace(
            new EmptyTree(),
            new ContentStore(disk, folder.resolve("contents"), INLINE_LIMIT),
            () -> {
              throw new IllegalStateException("nothing here is large enough to be staged");
            },
            NodeIds.of(Machine.real()),
            Clock.systemUTC(),
            Long.MAX_VALUE);
    root = TreeWorkingDirectory.of(workspace);
  }

  HostCopyReport in(String source, String destination, Flag... flags) throws IOException {
    return in(List.of(source), destination, flags);
  }

  HostCopyReport in(List<String> sources, String destination, Flag... flags) throws IOException {
    return copy(List.of(), flags).in(sources.stream().map(this::at).toList(), root, destination);
  }

  HostCopyReport out(String source, String destination, Flag... flags) throws IOException {
    return out(List.of(source), destination, flags);
  }

  HostCopyReport out(List<String> sources, String destination, Flag... flags) throws IOException {
    return copy(List.of(), flags).out(sources, root, at(destination));
  }

  HostCopy copy(List<String> excludes, Flag... flags) {
    return new HostCopy(
        disk,
        new HostCopyOptions(Set.of(flags), excludes, Set.of(host.resolveSibling("contents"))),
        Progress.NONE);
  }

  /** Returns a host path; a trailing "/." stays. */
  Path at(String path) {
    return host.resolve(path);
  }

  HostScene file(String path, String text) throws IOException {
    Files.createDirectories(at(path).getParent());
    Files.writeString(at(path), text);
    return this;
  }

  HostScene directory(String path) throws IOException {
    Files.createDirectories(at(path));
    return this;
  }

  HostScene link(String path, String target) throws IOException {
    Files.createDirectories(at(path).getParent());
    Files.createSymbolicLink(at(path), Path.of(target));
    return this;
  }

  HostScene pondFile(String path, String text) throws IOException {
    root.createDirectories(PondPlace.parent(path));
    root.write(path, new ByteArrayInputStream(text.getBytes(UTF_8)));
    return this;
  }

  String pondText(String path) throws IOException {
    return new String(root.readBytes(path), UTF_8);
  }

  /** Returns all of a pond directory: by relative path its kind, mode, time and bytes or target. */
  Map<String, String> pondTree(String path) throws IOException {
    Map<String, String> lines = new TreeMap<>();
    for (Map.Entry<String, Entry> each : root.walk(path).entrySet()) {
      Entry entry = each.getValue();
      String what = entry.type().storedName();
      if (entry instanceof Entry.File) {
        what += " " + hash(root.readBytes(path + "/" + each.getKey()));
      } else if (entry instanceof Entry.Symlink link) {
        what += " " + link.target();
      }
      lines.put(each.getKey(), line(what, entry.attributes()));
    }
    return lines;
  }

  /** Returns the same of a host directory. */
  Map<String, String> hostTree(String path) throws IOException {
    Map<String, String> lines = new TreeMap<>();
    collect(at(path), "", lines);
    return lines;
  }

  private void collect(Path directory, String prefix, Map<String, String> lines)
      throws IOException {
    for (DiskEntry entry : disk.list(directory)) {
      Path path = directory.resolve(entry.name());
      String what =
          switch (entry.kind()) {
            case FILE -> "file " + hash(Files.readAllBytes(path));
            case DIRECTORY -> "directory";
            case SYMLINK -> "symlink " + Files.readSymbolicLink(path);
            case OTHER -> "other";
          };
      lines.put(
          prefix + entry.name(), line(what, new Attributes(entry.mode(), entry.modifiedNanos())));
      if (entry.kind() == DiskEntry.Kind.DIRECTORY) {
        collect(path, prefix + entry.name() + "/", lines);
      }
    }
  }

  private static String line(String what, Attributes attributes) {
    // Links: Linux ignores their modes, and JDK 17 sets their times to the microsecond only.
    boolean link = what.startsWith("symlink");
    long time = attributes.modifiedNanos();
    return what
        + (link ? "" : " " + Integer.toOctalString(attributes.mode()))
        + " "
        + (link ? time / 1000 : time);
  }

  private static String hash(byte[] bytes) {
    return io.duckpond.journal.disk.Sha256.of(bytes).hex().substring(0, 12) + " " + bytes.length;
  }

  /** A pond of one empty directory. */
  private static final class EmptyTree implements Tree {
    private static final DirectoryState ROOT =
        new DirectoryState(1, Optional.of(new Attributes(0755, 0)), NameMap.<Entry>empty());

    @Override
    public long txnSeq() {
      return 1;
    }

    @Override
    public DirectoryState directory(NodeId directory) {
      if (!directory.equals(NodeId.ROOT)) {
        throw new IllegalStateException("no directory " + directory);
      }
      return ROOT;
    }

    @Override
    public void loadAll() {}

    @Override
    public InputStream open(Entry.File entry, String path) {
      throw new IllegalStateException("no file " + path);
    }
  }
}
