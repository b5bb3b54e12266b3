package io.duckpond.launcher.tour;

import io.duckpond.launcher.CommandRun;
import io.duckpond.launcher.Complaint;
import io.duckpond.launcher.Console;
import io.duckpond.launcher.Environment;
import io.duckpond.launcher.ExitCodes;
import io.duckpond.launcher.Interruption;
import io.duckpond.launcher.render.ShellWords;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Runs verbs as somebody at a terminal would, showing the command and its real output. */
final class Steps {
  private final Environment environment;
  private final Console console;

  Steps(Environment environment, Console console) {
    this.environment = environment;
    this.console = console;
  }

  /** Says what comes next. */
  void chapter(String text) {
    console.line("");
    console.line("# " + text);
  }

  /** Runs a verb and returns what it printed on standard output. */
  String pond(String... words) throws IOException {
    console.line("$ pond " + ShellWords.join(List.of(words)));
    return run(environment, List.of(words));
  }

  /** The same with a line of standard input. */
  String pipe(String input, String... words) throws IOException {
    console.line(
        "$ echo " + ShellWords.quote(input) + " | pond " + ShellWords.join(List.of(words)));
    byte[] bytes = (input + "\n").getBytes(StandardCharsets.UTF_8);
    return run(environment.withInput(new ByteArrayInputStream(bytes)), List.of(words));
  }

  private String run(Environment where, List<String> words) throws IOException {
    Interruption.check();
    ByteArrayOutputStream printed = new ByteArrayOutputStream();
    console.flush();
    int exitCode =
        CommandRun.run(
            new Environment(
                where.in(),
                printed,
                where.err(),
                where.terminals(),
                where.variables(),
                where.configuration(),
                where.zone()),
            words);
    printed.writeTo(console.bytes());
    console.flush();
    if (exitCode != ExitCodes.OK) {
      throw failure("pond " + ShellWords.join(words), "ended with exit code " + exitCode, exitCode);
    }
    return printed.toString(StandardCharsets.UTF_8);
  }

  /** Fails the tour unless both are equal. */
  void expect(String what, Object expected, Object found) {
    if (!expected.equals(found)) {
      throw failure(what, "expected " + expected + ", found " + found, ExitCodes.FAULT);
    }
  }

  private static RuntimeException failure(String subject, String what, int exitCode) {
    return new Complaint(
            "tour: " + subject,
            what,
            java.util.Optional.of(
                "--keep has no effect on a tour that fails; this is worth a report"),
            exitCode)
        .exception();
  }
}
