package io.duckpond.journal.table;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/**
 * What a table does about its data files beside the commits.
 *
 * @param merger of the table's records; without one files are never merged
 * @param fanIn so many files of about one age are merged into one, so many of those again, and so
 *     on; 0: only when asked
 * @param fileBytes of a merged file that is complete; what is merged further fills the next, each
 *     with partitions of its own
 * @param retention how long a file that was merged stays for those who read an older version
 * @param forgetsDeleted whether a merge leaves out what later deletions cover, in a table that is
 *     not append-only; else it is hidden but kept
 * @param recentBytes of flushes that are kept in memory until they are merged, so that merging need
 *     not read them
 */
public record UpkeepSettings(
    Optional<RecordMerger> merger,
    int fanIn,
    long fileBytes,
    Duration retention,
    boolean forgetsDeleted,
    long recentBytes) {
  /** Never merges, as befits who only reads. */
  public static final UpkeepSettings NONE =
      new UpkeepSettings(Optional.empty(), 0, 64L << 20, Duration.ofHours(1));

  /** Settings that keep what is deleted. */
  public UpkeepSettings(
      Optional<RecordMerger> merger, int fanIn, long fileBytes, Duration retention) {
    this(merger, fanIn, fileBytes, retention, /* forgetsDeleted= */ false, usualRecentBytes());
  }

  public UpkeepSettings {
    if (fanIn < 0 || fanIn == 1) {
      throw new IllegalArgumentException("a fan-in of " + fanIn + ": at least 2, or 0 for never");
    }
    if (fileBytes < 1 || retention.isNegative() || recentBytes < 0) {
      throw new IllegalArgumentException("a bound is not positive");
    }
  }

  /** Returns the usual settings: tiers of ten, files of 64 MiB, an hour. */
  public static UpkeepSettings with(RecordMerger merger) {
    return new UpkeepSettings(Optional.of(merger), 10, 64L << 20, Duration.ofHours(1));
  }

  /** The same, but merges leave out what later deletions cover. */
  public UpkeepSettings forgettingDeleted() {
    return new UpkeepSettings(
        merger, fanIn, fileBytes, retention, /* forgetsDeleted= */ true, recentBytes);
  }

  /** The same with another {@link #recentBytes}. */
  public UpkeepSettings remembering(long bytes) {
    return new UpkeepSettings(merger, fanIn, fileBytes, retention, forgetsDeleted, bytes);
  }

  /**
   * Returns the properties to create a table with that is kept so. Its checkpoints tell of a
   * removed file for as long as it stays, in whole seconds, no less: with the usual week they would
   * soon tell of little else where much is merged.
   */
  public Map<String, String> properties() {
    return Map.of(
        LogTable.APPEND_ONLY,
        String.valueOf(!forgetsDeleted),
        LogTable.REMOVED_FILE_RETENTION,
        "interval " + retention.plusNanos(999_999_999).toSeconds() + " seconds");
  }

  private static long usualRecentBytes() {
    return Math.min(128L << 20, Runtime.getRuntime().maxMemory() / 16);
  }

  /** Returns whether files are merged without being asked. */
  boolean isAutomatic() {
    return merger.isPresent() && fanIn > 0;
  }
}
