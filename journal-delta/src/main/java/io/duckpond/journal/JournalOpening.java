package io.duckpond.journal;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import io.duckpond.journal.arrow.EventCodec;
import io.duckpond.journal.arrow.EventCodecs;
import io.duckpond.journal.arrow.StreamMerger;
import io.duckpond.journal.commit.CommitQueue;
import io.duckpond.journal.commit.CommitSettings;
import io.duckpond.journal.metrics.MicrometerMetrics;
import io.duckpond.journal.table.LogTable;
import java.io.IOException;
import java.time.Clock;
import java.util.Optional;
import org.apache.pekko.actor.ExtendedActorSystem;

/** Puts a journal together from its configuration, or from a {@link DeltaJournalSetup}. */
final class JournalOpening {
  private final ExtendedActorSystem system;
  private final Config config;
  private final String configPath;
  private final PluginResources resources;

  JournalOpening(
      ExtendedActorSystem system, Config config, String configPath, PluginResources resources) {
    this.system = system;
    this.config = config;
    this.configPath = configPath;
    this.resources = resources;
  }

  JournalStore open() throws IOException, ReflectiveOperationException {
    Optional<DeltaJournalSetup> given = system.settings().setup().get(DeltaJournalSetup.class);
    if (given.isPresent()) {
      DeltaJournalSetup setup = given.get();
      return open(setup.table(), setup.codec(), setup.clock());
    }
    DeltaJournalSettings settings = DeltaJournalSettings.from(config);
    EventCodec codec = EventCodecs.named(settings.codec(), system);
    return open(
        PluginTable.open(
            settings.table(),
            settings.upkeep().with(new StreamMerger(codec)),
            system,
            configPath,
            resources),
        codec,
        MachineSetup.machineOf(system).clock());
  }

  private JournalStore open(LogTable table, EventCodec codec, Clock clock) {
    CommitSettings settings = DeltaJournalSettings.commitSettings(config);
    CommitQueue queue =
        resources.add(
            new CommitQueue(
                table,
                codec,
                settings,
                clock,
                system.dispatchers().lookup(config.getString("commit-dispatcher")),
                PluginTable.timer(system)));
    if (config.getBoolean("metrics")) {
      measure(queue);
    }
    return new JournalStore(
        queue,
        new StoredEvents(queue.events(), queue.recordCodec(), settings.sequenceRule()),
        system.dispatchers().lookup(config.getString("read-dispatcher")));
  }

  private void measure(CommitQueue queue) {
    try {
      resources.add(MicrometerMetrics.inGlobalRegistry(configPath, queue));
    } catch (NoClassDefFoundError e) {
      throw new ConfigException.BadValue(
          config.origin(),
          "metrics",
          "is on, but io.micrometer:micrometer-core is not on the class path",
          e);
    }
  }
}
