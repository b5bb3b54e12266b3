package io.duckpond.journal;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Configurations of systems that keep their tables in a directory of their own. */
public final class TestConfig {
  private TestConfig() {}

  /** A new directory under the build's own, which a next build removes. */
  public static Path directory(String name) {
    try {
      return Files.createTempDirectory(Files.createDirectories(Path.of("target", "tables")), name)
          .toAbsolutePath();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The plugins, with their tables in {@code directory}. */
  public static Config in(Path directory) {
    return ConfigFactory.parseString(
            """
            pekko.loglevel = WARNING
            pekko.stdout-loglevel = WARNING
            # The first call opens a table in a cold JVM, on a machine that may be busy.
            pekko.test.single-expect-default = 60s
            pekko.persistence.journal.plugin = "pekko.persistence.delta.journal"
            pekko.persistence.snapshot-store.plugin = "pekko.persistence.delta.snapshot"
            pekko.persistence.delta.journal.directory = "%s/journal"
            pekko.persistence.delta.snapshot.directory = "%s/snapshots"
            """
                .formatted(directory, directory))
        .withFallback(ConfigFactory.load());
  }
}
