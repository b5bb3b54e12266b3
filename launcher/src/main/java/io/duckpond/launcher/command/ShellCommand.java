package io.duckpond.launcher.command;

import io.duckpond.launcher.Complaint;
import io.duckpond.launcher.PondCommand;
import io.duckpond.launcher.SharedSession;
import io.duckpond.launcher.ShellLoop;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ParentCommand;

/** Runs many verbs on one open pond. */
@Command(
    name = "shell",
    description = "Run verbs from standard input, one a line, on one open pond.",
    footer = {
      "",
      "Words are quoted as in a shell; # begins a comment. Changes stay pending until sync, and"
          + " every verb of the shell sees them. Beside the verbs there are:",
      "  begin            start afresh from the newest state; refused while changes are pending",
      "  sync, commit     make what is pending durable, as one transaction",
      "  rollback         drop what is pending",
      "  exit             leave, as the end of the input does",
      "",
      "A line that fails does not end the shell; a failed sync leaves all of it pending. Unless"
          + " standard input is a terminal, the exit code is that of the first failure. Whoever"
          + " leaves with changes pending loses them, is told so, and exits with 1; leave with"
          + " rollback if that is meant.",
      "",
      "Examples:",
      "  pond shell",
      "  printf 'mkdir /d\\ntouch /d/f\\nsync -m \"a start\"\\n' | pond shell"
    })
final class ShellCommand implements Callable<Integer> {
  @ParentCommand private PondCommand pond;

  @Override
  public Integer call() throws IOException {
    if (pond.shared().isPresent()) {
      throw Complaint.usage("shell", "this is one already", "leave it with exit").exception();
    }
    SharedSession session = pond.openShared();
    try {
      return new ShellLoop(pond, session).run();
    } finally {
      session.end();
    }
  }
}
