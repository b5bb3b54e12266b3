package io.duckpond.launcher.command;

import io.duckpond.CommitResult;
import io.duckpond.launcher.Console;
import io.duckpond.launcher.ExitCodes;
import io.duckpond.launcher.PondCommand;
import io.duckpond.launcher.PondSession;
import io.duckpond.launcher.SharedSession;
import io.duckpond.launcher.render.CommitJson;
import io.duckpond.launcher.render.Sizes;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/** Makes pending changes durable. */
@Command(
    name = "sync",
    aliases = "commit",
    description = "Make what is pending durable, as one transaction.",
    footer = {
      "",
      "Only the shell has pending changes: every other verb is durable when it returns.",
      "",
      "Examples:",
      "  pond sync",
      "  printf 'mkdir /d\\ntouch /d/f\\nsync\\n' | pond shell"
    })
final class SyncCommand implements Callable<Integer> {
  @ParentCommand private PondCommand pond;

  @Option(
      names = {"-m", "--message"},
      paramLabel = "MSG",
      description = "What to say of it in the log.")
  private String message = "";

  @Override
  public Integer call() throws IOException {
    Optional<SharedSession> shared = pond.shared();
    if (shared.isPresent()) {
      print(shared.get().sync(message), pond.console());
    } else {
      try (PondSession session = pond.open()) {
        // Opened only to refuse where there is no pond: nothing is pending outside the shell.
        print(nothing(session.pond().view().txnSeq()), pond.console());
      }
    }
    return ExitCodes.OK;
  }

  private static CommitResult nothing(long txnSeq) {
    return new CommitResult(txnSeq, 0, 0, 0, 0, Duration.ZERO);
  }

  private void print(CommitResult result, Console console) {
    if (pond.json()) {
      console.json(CommitJson.of(Optional.of(result)));
      return;
    }
    if (result.operations() == 0) {
      console.line("nothing to sync");
      return;
    }
    console.line(
        "synced "
            + Sizes.count(result.operations(), "operation")
            + ", "
            + Sizes.count(result.entries(), "entry")
            + ", "
            + Sizes.bytes(result.bytes())
            + " in "
            + result.took().toMillis()
            + " ms: transaction "
            + result.txnSeq());
  }
}
