package io.duckpond.journal;

import com.typesafe.config.Config;
import io.duckpond.journal.table.RecordMerger;
import io.duckpond.journal.table.UpkeepSettings;
import java.time.Duration;
import java.util.Optional;

/**
 * What a plugin's {@code upkeep} section says; every key is explained in {@code reference.conf}.
 *
 * @param fanIn so many data files of about one age are merged into one; 0: only when asked
 * @param fileBytes of a merged file that is complete
 * @param removedFileRetention how long a file that was merged stays
 */
public record MergeSettings(int fanIn, long fileBytes, Duration removedFileRetention) {

  /** Returns the settings of a plugin's section. */
  static MergeSettings from(Config config) {
    return new MergeSettings(
        config.getInt("upkeep.merge-fan-in"),
        config.getBytes("upkeep.merged-file-size"),
        config.getDuration("upkeep.removed-file-retention"));
  }

  /** Returns what a table of records that {@code merger} knows does beside its commits. */
  public UpkeepSettings with(RecordMerger merger) {
    return new UpkeepSettings(Optional.of(merger), fanIn, fileBytes, removedFileRetention);
  }
}
