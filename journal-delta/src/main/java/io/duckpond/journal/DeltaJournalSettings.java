package io.duckpond.journal;

import com.typesafe.config.Config;
import io.duckpond.journal.arrow.EventCodec;
import io.duckpond.journal.arrow.StreamMerger;
import io.duckpond.journal.commit.CommitSettings;
import io.duckpond.journal.commit.SequenceRule;
import io.duckpond.journal.table.UpkeepSettings;
import java.time.Duration;
import java.util.Optional;

/**
 * What {@code pekko.persistence.delta.journal} says; every key is explained in {@code
 * reference.conf}.
 *
 * @param table where the table is, unless a {@link DeltaJournalSetup} gives an open one
 * @param codec class name of the event codec, likewise
 * @param commit the bounds of the commit queue
 * @param mergeFanIn so many data files of about one age are merged into one; 0: only when asked
 * @param mergedFileBytes of a merged file that is complete
 * @param removedFileRetention how long a file that was merged stays
 */
public record DeltaJournalSettings(
    TableSettings table,
    String codec,
    CommitSettings commit,
    int mergeFanIn,
    long mergedFileBytes,
    Duration removedFileRetention) {

  /** Returns the settings of a journal plugin's section. */
  public static DeltaJournalSettings from(Config config) {
    return new DeltaJournalSettings(
        TableSettings.from(config),
        config.getString("codec"),
        commitSettings(config),
        config.getInt("upkeep.merge-fan-in"),
        config.getBytes("upkeep.merged-file-size"),
        config.getDuration("upkeep.removed-file-retention"));
  }

  /** Returns what a table of this codec does beside its commits. */
  UpkeepSettings upkeep(EventCodec eventCodec) {
    return new UpkeepSettings(
        Optional.of(new StreamMerger(eventCodec)),
        mergeFanIn,
        mergedFileBytes,
        removedFileRetention);
  }

  /** Returns the part that a journal on a given table needs too. */
  static CommitSettings commitSettings(Config config) {
    return commitSettings(
        config, config.getBoolean("gapless") ? SequenceRule.GAPLESS : SequenceRule.INCREASING);
  }

  static CommitSettings commitSettings(Config config, SequenceRule rule) {
    return new CommitSettings(
        config.getDuration("linger"),
        config.getBytes("max-flush-bytes"),
        config.getInt("max-flush-rows"),
        config.getBytes("max-pending-bytes"),
        config.getBytes("memory-limit"),
        config.getDuration("group-timeout"),
        rule,
        config.getInt("known-partitions"),
        config.getInt("remembered-transactions"));
  }
}
