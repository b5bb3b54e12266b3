package io.duckpond.host;

import io.duckpond.dynamic.Configuration;
import io.duckpond.dynamic.DynamicContext;
import io.duckpond.dynamic.DynamicDirectory;
import io.duckpond.dynamic.DynamicEntry;
import io.duckpond.dynamic.DynamicFactory;
import io.duckpond.dynamic.DynamicNode;
import io.duckpond.journal.disk.Disk;
import io.duckpond.journal.disk.DiskEntry;
import io.duckpond.journal.disk.Machine;
import io.duckpond.node.Attributes;
import io.duckpond.path.EntryName;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.InvalidPathException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A view of a directory of the host, as it is now: {@code {"directory":"/srv/data"}}. Links are
 * shown as links and resolved in the pond, never on the host: none leads out of the directory.
 * Names that are no UTF-8, sockets, FIFOs and devices are left out.
 */
public final class HostViewFactory implements DynamicFactory {

  @Override
  public String name() {
    return "host";
  }

  @Override
  public DynamicNode create(Configuration configuration, DynamicContext context) {
    String text = configuration.demandOnly("directory").text("directory");
    Path directory;
    try {
      directory = Path.of(text);
    } catch (InvalidPathException e) {
      throw new IllegalArgumentException("'directory' is no path: " + e.getReason(), e);
    }
    if (!directory.isAbsolute()) {
      throw new IllegalArgumentException("'directory' is no absolute path: " + text);
    }
    return new View(Machine.real().disk(), directory.normalize(), directory.normalize());
  }

  /** A directory at or below the top. */
  private record View(Disk disk, Path top, Path directory) implements DynamicDirectory {

    @Override
    public SortedMap<EntryName, DynamicEntry> entries() throws IOException {
      demandNoLinks(directory);
      SortedMap<EntryName, DynamicEntry> entries = new TreeMap<>();
      for (DiskEntry each : disk.list(directory)) {
        if (EntryName.problemOf(each.name()).isEmpty() && isText(each.name())) {
          entry(each).ifPresent(entry -> entries.put(new EntryName(each.name()), entry));
        }
      }
      return entries;
    }

    private static boolean isText(String name) {
      return name.indexOf('\ufffd') < 0 && StandardCharsets.UTF_8.newEncoder().canEncode(name);
    }

    private Optional<DynamicEntry> entry(DiskEntry each) throws IOException {
      Path path = directory.resolve(each.name());
      Attributes attributes = new Attributes(each.mode() & 0777, each.modifiedNanos());
      return switch (each.kind()) {
        case FILE ->
            Optional.of(
                new DynamicEntry.File(() -> open(path), OptionalLong.of(each.size()), attributes));
        case DIRECTORY ->
            Optional.of(new DynamicEntry.Directory(new View(disk, top, path), attributes));
        case SYMLINK -> Optional.of(new DynamicEntry.Link(disk.readSymbolicLink(path), attributes));
        case OTHER -> Optional.empty();
      };
    }

    private InputStream open(Path file) throws IOException {
      demandNoLinks(directory);
      if (disk.stat(file).filter(now -> now.kind() == DiskEntry.Kind.FILE).isEmpty()) {
        throw new java.nio.file.NoSuchFileException(file.toString());
      }
      return new HostFileInput(disk.open(file), bytes -> {});
    }

    /** What was a directory a moment ago may be a link by now. */
    private void demandNoLinks(Path path) throws IOException {
      Path at = top;
      for (Path name : top.relativize(path)) {
        at = at.resolve(name);
        if (disk.stat(at).filter(now -> now.kind() == DiskEntry.Kind.DIRECTORY).isEmpty()) {
          throw new NotDirectoryException(at.toString());
        }
      }
    }
  }
}
