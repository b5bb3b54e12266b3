package io.duckpond;

import com.typesafe.config.Config;
import java.time.Duration;

/**
 * A pond's settings, read once.
 *
 * @param inlineLimit contents of up to this many bytes stand in the log
 * @param stagingThreshold a transaction's small contents beyond this many bytes are staged
 * @param lockWait how long the first commit waits for the write lock
 * @param command what the lock's holder file says this process runs
 * @param system the configuration of the actor system
 */
public record PondSettings(
    long inlineLimit, long stagingThreshold, Duration lockWait, String command, Config system) {

  /**
   * Reads {@code pond.*}; throws {@link com.typesafe.config.ConfigException} naming any key of it
   * that is not known.
   */
  public static PondSettings from(Config config) {
    throw new IllegalStateException("contract");
  }

  /** The same with another wait. */
  public PondSettings withLockWait(Duration wait) {
    return new PondSettings(inlineLimit, stagingThreshold, wait, command, system);
  }

  /** The same under another name in the lock's holder file. */
  public PondSettings withCommand(String name) {
    return new PondSettings(inlineLimit, stagingThreshold, lockWait, name, system);
  }
}
