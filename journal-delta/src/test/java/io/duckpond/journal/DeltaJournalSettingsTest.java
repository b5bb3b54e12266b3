package io.duckpond.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import io.duckpond.journal.commit.CommitSettings;
import io.duckpond.journal.commit.SequenceRule;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class DeltaJournalSettingsTest {
  private static final String JOURNAL = "pekko.persistence.delta.journal";
  private static final String SNAPSHOT = "pekko.persistence.delta.snapshot";
  private static final String EVERY_KEY =
      """
      directory = /tables/j
      lock-file = /locks/l
      lock-wait = 1 minute
      commit-dispatcher = c
      read-dispatcher = r
      codec = app.Codec
      linger = 2 ms
      max-flush-bytes = 3 KiB
      max-flush-rows = 4
      max-pending-bytes = 5 KiB
      memory-limit = 6 KiB
      group-timeout = 7 s
      gapless = on
      known-partitions = 8
      remembered-transactions = 9
      upkeep.merge-fan-in = 10
      upkeep.merged-file-size = 11 KiB
      upkeep.removed-file-retention = 12 minutes
      """;
  private static final TableSettings EVERY_TABLE_KEY =
      new TableSettings(Path.of("/tables/j"), Path.of("/locks/l"), Duration.ofMinutes(1), "c", "r");

  private static final MergeSettings EVERY_UPKEEP_KEY =
      new MergeSettings(10, 11L << 10, Duration.ofMinutes(12));

  private static Config section(String path, String overrides) {
    return ConfigFactory.parseString(overrides).withFallback(ConfigFactory.load().getConfig(path));
  }

  private static CommitSettings everyCommitKey(SequenceRule rule) {
    return new CommitSettings(
        Duration.ofMillis(2), 3 << 10, 4, 5 << 10, 6 << 10, Duration.ofSeconds(7), rule, 8, 9);
  }

  @Test
  void aDirectoryIsAllThatAJournalMustBeTold() {
    DeltaJournalSettings settings =
        DeltaJournalSettings.from(section(JOURNAL, "directory = /var/app/journal"));

    assertThat(settings)
        .isEqualTo(
            new DeltaJournalSettings(
                new TableSettings(
                    Path.of("/var/app/journal"),
                    Path.of("/var/app/journal.lock"),
                    Duration.ofSeconds(5),
                    "pekko.persistence.delta.commit-dispatcher",
                    "pekko.persistence.delta.read-dispatcher"),
                "io.duckpond.journal.arrow.SerializerCodec",
                new CommitSettings(
                    Duration.ZERO,
                    32 << 20,
                    100_000,
                    256 << 20,
                    256 << 20,
                    Duration.ofSeconds(30),
                    SequenceRule.INCREASING,
                    200_000,
                    10_000),
                new MergeSettings(10, 64L << 20, Duration.ofHours(1))));
  }

  @Test
  void everyKeyOfAJournalIsRead() {
    DeltaJournalSettings settings = DeltaJournalSettings.from(section(JOURNAL, EVERY_KEY));

    assertThat(settings)
        .isEqualTo(
            new DeltaJournalSettings(
                EVERY_TABLE_KEY,
                "app.Codec",
                everyCommitKey(SequenceRule.GAPLESS),
                EVERY_UPKEEP_KEY));
  }

  @Test
  void aDirectoryIsAllThatASnapshotStoreMustBeTold() {
    DeltaSnapshotSettings settings =
        DeltaSnapshotSettings.from(section(SNAPSHOT, "directory = /var/app/snapshots"));

    assertThat(settings)
        .isEqualTo(
            new DeltaSnapshotSettings(
                new TableSettings(
                    Path.of("/var/app/snapshots"),
                    Path.of("/var/app/snapshots.lock"),
                    Duration.ofSeconds(5),
                    "pekko.persistence.delta.commit-dispatcher",
                    "pekko.persistence.delta.read-dispatcher"),
                new CommitSettings(
                    Duration.ZERO,
                    32 << 20,
                    10_000,
                    256 << 20,
                    256 << 20,
                    Duration.ofSeconds(30),
                    SequenceRule.FREE,
                    1,
                    1),
                new MergeSettings(4, 64L << 20, Duration.ofHours(1))));
  }

  @Test
  void everyKeyOfASnapshotStoreIsRead() {
    DeltaSnapshotSettings settings = DeltaSnapshotSettings.from(section(SNAPSHOT, EVERY_KEY));

    assertThat(settings)
        .isEqualTo(
            new DeltaSnapshotSettings(
                EVERY_TABLE_KEY, everyCommitKey(SequenceRule.FREE), EVERY_UPKEEP_KEY));
  }

  @Test
  void aMissingDirectoryIsNamed() {
    assertThatThrownBy(() -> DeltaJournalSettings.from(section(JOURNAL, "")))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("name the directory of the Delta table");
  }

  @Test
  void whatPekkoReadsItselfIsSetAsTheDesignDemands() {
    Config journal = ConfigFactory.load().getConfig(JOURNAL);

    assertThat(journal.getBoolean("write-response-global-order")).isFalse();
    assertThat(journal.getString("replay-filter.mode")).isEqualTo("fail");
    assertThat(journal.getInt("circuit-breaker.max-failures")).isEqualTo(Integer.MAX_VALUE);
    assertThat(journal.getDuration("circuit-breaker.call-timeout")).isEqualTo(Duration.ZERO);
    assertThat(journal.getDuration("recovery-event-timeout"))
        .isGreaterThan(journal.getDuration("group-timeout"));
  }
}
