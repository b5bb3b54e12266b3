package io.duckpond.launcher;

import io.duckpond.launcher.command.Verbs;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import picocli.CommandLine;
import picocli.CommandLine.ExecutionException;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.IExecutionStrategy;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.RunLast;

/** One run of a verb, in a process of its own or in the shell: words in, exit code out. */
public final class CommandRun {
  private static final IExecutionStrategy RUN_LAST = new RunLast();

  private final Console console;
  private final PondCommand pond;
  private final List<String> words;

  private CommandRun(Environment environment, List<String> words, Optional<SharedSession> shared) {
    this.console = new Console(environment);
    this.pond = new PondCommand(environment, console, words, shared);
    this.words = words;
  }

  /** Runs one verb and returns its exit code; what went wrong has been said. */
  public static int run(Environment environment, List<String> words) {
    return new CommandRun(environment, words, Optional.empty()).run();
  }

  /** Runs one verb of the shell on the shell's pond. */
  public static int run(Environment environment, List<String> words, SharedSession shared) {
    CommandRun run = new CommandRun(environment, words, Optional.of(shared));
    shared.running(run.pond.commandText());
    return run.run();
  }

  private int run() {
    try {
      int exitCode = execute(Verbs.among(words));
      console.flush();
      return exitCode;
    } catch (ClosedPipeException quiet) {
      return ExitCodes.OK;
    } catch (RuntimeException | Error failed) {
      return complain(failed, "");
    }
  }

  private int execute(Set<String> verbs) {
    return commandLine(verbs).execute(words.toArray(String[]::new));
  }

  private CommandLine commandLine(Set<String> verbs) {
    CommandLine line = new CommandLine(pond);
    Verbs.addTo(line, verbs);
    // A file named @list must not be read as a list of arguments.
    line.setExpandAtFiles(false);
    line.setCaseInsensitiveEnumValuesAllowed(true);
    line.setColorScheme(CommandLine.Help.defaultColorScheme(Ansi.OFF));
    line.setUsageHelpLongOptionsMaxWidth(28);
    line.setOut(console.writer());
    line.setErr(new PrintWriter(pond.environment().err(), true, StandardCharsets.UTF_8));
    line.setExecutionStrategy(
        parsed -> {
          pond.apply();
          checkAsOf(parsed);
          if (pond.json() && parsed.isVersionHelpRequested()) {
            return printVersion(parsed);
          }
          return RUN_LAST.execute(parsed);
        });
    line.setParameterExceptionHandler(
        (usage, arguments) ->
            verbs.equals(Verbs.all())
                ? console.complain(UsageErrors.of(usage))
                : execute(Verbs.all())); // whose complaint may name other verbs
    line.setExecutionExceptionHandler(
        (failed, where, parsed) -> {
          // What is thrown from here picocli would print.
          return failed instanceof ClosedPipeException
              ? ExitCodes.OK
              : complain(failed, where.getCommandName());
        });
    return line;
  }

  private void checkAsOf(ParseResult parsed) {
    try {
      Verbs.checkAsOf(parsed, pond);
    } catch (ComplaintException wrong) {
      throw new ExecutionException(parsed.commandSpec().commandLine(), "--as-of", wrong);
    }
  }

  private int printVersion(ParseResult parsed) {
    try {
      console.json(Version.json());
      return ExitCodes.OK;
    } catch (IOException failed) {
      throw new ExecutionException(parsed.commandSpec().commandLine(), "version", failed);
    }
  }

  private int complain(Throwable failed, String verb) {
    if (Interruption.isRequested()) {
      return ExitCodes.INTERRUPTED;
    }
    Complaint complaint = ErrorReport.of(failed, verb);
    int exitCode = console.complain(complaint);
    if (pond.debugging()) {
      StringWriter trace = new StringWriter();
      failed.printStackTrace(new PrintWriter(trace, true));
      console.complain(trace.toString().stripTrailing());
    }
    return exitCode;
  }
}
