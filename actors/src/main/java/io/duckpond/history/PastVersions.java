package io.duckpond.history;

import io.duckpond.node.Entry;
import io.duckpond.node.NodeId;
import io.duckpond.oplog.Oplog;
import io.duckpond.view.PastVersion;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;

/** The versions of a file across its moves, for those who need neither paths nor removals. */
public final class PastVersions {
  private PastVersions() {}

  /**
   * Returns the versions that a file had up to transaction {@code pin}, oldest first, each as the
   * transaction left it that brought it. Reads the events of the directories that held the file.
   *
   * @param holder the directory that holds it after that transaction
   */
  public static List<PastVersion> of(Oplog log, long pin, NodeId file, NodeId holder)
      throws IOException {
    TreeMap<Long, PastVersion> versions = new TreeMap<>();
    for (Step step : Timeline.of(log, pin, file, Set.of(holder))) {
      if (step.here() && step.entry() instanceof Entry.File entry) {
        versions.putIfAbsent(
            entry.version(), new PastVersion(entry, step.txnSeq(), step.timestampMicros()));
      }
    }
    return List.copyOf(versions.values());
  }
}
