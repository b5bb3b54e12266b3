package io.duckpond.launcher.command;

import io.duckpond.launcher.Complaint;
import io.duckpond.launcher.Console;
import io.duckpond.launcher.ExitCodes;
import io.duckpond.launcher.PondCommand;
import io.duckpond.launcher.PondSession;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.ParentCommand;

/** A verb that opens the pond, looks and prints. */
abstract class ReadingVerb implements Callable<Integer> {
  @ParentCommand private PondCommand pond;

  @Override
  public final Integer call() throws IOException {
    check();
    try (PondSession session = pond.openToRead()) {
      print(session, pond.console());
    } catch (RuntimeException failed) {
      throw explained(failed);
    }
    return exitCode();
  }

  /** Returns how the verb ends once all is printed. */
  int exitCode() {
    return ExitCodes.OK;
  }

  /** Refuses a command line that makes no sense, before any pond is opened. */
  void check() {}

  /** Refuses to show what is pending of an earlier state. */
  final void refusePendingOfThePast(String verb, boolean pending) {
    if (pending && pond.asOf().isPresent()) {
      throw Complaint.usage(verb, "--pending and --as-of exclude each other").exception();
    }
  }

  /** Returns what is to be thrown for what opening or printing has thrown. */
  RuntimeException explained(RuntimeException failed) {
    return failed;
  }

  /** Returns the command that this verb belongs to. */
  final PondCommand pond() {
    return pond;
  }

  /** Reads from the session and prints. */
  abstract void print(PondSession session, Console console) throws IOException;
}
