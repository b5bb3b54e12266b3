package io.duckpond.simulation;

import io.duckpond.WorkingDirectory;
import io.duckpond.journal.disk.Sha256;
import io.duckpond.node.Entry;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** A small tree as text: paths, and of what stands there the kind and the content's digest. */
final class PondPicture {
  private PondPicture() {}

  /** A change that can be made to a pond and to the picture of it. */
  record Change(String path, OnPond pond, OnPicture picture) {}

  /** What a change does to a pond. */
  interface OnPond {
    void apply(WorkingDirectory root) throws IOException;
  }

  /** What a change does to a picture. */
  interface OnPicture {
    void apply(SortedMap<String, String> picture);
  }

  /** Reads everything below {@code root}, every byte included. */
  static SortedMap<String, String> of(WorkingDirectory root) throws IOException {
    SortedMap<String, String> picture = new TreeMap<>();
    for (Map.Entry<String, Entry> each : root.walk("/").entrySet()) {
      String path = "/" + each.getKey();
      Entry entry = each.getValue();
      if (entry instanceof Entry.File) {
        picture.put(path, file(root.readBytes(path)));
      } else {
        picture.put(
            path, entry instanceof Entry.Symlink link ? "-> " + link.target() : "directory");
      }
    }
    return picture;
  }

  private static String file(byte[] bytes) {
    return "file of " + bytes.length + " bytes " + Sha256.of(bytes).hex().substring(0, 8);
  }

  static Change directory(String path) {
    return new Change(
        path, root -> root.createDirectory(path), picture -> picture.put(path, "directory"));
  }

  static Change file(String path, byte[] bytes) {
    return new Change(
        path,
        root -> root.write(path, new ByteArrayInputStream(bytes)),
        picture -> picture.put(path, file(bytes)));
  }

  static Change link(String path, String target) {
    return new Change(
        path,
        root -> root.createSymlink(path, target),
        picture -> picture.put(path, "-> " + target));
  }

  static Change move(String from, String to) {
    return new Change(
        to,
        root -> root.rename(from, to),
        picture -> {
          for (String path : below(picture, from)) {
            String moved = to + path.substring(from.length());
            picture.put(moved, picture.getOrDefault(path, ""));
            picture.remove(path);
          }
        });
  }

  static Change remove(String path) {
    return new Change(
        path,
        root -> root.removeRecursively(path),
        picture -> below(picture, path).forEach(picture::remove));
  }

  private static List<String> below(SortedMap<String, String> picture, String path) {
    List<String> found = new ArrayList<>();
    for (String each : picture.keySet()) {
      if (each.equals(path) || each.startsWith(path + "/")) {
        found.add(each);
      }
    }
    return found;
  }
}
