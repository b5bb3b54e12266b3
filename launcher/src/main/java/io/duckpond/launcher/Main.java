package io.duckpond.launcher;

import java.nio.file.Path;
import java.util.List;

/** Starts the {@code pond} command; {@code bin/pond} gives the JVM what it needs. */
public final class Main {

  private Main() {}

  /** Runs the verb that {@code args} name and exits with its code. */
  public static void main(String[] args) {
    Interruption.watch();
    int exitCode = run(Environment.ofProcess(), List.of(args));
    Interruption.ended();
    System.exit(exitCode);
  }

  private static int run(Environment environment, List<String> words) {
    try {
      Arguments.check(words, Path.of("/proc/self/cmdline"));
    } catch (ComplaintException mangled) {
      return new Console(environment).complain(mangled.complaint());
    }
    return CommandRun.run(environment, words);
  }
}
