package io.duckpond.host;

import io.duckpond.journal.disk.Disk;
import io.duckpond.path.EntryName;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.text.Normalizer;
import java.util.Collection;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/**
 * Finds names of a pond that a host filesystem takes for one name: in a pond {@code a} and {@code
 * A} are two files, and the two ways to write {@code é} as well.
 */
final class HostNames {
  private final Disk disk;

  HostNames(Disk disk) {
    this.disk = disk;
  }

  /**
   * Refuses {@code names} if the filesystem cannot keep all of them in one directory; tries it only
   * with names that are suspicious.
   *
   * @param existing a directory of that filesystem; it is as before afterwards
   */
  void requireDistinct(Collection<EntryName> names, Path existing) throws IOException {
    Map<String, EntryName> folded = new HashMap<>();
    for (EntryName name : names) {
      EntryName twin = folded.putIfAbsent(fold(name.value()), name);
      if (twin != null && !distinguishes(existing, twin, name)) {
        throw oneName(existing, twin.value(), name.value());
      }
    }
  }

  static FileSystemException oneName(Path directory, String one, String other) {
    return new FileSystemException(
        directory.resolve(other).toString(),
        null,
        "this filesystem cannot tell the name from '" + HostText.escaped(one) + "'");
  }

  private boolean distinguishes(Path existing, EntryName one, EntryName other) throws IOException {
    Path probe = createProbe(existing);
    try {
      Path file = probe.resolve(one.value());
      disk.create(file).close();
      try {
        return disk.stat(probe.resolve(other.value())).isEmpty();
      } finally {
        disk.delete(file);
      }
    } finally {
      disk.delete(probe);
    }
  }

  private Path createProbe(Path existing) throws IOException {
    for (int number = 0; ; number++) {
      Path probe = existing.resolve(HostMaker.TEMPORARY + number);
      try {
        disk.createDirectory(probe);
        return probe;
      } catch (FileAlreadyExistsException e) {
        // Somebody else's; try the next.
      }
    }
  }

  private static String fold(String name) {
    String plain = Normalizer.normalize(name, Normalizer.Form.NFKD);
    return plain.toUpperCase(Locale.ROOT).toLowerCase(Locale.ROOT);
  }
}
