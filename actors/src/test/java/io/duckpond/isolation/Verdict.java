package io.duckpond.isolation;

import io.duckpond.harness.Harness;
import java.util.Map;
import java.util.TreeMap;

/** How much of what there was in histories that are as they should be. */
final class Verdict {
  private final Map<String, Long> counts = new TreeMap<>();

  void count(String what, long times) {
    counts.merge(what, times, Long::sum);
  }

  long counted(String what) {
    return counts.getOrDefault(what, 0L);
  }

  void addTo(Harness harness) {
    counts.forEach(harness::count);
  }
}
