package io.duckpond.launcher.command;

import io.duckpond.CommitResult;
import io.duckpond.PondView;
import io.duckpond.Transaction;
import io.duckpond.launcher.Complaint;
import io.duckpond.launcher.Console;
import io.duckpond.launcher.ExitCodes;
import io.duckpond.launcher.PondCommand;
import io.duckpond.launcher.PondSession;
import io.duckpond.launcher.StateName;
import io.duckpond.launcher.render.CommitJson;
import io.duckpond.launcher.render.JsonObject;
import io.duckpond.launcher.render.Sizes;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** Brings paths back to an earlier state. */
@Command(
    name = "revert",
    description = "Bring paths back to an earlier state, as a new transaction.",
    footer = {
      "",
      "This is Mercurial's revert, not git's: it takes back no transaction, it makes paths what"
          + " they were, and history keeps what they are now. What was removed comes back, what was"
          + " not there then goes. X is a transaction's number or a time, as for --as-of.",
      "",
      "Examples:",
      "  pond revert /notes.txt --to 41",
      "  pond revert /src /doc --to 2026-11-22T13:00 -m 'as before the move'",
      "  pond revert --dry-run / --to 41"
    })
final class RevertCommand implements Callable<Integer> {
  @ParentCommand private PondCommand pond;

  @Option(
      names = "--to",
      paramLabel = "X",
      required = true,
      description = "A transaction's number, or a time.")
  private String to = "";

  @Option(names = "--dry-run", description = "Only say what would change.")
  private boolean dryRun;

  @Option(
      names = {"-m", "--message"},
      paramLabel = "MSG",
      description = "What to say of it in the log.")
  private String message = "";

  @Parameters(arity = "1..*", paramLabel = "PATH", description = "What to bring back.")
  private List<String> paths = List.of();

  @Override
  public Integer call() throws IOException {
    StateName then = StateName.parse(to, pond.environment().zone(), "--to");
    if (dryRun && pond.shared().isPresent()) {
      throw Complaint.usage("revert", "--dry-run is not for the shell", "rollback undoes a revert")
          .exception();
    }
    try (PondSession session = pond.open()) {
      PondView view = then.in(session.pond());
      if (dryRun) {
        tell(session, view);
      } else {
        Optional<CommitResult> committed =
            session.change(message, root -> root.revert(paths, view));
        report(committed, view, pond.console());
      }
    }
    return ExitCodes.OK;
  }

  private void tell(PondSession session, PondView view) throws IOException {
    Console console = pond.console();
    try (Transaction transaction = session.pond().begin()) {
      transaction.root().revert(paths, view);
      List<String> changed = transaction.dirty();
      if (pond.json()) {
        console.json(new JsonObject().put("dry_run", true).putTexts("changed", changed));
        return;
      }
      changed.forEach(path -> console.line(console.names().show(path)));
      console.note("would revert " + Sizes.count(changed.size(), "path"));
    }
  }

  private void report(Optional<CommitResult> committed, PondView view, Console console)
      throws IOException {
    if (pond.json()) {
      console.json(CommitJson.of(committed));
    } else if (committed.isPresent() && committed.get().operations() == 0) {
      console.note("nothing to revert");
    } else {
      console.note(
          "reverted to transaction "
              + view.txnSeq()
              + committed.map(result -> "; transaction " + result.txnSeq()).orElse(""));
    }
  }
}
