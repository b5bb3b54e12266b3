package io.duckpond.host;

import io.duckpond.journal.disk.Disk;
import io.duckpond.journal.disk.DiskEntry;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/** Knows the host folders that take no part in a copy, by whatever path one comes to them. */
final class HostFolders {
  private final Disk disk;
  private final Set<String> keys = new HashSet<>();

  HostFolders(Disk disk, Set<Path> folders) throws IOException {
    this.disk = disk;
    for (Path folder : folders) {
      // The dot makes the system follow a link to the folder.
      disk.stat(folder.toAbsolutePath().resolve(".")).ifPresent(entry -> keys.add(entry.fileKey()));
    }
    keys.remove("");
  }

  boolean contain(DiskEntry entry) {
    return keys.contains(entry.fileKey());
  }

  /** Returns whether {@code directory} is one of them or stands inside one. */
  boolean containBelow(Path directory) throws IOException {
    Path at = directory.resolve(".");
    Optional<DiskEntry> here = disk.stat(at);
    while (here.isPresent() && !contain(here.get())) {
      // Up by "..", which no link on the path can deceive; the root is its own parent.
      at = at.resolve("..");
      Optional<DiskEntry> above = disk.stat(at);
      if (above.isEmpty() || above.get().fileKey().equals(here.get().fileKey())) {
        return false;
      }
      here = above;
    }
    return here.isPresent();
  }
}
