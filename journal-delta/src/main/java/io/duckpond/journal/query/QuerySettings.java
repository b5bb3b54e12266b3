package io.duckpond.journal.query;

import com.typesafe.config.Config;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * What {@code pekko.persistence.delta.query} says; every key is explained in {@code
 * reference.conf}.
 *
 * @param journal path of the section of the journal whose table is read; not used if there is a
 *     directory
 * @param directory of a table that another process writes, absolute
 * @param codec class name of that table's event codec
 * @param pollInterval how often that table's log is looked at
 * @param readDispatcher path of the dispatcher that reads
 * @param readBytes of events that a query reads at a time
 */
public record QuerySettings(
    String journal,
    Optional<Path> directory,
    String codec,
    Duration pollInterval,
    String readDispatcher,
    long readBytes) {

  public QuerySettings {
    if (pollInterval.isNegative() || pollInterval.isZero() || readBytes < 1) {
      throw new IllegalArgumentException("poll-interval and read-bytes are positive");
    }
  }

  /** Returns the settings of a read journal's section. */
  public static QuerySettings from(Config config) {
    String directory = config.getString("directory");
    return new QuerySettings(
        config.getString("journal"),
        directory.isEmpty()
            ? Optional.empty()
            : Optional.of(Path.of(directory).toAbsolutePath().normalize()),
        config.getString("codec"),
        config.getDuration("poll-interval"),
        config.getString("read-dispatcher"),
        config.getBytes("read-bytes"));
  }
}
