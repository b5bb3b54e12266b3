package io.duckpond.launcher.command;

import io.duckpond.RestoreMode;
import io.duckpond.RestoreReport;
import io.duckpond.launcher.Complaint;
import io.duckpond.launcher.Console;
import io.duckpond.launcher.PondSession;
import io.duckpond.launcher.ProgressLine;
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
      "Directories are rebuilt in parallel. Equal content roots are equal trees.",
      "",
      "Examples:",
      "  pond restore",
      "  pond restore --verify"
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
      report = session.pond().restore(verify ? RestoreMode.VERIFY : RestoreMode.LOG, progress);
    }
    console.line("restored      transaction " + report.txnSeq());
    console.line("partitions    " + report.partitions());
    console.line("events        " + report.events());
    console.line("bytes         " + report.bytes() + " (" + Sizes.bytes(report.bytes()) + ")");
    console.line("took          " + report.took().toMillis() + " ms");
    console.line("content root  " + report.contentRoot());
  }
}
