package io.duckpond.nio.agreement;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystem;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/**
 * Where a path leads by the rules that pond has and jimfs has not, found out on jimfs step by step.
 *
 * @param path free of links, if something is there or could be
 */
record Whereabouts(Kind kind, String path) {
  private static final int LINKS = 40;
  private static final int NAME = 255;
  private static final int PATH = 4096;

  enum Kind {
    FOUND,
    VACANT,
    MISSING,
    BEHIND_A_FILE,
    ABOVE_THE_ROOT,
    LOOP,
    TOO_LONG,

    /** A link says so whose target could be the path of nothing, from that name on. */
    BEHIND_NO_PATH
  }

  /** A name still to go, and whether a link says so. */
  private record Ahead(String name, boolean ofLink) {}

  /** Looks for a path; follows a link at its end only if asked. */
  static Whereabouts of(FileSystem jimfs, String path, boolean follow) throws IOException {
    if (isTooLong(jimfs.getPath(path).toAbsolutePath().toString())) {
      return new Whereabouts(Kind.TOO_LONG, path);
    }
    List<String> at = new ArrayList<>();
    Deque<Ahead> ahead = new ArrayDeque<>();
    push(ahead, path, false);
    int links = 0;
    while (!ahead.isEmpty()) {
      Ahead next = ahead.pop();
      if (next.name().equals(".")) {
        continue;
      }
      if (next.name().equals("..")) {
        if (at.isEmpty() && next.ofLink()) {
          return new Whereabouts(Kind.ABOVE_THE_ROOT, path);
        }
        at.subList(Math.max(0, at.size() - 1), at.size()).clear();
        continue;
      }
      if (isNameTooLong(next.name())) { // then a link says so: the path was looked at
        return new Whereabouts(Kind.BEHIND_NO_PATH, path);
      }
      at.add(next.name());
      Path here = jimfs.getPath("/" + String.join("/", at));
      boolean last = ahead.isEmpty();
      if (!Files.exists(here, LinkOption.NOFOLLOW_LINKS)) {
        return new Whereabouts(last ? Kind.VACANT : Kind.MISSING, here.toString());
      }
      if (Files.isSymbolicLink(here) && (follow || !last)) {
        String target = Files.readSymbolicLink(here).toString();
        if (++links > LINKS) {
          return new Whereabouts(Kind.LOOP, path);
        }
        if (isPathTooLong(target)) {
          return new Whereabouts(Kind.BEHIND_NO_PATH, path);
        }
        at.subList(target.startsWith("/") ? 0 : at.size() - 1, at.size()).clear();
        push(ahead, target, true);
      } else if (!last && !Files.isDirectory(here, LinkOption.NOFOLLOW_LINKS)) {
        return new Whereabouts(Kind.BEHIND_A_FILE, path);
      }
    }
    return new Whereabouts(Kind.FOUND, "/" + String.join("/", at));
  }

  private static void push(Deque<Ahead> ahead, String path, boolean ofLink) {
    List<String> names = List.of(path.split("/"));
    for (int i = names.size() - 1; i >= 0; i--) {
      if (!names.get(i).isEmpty()) {
        ahead.push(new Ahead(names.get(i), ofLink));
      }
    }
  }

  private static boolean isTooLong(String path) {
    return isPathTooLong(path)
        || List.of(path.split("/")).stream().anyMatch(Whereabouts::isNameTooLong);
  }

  private static boolean isNameTooLong(String name) {
    return bytes(name) > NAME;
  }

  static boolean isPathTooLong(String path) {
    return bytes(path) > PATH;
  }

  private static int bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8).length;
  }

  /** Whether pond refuses the path, whatever jimfs would do. */
  boolean isRefusedByDesign() {
    return kind == Kind.ABOVE_THE_ROOT || kind == Kind.TOO_LONG || kind == Kind.BEHIND_A_FILE;
  }

  /** Refuses as pond does. */
  void demandPossible() throws FileSystemException {
    if (kind == Kind.BEHIND_A_FILE) {
      throw new NotDirectoryException(path);
    }
    if (isRefusedByDesign()) {
      throw new FileSystemException(path, null, kind.name());
    }
  }
}
