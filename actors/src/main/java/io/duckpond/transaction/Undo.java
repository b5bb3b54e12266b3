package io.duckpond.transaction;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * How a workspace goes back to its savepoints: for each of them, what every changed thing was then.
 * Without savepoints nothing is noted. A thing that changes often is noted once a savepoint.
 */
final class Undo {

  /** A thing that changes: a key of a map, or a part of an object. */
  private record Part(Object owner, Object key) {}

  private record Segment(Savepoint since, Map<Part, Runnable> before) {}

  private final List<Segment> segments = new ArrayList<>();

  /** Has what changes from now on noted. */
  void begin(Savepoint savepoint) {
    segments.add(new Segment(savepoint, new HashMap<>()));
  }

  /** Returns whether there is anything to go back to. */
  boolean isNoting() {
    return !segments.isEmpty();
  }

  /** Says, before {@code key} of {@code owner} changes, how it becomes again what it is. */
  void note(Object owner, Object key, Runnable restore) {
    if (!segments.isEmpty()) {
      segments.get(segments.size() - 1).before().putIfAbsent(new Part(owner, key), restore);
    }
  }

  /** The same of something of which it costs to know how it becomes again what it is. */
  void noteOf(Object owner, Supplier<Runnable> restore) {
    if (!segments.isEmpty()) {
      segments
          .get(segments.size() - 1)
          .before()
          .computeIfAbsent(new Part(owner, ""), first -> restore.get());
    }
  }

  /** Makes everything what it was at a savepoint, which stays; later ones are forgotten. */
  boolean rollBackTo(Savepoint savepoint) {
    int at = indexOf(savepoint);
    if (at < 0) {
      return false;
    }
    for (int i = segments.size() - 1; i >= at; i--) {
      segments.remove(i).before().values().forEach(Runnable::run);
    }
    begin(savepoint);
    return true;
  }

  /** Forgets a savepoint and later ones; what has changed stays so. */
  boolean release(Savepoint savepoint) {
    int at = indexOf(savepoint);
    if (at < 0) {
      return false;
    }
    List<Segment> released = segments.subList(at, segments.size());
    if (at > 0) {
      Map<Part, Runnable> earlier = segments.get(at - 1).before();
      released.forEach(segment -> segment.before().forEach(earlier::putIfAbsent));
    }
    released.clear();
    return true;
  }

  private int indexOf(Savepoint savepoint) {
    for (int i = segments.size() - 1; i >= 0; i--) {
      if (segments.get(i).since() == savepoint) {
        return i;
      }
    }
    return -1;
  }

  /** Forgets all savepoints. */
  void clear() {
    segments.clear();
  }
}
