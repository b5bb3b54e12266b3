package io.duckpond.isolation;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;

/** Where a path of the model leads; paths are absolute, without "." and "..". */
sealed interface Way {
  /** Something stands there; of the root, the name is empty. */
  record Found(long parent, String name, Held held, String path) implements Way {}

  /** The directory is there, and the name is free in it. */
  record Vacant(long parent, String name, String path) implements Way {}

  /** The rest of the path means nothing. */
  record Blocked(String refusal) implements Way {}

  /** Whether a link at the end is followed. */
  enum AtEnd {
    FOLLOW,
    KEEP
  }

  /**
   * Goes a path.
   *
   * @param looks told of each name that is looked up, and in which directory
   */
  static Way of(Tree tree, String path, AtEnd atEnd, BiConsumer<Long, String> looks) {
    List<Found> levels = new ArrayList<>();
    levels.add(new Found(Tree.ROOT, "", Held.directory(Tree.ROOT, 0), ""));
    Deque<String> ahead = new ArrayDeque<>(names(path));
    int links = 0;
    while (!ahead.isEmpty()) {
      String name = ahead.remove();
      Found at = levels.get(levels.size() - 1);
      String here = at.path() + "/" + name;
      looks.accept(at.held().node(), name);
      Optional<Held> held = tree.get(at.held().node(), name);
      if (held.isEmpty()) {
        return ahead.isEmpty()
            ? new Vacant(at.held().node(), name, here)
            : new Blocked("NoSuchFileException");
      }
      Found found = new Found(at.held().node(), name, held.get(), here);
      boolean last = ahead.isEmpty();
      if (found.held().isDirectory()) {
        levels.add(found);
      } else if (found.held().kind() == Held.Kind.LINK && (!last || atEnd == AtEnd.FOLLOW)) {
        if (++links > 40) {
          return new Blocked("FileSystemLoopException");
        }
        String target = found.held().text();
        if (target.startsWith("/")) {
          levels.subList(1, levels.size()).clear();
        }
        List<String> steps = names(target);
        for (int i = steps.size() - 1; i >= 0; i--) {
          ahead.push(steps.get(i));
        }
      } else {
        return last ? found : new Blocked("NotDirectoryException");
      }
    }
    return levels.get(levels.size() - 1);
  }

  private static List<String> names(String path) {
    return Arrays.stream(path.split("/", -1)).filter(name -> !name.isEmpty()).toList();
  }
}
