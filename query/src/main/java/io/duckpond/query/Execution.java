package io.duckpond.query;

import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * One execution of a statement: the state that it reads, and the rows that it reads again. For one
 * thread.
 */
final class Execution {

  private final PondState state;
  private final Set<Object> opened = Collections.newSetFromMap(new IdentityHashMap<>());
  private final Set<Object> tooMany = Collections.newSetFromMap(new IdentityHashMap<>());
  private final Map<Object, List<@Nullable Object>> kept = new IdentityHashMap<>();

  Execution(PondState state) {
    this.state = state;
  }

  PondState state() {
    return state;
  }

  /**
   * Returns the rows of a scan. Nested loops and correlated sub-queries ask for the same ones over
   * and over: from the second time on they are kept, unless they are more than {@code most}, for
   * reading the log costs more than memory.
   */
  Stream<@Nullable Object> rows(Object scan, int most, Supplier<Stream<@Nullable Object>> open) {
    List<@Nullable Object> known = kept.get(scan);
    if (known != null) {
      return known.stream();
    }
    if (opened.add(scan) || tooMany.contains(scan)) {
      return open.get();
    }
    List<@Nullable Object> all = new ArrayList<>();
    try (Stream<@Nullable Object> rows = open.get()) {
      Iterator<@Nullable Object> each = rows.iterator();
      while (each.hasNext()) {
        if (all.size() == most) {
          tooMany.add(scan);
          return open.get();
        }
        all.add(each.next());
      }
    }
    kept.put(scan, all);
    return all.stream();
  }
}
