package io.duckpond;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import java.time.Duration;

/**
 * A pond's settings, read once.
 *
 * @param inlineLimit contents of up to this many bytes stand in the log
 * @param stagingThreshold a transaction's small contents beyond this many bytes are staged
 * @param queueLimit transactions that may wait for their turn
 * @param actorLimit idle directories whose actor is kept
 * @param checkpointInterval commits between two checkpoints of the log, of ponds made with these
 *     settings
 * @param mergeFanIn so many data files of the log of about one age are merged into one; 0: never
 * @param snapshots when snapshots of directories are written
 * @param lockWait how long the first commit waits for the write lock
 * @param command what the lock's holder file says this process runs
 * @param system the configuration of the actor system
 */
public record PondSettings(
    long inlineLimit,
    long stagingThreshold,
    int queueLimit,
    int actorLimit,
    int checkpointInterval,
    int mergeFanIn,
    Snapshots snapshots,
    Duration lockWait,
    String command,
    Config system) {
  private static final String ROOT = "pond";
  private static final String SYSTEM = "system";

  /**
   * When snapshots of directories are written, in data files of the log that a cold opening of a
   * directory would have to read.
   *
   * @param tailFiles more than so many, and one is written while the pond is open
   * @param tailFilesAtClose more than so many, and one is written when the pond is closed
   */
  public record Snapshots(int tailFiles, int tailFilesAtClose) {}

  /** Returns the settings of the class path's configuration, system properties on top. */
  public static PondSettings load() {
    return from(ConfigFactory.load());
  }

  /**
   * Reads {@code pond.*}; throws {@link ConfigException} naming any key of it that is not known,
   * which is one that no {@code reference.conf} on the class path has.
   */
  public static PondSettings from(Config config) {
    Config pond = config.getConfig(ROOT);
    refuseUnknown(pond);
    return new PondSettings(
        pond.getBytes("content.inline-limit"),
        pond.getBytes("transaction.staging-threshold"),
        pond.getInt("transaction.queue-limit"),
        pond.getInt("directory.actor-limit"),
        pond.getInt("log.checkpoint-interval"),
        pond.getInt("log.merge-fan-in"),
        new Snapshots(
            pond.getInt("snapshot.tail-files"), pond.getInt("snapshot.tail-files-at-close")),
        pond.getDuration("lock.wait"),
        pond.getString("lock.command"),
        pond.getConfig(SYSTEM).withFallback(config.withoutPath(ROOT)));
  }

  private static void refuseUnknown(Config pond) {
    Config known = ConfigFactory.defaultReference().getConfig(ROOT);
    pond.withoutPath(SYSTEM)
        .entrySet()
        .forEach(
            key -> {
              if (!known.hasPathOrNull(key.getKey())) {
                throw new ConfigException.BadPath(
                    key.getValue().origin(), ROOT + "." + key.getKey(), "there is no such setting");
              }
            });
  }

  /** The same with another wait. */
  public PondSettings withLockWait(Duration wait) {
    return new PondSettings(
        inlineLimit,
        stagingThreshold,
        queueLimit,
        actorLimit,
        checkpointInterval,
        mergeFanIn,
        snapshots,
        wait,
        command,
        system);
  }

  /** The same under another name in the lock's holder file. */
  public PondSettings withCommand(String name) {
    return new PondSettings(
        inlineLimit,
        stagingThreshold,
        queueLimit,
        actorLimit,
        checkpointInterval,
        mergeFanIn,
        snapshots,
        lockWait,
        name,
        system);
  }
}
