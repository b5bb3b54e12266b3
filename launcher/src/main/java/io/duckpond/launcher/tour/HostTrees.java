package io.duckpond.launcher.tour;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Trees of the host, for those who compare or clear them away. */
public final class HostTrees {

  private HostTrees() {}

  /**
   * Returns one line for each node in which two trees differ: names, types, permission bits, bytes,
   * targets of links, and modification times of files and directories to the nanosecond.
   */
  public static List<String> differences(Path left, Path right) throws IOException {
    SortedMap<String, Path> lefts = nodes(left);
    SortedMap<String, Path> rights = nodes(right);
    List<String> differences = new ArrayList<>();
    for (Map.Entry<String, Path> node : lefts.entrySet()) {
      Path other = rights.remove(node.getKey());
      if (other == null) {
        differences.add(node.getKey() + ": missing in " + right);
      } else {
        String difference = difference(node.getValue(), other);
        if (!difference.isEmpty()) {
          differences.add(node.getKey() + ": " + difference);
        }
      }
    }
    rights.keySet().forEach(extra -> differences.add(extra + ": only in " + right));
    return differences;
  }

  /** Removes a tree, whatever its permission bits. */
  public static void delete(Path tree) throws IOException {
    Files.walkFileTree(
        tree,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes)
              throws IOException {
            Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwx------"));
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            Files.delete(file);
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult postVisitDirectory(Path directory, @Nullable IOException failed)
              throws IOException {
            if (failed != null) {
              throw failed;
            }
            Files.delete(directory);
            return FileVisitResult.CONTINUE;
          }
        });
  }

  private static SortedMap<String, Path> nodes(Path top) throws IOException {
    SortedMap<String, Path> nodes = new TreeMap<>();
    try (Stream<Path> all = Files.walk(top)) {
      all.forEach(node -> nodes.put(top.relativize(node).toString(), node));
    }
    return nodes;
  }

  private static String difference(Path left, Path right) throws IOException {
    PosixFileAttributes a = attributes(left);
    PosixFileAttributes b = attributes(right);
    if (a.isDirectory() != b.isDirectory()
        || a.isRegularFile() != b.isRegularFile()
        || a.isSymbolicLink() != b.isSymbolicLink()) {
      return "another type";
    }
    if (a.isSymbolicLink()) {
      return Files.readSymbolicLink(left).equals(Files.readSymbolicLink(right))
          ? ""
          : "another target";
    }
    if (!a.permissions().equals(b.permissions())) {
      return "mode "
          + PosixFilePermissions.toString(a.permissions())
          + " and "
          + PosixFilePermissions.toString(b.permissions());
    }
    if (!a.lastModifiedTime().equals(b.lastModifiedTime())) {
      return "modified " + a.lastModifiedTime() + " and " + b.lastModifiedTime();
    }
    return a.isRegularFile() && Files.mismatch(left, right) >= 0 ? "other bytes" : "";
  }

  private static PosixFileAttributes attributes(Path node) throws IOException {
    return Files.readAttributes(node, PosixFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
  }
}
