package io.duckpond.journal.commit;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Which partitions have writes that are held, queued or being flushed. Guarded by the lock. */
final class UnfinishedWrites {
  private static final class Count {
    private int writes;
    private final CompletableFuture<Void> settled = new CompletableFuture<>();
  }

  private final Map<String, Count> counts = new HashMap<>();

  void begin(Collection<String> partitions) {
    for (String partId : partitions) {
      counts.computeIfAbsent(partId, id -> new Count()).writes++;
    }
  }

  /** Returns what to complete, outside the lock, now that one write of each has ended. */
  List<CompletableFuture<Void>> end(Collection<String> partitions) {
    List<CompletableFuture<Void>> settled = new ArrayList<>();
    for (String partId : partitions) {
      Count count = counts.get(partId);
      if (count != null && --count.writes == 0) {
        counts.remove(partId);
        settled.add(count.settled);
      }
    }
    return settled;
  }

  CompletionStage<Void> settled(String partId) {
    Count count = counts.get(partId);
    return count == null ? CompletableFuture.completedFuture(null) : count.settled;
  }
}
