package io.duckpond.journal;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import java.nio.file.Path;
import java.time.Duration;

/**
 * Where a plugin's table lies and which threads serve it.
 *
 * @param directory of the table, absolute
 * @param lockFile locked while the table is open for writing, absolute
 * @param lockWait how long to wait for it
 * @param commitDispatcher path of the dispatcher that commits
 * @param readDispatcher path of the dispatcher that replays and loads
 */
public record TableSettings(
    Path directory,
    Path lockFile,
    Duration lockWait,
    String commitDispatcher,
    String readDispatcher) {

  static TableSettings from(Config config) {
    String directory = config.getString("directory");
    if (directory.isEmpty()) {
      throw new ConfigException.BadValue(
          config.origin(), "directory", "is empty: name the directory of the Delta table");
    }
    Path table = Path.of(directory).toAbsolutePath().normalize();
    String lock = config.getString("lock-file");
    return new TableSettings(
        table,
        lock.isEmpty()
            ? table.resolveSibling(table.getFileName() + ".lock")
            : Path.of(lock).toAbsolutePath().normalize(),
        config.getDuration("lock-wait"),
        config.getString("commit-dispatcher"),
        config.getString("read-dispatcher"));
  }
}
