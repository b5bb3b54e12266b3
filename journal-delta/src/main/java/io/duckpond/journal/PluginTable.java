package io.duckpond.journal;

import io.duckpond.journal.commit.Timer;
import io.duckpond.journal.disk.Directories;
import io.duckpond.journal.disk.Machine;
import io.duckpond.journal.table.LogTable;
import io.duckpond.journal.table.UpkeepSettings;
import io.duckpond.journal.table.WriteLock;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Objects;
import org.apache.pekko.actor.ActorSystem;
import org.apache.pekko.actor.Cancellable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Opens what a plugin's configuration names. */
final class PluginTable {
  private static final Logger logger = LoggerFactory.getLogger(PluginTable.class);

  private PluginTable() {}

  /**
   * Takes the lock, then opens the table, which is created if there is none: one whose upkeep
   * forgets what is deleted is not append-only.
   */
  static LogTable open(
      TableSettings settings,
      UpkeepSettings upkeep,
      ActorSystem system,
      String pluginId,
      PluginResources resources)
      throws IOException {
    Machine machine = MachineSetup.machineOf(system);
    resources.add(OpenTables.get(system).add(settings.directory(), pluginId));
    Path lockFile = settings.lockFile();
    Directories.createAll(
        machine.disk(), Objects.requireNonNull(lockFile.getParent(), lockFile.toString()));
    resources.add(
        WriteLock.acquire(
            machine, lockFile, settings.lockWait(), pluginId + " of " + system.name()));
    LogTable table = resources.add(openOrCreate(machine, settings.directory(), upkeep));
    logger.info(
        "opened [{}] at version [{}], transaction [{}]",
        settings.directory(),
        table.head().version(),
        table.head().txnSeq());
    return table;
  }

  private static LogTable openOrCreate(Machine machine, Path directory, UpkeepSettings upkeep)
      throws IOException {
    try {
      return LogTable.open(machine, directory, upkeep);
    } catch (NoSuchFileException missing) {
      LogTable.create(machine, directory, upkeep.properties()).close();
      return LogTable.open(machine, directory, upkeep);
    }
  }

  /** Returns the system's scheduler as a timer. */
  static Timer timer(ActorSystem system) {
    return (delay, task) -> {
      Cancellable scheduled = system.scheduler().scheduleOnce(delay, task, system.dispatcher());
      return scheduled::cancel;
    };
  }
}
