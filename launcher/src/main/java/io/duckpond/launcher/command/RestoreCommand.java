package io.duckpond.launcher.command;

import io.duckpond.Failures;
import io.duckpond.Failures.Failure;
import io.duckpond.RestoreMode;
import io.duckpond.RestoreReport;
import io.duckpond.launcher.Complaint;
import io.duckpond.launcher.Console;
import io.duckpond.launcher.ExitCodes;
import io.duckpond.launcher.PondSession;
import io.duckpond.launcher.ProgressLine;
import io.duckpond.launcher.render.JsonObject;
import io.duckpond.launcher.render.Sizes;
import java.io.IOException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Rebuilds the pond from its log. */
@Command(
    name = "restore",
    description = "Replay the whole log into fresh state, checking every hash in it.",
    footer = {
      "",
      "Directories are rebuilt in parallel. Equal content roots are equal trees. Damage is exit"
          + " code 65; with --verify, which looks for it and writes nothing, 1. Without it the"
          + " cache in snapshots/ is rewritten, unless another process is writing. --as-of rebuilds an"
          + " earlier state, in memory, and writes nothing.",
      "",
      "Examples:",
      "  pond restore",
      "  pond restore --verify",
      "  pond restore --as-of 42"
    })
final class RestoreCommand extends ReadingVerb {
  @Option(names = "--verify", description = "Read every byte of contents/, too.")
  private boolean verify;

  @Override
  void print(PondSession session, Console console) throws IOException {
    if (!session.pending().isEmpty()) {
      throw Complaint.refusal("restore", "changes are pending", "sync or rollback first")
          .exception();
    }
    RestoreReport report;
    try (ProgressLine progress = new ProgressLine(console)) {
      RestoreMode mode = verify ? RestoreMode.VERIFY : RestoreMode.LOG;
      report =
          isOfThePast()
              ? session.pond().restore(session.view(), mode, progress)
              : session.pond().restore(mode, progress);
    }
    report
        .snapshotsLeft()
        .ifPresent(why -> console.warn("restore: snapshots/ was left as it was: " + why));
    if (pond().json()) {
      console.json(
          new JsonObject()
              .put("intact", true)
              .put("verified", verify)
              .put("txn_seq", report.txnSeq())
              .put("partitions", report.partitions())
              .put("events", report.events())
              .put("bytes", report.bytes())
              .put(
                  "snapshots_rewritten",
                  !verify && !isOfThePast() && report.snapshotsLeft().isEmpty())
              .put("took_ms", report.took().toMillis())
              .put("content_root", String.valueOf(report.contentRoot())));
      return;
    }
    console.line("restored      transaction " + report.txnSeq());
    console.line("partitions    " + report.partitions());
    console.line("events        " + report.events());
    console.line("bytes         " + report.bytes() + " (" + Sizes.bytes(report.bytes()) + ")");
    console.line("took          " + report.took().toMillis() + " ms");
    console.line("content root  " + report.contentRoot());
  }

  private boolean isOfThePast() {
    return pond().asOf().isPresent();
  }

  /** To look for damage is what {@code --verify} is for: it is a finding then, no failure. */
  @Override
  RuntimeException explained(RuntimeException failed) {
    Failure failure = Failures.classify(failed);
    if (failure.kind() != Failures.Kind.DAMAGE) {
      return failed;
    }
    if (pond().json()) {
      pond()
          .console()
          .json(
              new JsonObject()
                  .put("intact", false)
                  .put("verified", verify)
                  .put("damage", failure.line()));
    }
    return verify
        ? new Complaint("", failure.line(), failure.hint(), ExitCodes.REFUSED).exception()
        : failed;
  }
}
