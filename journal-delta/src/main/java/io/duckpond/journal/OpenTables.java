package io.duckpond.journal;

import com.typesafe.config.ConfigException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.apache.pekko.actor.AbstractExtensionId;
import org.apache.pekko.actor.ActorSystem;
import org.apache.pekko.actor.ExtendedActorSystem;
import org.apache.pekko.actor.Extension;

/** Which plugin of a system writes which table: never two the same. Any thread. */
final class OpenTables implements Extension {
  private static final Id ID = new Id();

  private final Map<Path, String> pluginIds = new HashMap<>();

  static OpenTables get(ActorSystem system) {
    return ID.get(system);
  }

  /**
   * Notes that a plugin writes a table, until what is returned is closed. Fails if another one
   * does: its lock would be waited for in vain.
   */
  synchronized AutoCloseable add(Path directory, String pluginId) {
    String other = pluginIds.putIfAbsent(directory, pluginId);
    if (other != null) {
      throw new ConfigException.Generic(
          "[%s] is the table of [%s]: give [%s] a directory of its own"
              .formatted(directory, other, pluginId));
    }
    return () -> remove(directory);
  }

  private synchronized void remove(Path directory) {
    pluginIds.remove(directory);
  }

  private static final class Id extends AbstractExtensionId<OpenTables> {
    @Override
    public OpenTables createExtension(ExtendedActorSystem system) {
      return new OpenTables();
    }
  }
}
