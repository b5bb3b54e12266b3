package io.duckpond.journal;

import io.duckpond.journal.disk.Machine;
import org.apache.pekko.actor.ActorSystem;
import org.apache.pekko.actor.setup.Setup;

/**
 * Has the plugins of a system work on another machine than the one that the JVM runs on, such as
 * one whose disk is in memory. Directories are named by the configuration all the same.
 */
public final class MachineSetup extends Setup {
  private final Machine machine;

  /** For a system that is created with this. */
  public MachineSetup(Machine machine) {
    this.machine = machine;
  }

  /** Returns the machine that a system's plugins work on. */
  public static Machine machineOf(ActorSystem system) {
    return system
        .settings()
        .setup()
        .get(MachineSetup.class)
        .map(setup -> setup.machine)
        .orElseGet(Machine::real);
  }
}
