package io.duckpond.launcher.command;

import io.duckpond.CommitResult;
import io.duckpond.WorkingDirectory;
import io.duckpond.launcher.Console;
import io.duckpond.launcher.ExitCodes;
import io.duckpond.launcher.PondCommand;
import io.duckpond.launcher.PondSession;
import io.duckpond.launcher.render.CommitJson;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/** A verb that changes the pond: alone it is one transaction, in the shell it stays pending. */
abstract class WritingVerb implements Callable<Integer> {
  @ParentCommand private PondCommand pond;

  @Option(
      names = {"-m", "--message"},
      paramLabel = "MSG",
      description = "What to say of it in the log.")
  private String message = "";

  @Override
  public final Integer call() throws IOException {
    check();
    try (PondSession session = pond.open()) {
      Optional<CommitResult> committed = session.change(message, root -> change(session, root));
      if (pond.json()) {
        pond.console().json(CommitJson.of(committed));
      } else {
        report(committed, pond.console());
      }
    }
    return ExitCodes.OK;
  }

  /** Returns the command that this verb belongs to. */
  final PondCommand pond() {
    return pond;
  }

  /** Refuses a command line that makes no sense, before any pond is opened. */
  void check() throws IOException {}

  /** Changes what is below {@code root}. */
  abstract void change(PondSession session, WorkingDirectory root) throws IOException;

  /** Says what was done, if that is not plain; {@code committed} is empty in the shell. */
  void report(Optional<CommitResult> committed, Console console) {}
}
