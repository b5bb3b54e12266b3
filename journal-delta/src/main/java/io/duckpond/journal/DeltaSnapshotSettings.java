package io.duckpond.journal;

import com.typesafe.config.Config;
import io.duckpond.journal.commit.CommitSettings;
import io.duckpond.journal.commit.SequenceRule;

/**
 * What {@code pekko.persistence.delta.snapshot} says; every key is explained in {@code
 * reference.conf}.
 *
 * @param table where the table of snapshots is; never that of a journal
 * @param commit the bounds of its commit queue
 * @param upkeep what becomes of its files, and of deleted snapshots
 */
public record DeltaSnapshotSettings(
    TableSettings table, CommitSettings commit, MergeSettings upkeep) {

  /** Returns the settings of a snapshot store plugin's section. */
  public static DeltaSnapshotSettings from(Config config) {
    return new DeltaSnapshotSettings(
        TableSettings.from(config),
        DeltaJournalSettings.commitSettings(config, SequenceRule.FREE),
        MergeSettings.from(config));
  }
}
