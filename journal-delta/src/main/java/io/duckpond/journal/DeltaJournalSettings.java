package io.duckpond.journal;

import com.typesafe.config.Config;
import io.duckpond.journal.commit.CommitSettings;
import io.duckpond.journal.commit.SequenceRule;

/**
 * What {@code pekko.persistence.delta.journal} says; every key is explained in {@code
 * reference.conf}.
 *
 * @param table where the table is, unless a {@link DeltaJournalSetup} gives an open one
 * @param codec class name of the event codec, likewise
 * @param commit the bounds of the commit queue
 * @param upkeep what becomes of its files
 */
public record DeltaJournalSettings(
    TableSettings table, String codec, CommitSettings commit, MergeSettings upkeep) {

  /** Returns the settings of a journal plugin's section. */
  public static DeltaJournalSettings from(Config config) {
    return new DeltaJournalSettings(
        TableSettings.from(config),
        config.getString("codec"),
        commitSettings(config),
        MergeSettings.from(config));
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
