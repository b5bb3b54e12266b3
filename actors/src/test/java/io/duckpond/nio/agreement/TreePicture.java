package io.duckpond.nio.agreement;

import io.duckpond.WorkingDirectory;
import io.duckpond.journal.disk.Sha256;
import io.duckpond.node.Entry;
import java.io.IOException;
import java.nio.file.FileSystem;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/** All of a tree, by paths: types, modes, modification times, bytes and targets. */
final class TreePicture {
  private TreePicture() {}

  /** What {@code java.nio.file} shows. */
  static SortedMap<String, String> of(FileSystem fileSystem) throws IOException {
    SortedMap<String, String> nodes = new TreeMap<>();
    try (Stream<Path> paths = Files.walk(fileSystem.getPath("/"))) {
      for (Path path : (Iterable<Path>) paths::iterator) {
        nodes.put(path.toString(), node(path));
      }
    }
    return nodes;
  }

  /** Returns whether a node of a picture has neither bytes nor a target. */
  static boolean isDirectory(String node) {
    return node.indexOf(' ') == node.lastIndexOf(' ');
  }

  private static String node(Path path) throws IOException {
    PosixFileAttributes found =
        Files.readAttributes(path, PosixFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
    String node =
        PosixFilePermissions.toString(found.permissions())
            + " "
            + found.lastModifiedTime().toInstant();
    if (found.isDirectory()) {
      return node;
    }
    return node
        + " "
        + (found.isSymbolicLink()
            ? "-> " + Files.readSymbolicLink(path)
            : Sha256.of(Files.readAllBytes(path)));
  }

  /** The same of a pond, in one look at what it stores. */
  static SortedMap<String, String> of(WorkingDirectory root) throws IOException {
    SortedMap<String, String> nodes = new TreeMap<>();
    nodes.put("/", node(root.metadata("/")));
    for (Map.Entry<String, Entry> each : root.walk("/").entrySet()) {
      nodes.put("/" + each.getKey(), node(each.getValue()));
    }
    return nodes;
  }

  private static String node(Entry entry) {
    Instant modified = Instant.ofEpochSecond(0, entry.attributes().modifiedNanos());
    String node = mode(entry.attributes().mode()) + " " + modified;
    if (entry instanceof Entry.Symlink link) {
      return node + " -> " + link.target();
    }
    return entry instanceof Entry.File file ? node + " " + file.sha256() : node;
  }

  private static String mode(int mode) {
    StringBuilder text = new StringBuilder();
    for (int bit = 8; bit >= 0; bit--) {
      text.append((mode >> bit & 1) == 0 ? '-' : "xwr".charAt(bit % 3));
    }
    return text.toString();
  }
}
