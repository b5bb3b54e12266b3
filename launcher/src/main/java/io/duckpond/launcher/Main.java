package io.duckpond.launcher;

import java.util.List;

/** Starts the {@code pond} command; {@code bin/pond} gives the JVM what it needs. */
public final class Main {

  private Main() {}

  /** Runs the verb that {@code args} name and exits with its code. */
  public static void main(String[] args) {
    System.exit(CommandRun.run(Environment.ofProcess(), List.of(args)));
  }
}
