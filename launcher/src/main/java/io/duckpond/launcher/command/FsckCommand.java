package io.duckpond.launcher.command;

import io.duckpond.CheckMode;
import io.duckpond.CheckReport;
import io.duckpond.Finding;
import io.duckpond.PondCheck;
import io.duckpond.launcher.Console;
import io.duckpond.launcher.ExitCodes;
import io.duckpond.launcher.PondCommand;
import io.duckpond.launcher.ProgressLine;
import io.duckpond.launcher.render.FindingLines;
import io.duckpond.launcher.render.JsonObject;
import io.duckpond.launcher.render.Sizes;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/** Looks for damage, also in a pond that no other verb can open. */
@Command(
    name = "fsck",
    description = "Look for damage in the pond's files; changes nothing.",
    footer = {
      "",
      "One line a finding: damage is what is lost, wrong or in the way; a note is a leftover that"
          + " does no harm. Exit code 1 if anything is damaged. It takes no lock, and may run"
          + " while another process writes.",
      "",
      "Examples:",
      "  pond fsck",
      "  pond fsck --deep"
    })
final class FsckCommand implements Callable<Integer> {
  @ParentCommand private PondCommand pond;

  @Option(names = "--deep", description = "Read every byte, not the log alone.")
  private boolean deep;

  @Override
  public Integer call() throws IOException {
    Console console = pond.console();
    Path directory = pond.folder();
    CheckReport report;
    try (ProgressLine progress = new ProgressLine(console)) {
      report = PondCheck.run(directory, deep ? CheckMode.DEEP : CheckMode.USUAL, progress);
    }
    if (pond.json()) {
      console.json(json(report));
    } else {
      print(report, console);
    }
    return report.damaged() ? ExitCodes.REFUSED : ExitCodes.OK;
  }

  private static void print(CheckReport report, Console console) {
    FindingLines lines = new FindingLines(console.names());
    report.findings().forEach(finding -> console.line(lines.line(finding)));
    console.line("checked       transaction " + report.txnSeq());
    console.line("partitions    " + report.partitions());
    console.line("events        " + report.events());
    console.line("files         " + report.files());
    console.line("bytes         " + report.bytes() + " (" + Sizes.bytes(report.bytes()) + ")");
    console.line("took          " + report.took().toMillis() + " ms");
    console.line(
        "content root  "
            + report
                .contentRoot()
                .map(Object::toString)
                .orElse("unknown, as something is damaged"));
    console.line("result        " + result(report.findings()));
    FindingLines.advice(report.findings()).forEach(advice -> console.note("hint: " + advice));
  }

  private static String result(List<Finding> findings) {
    long damages = findings.stream().filter(Finding::damage).count();
    long leftovers = findings.size() - damages;
    String damage = damages == 0 ? "no damage" : Sizes.count(damages, "damage");
    return leftovers == 0 ? damage : damage + ", " + Sizes.count(leftovers, "leftover");
  }

  private JsonObject json(CheckReport report) {
    return new JsonObject()
        .put("intact", !report.damaged())
        .put("deep", deep)
        .put("txn_seq", report.txnSeq())
        .put("partitions", report.partitions())
        .put("events", report.events())
        .put("files", report.files())
        .put("bytes", report.bytes())
        .put("took_ms", report.took().toMillis())
        .putText("content_root", report.contentRoot().map(Object::toString))
        .putObjects("findings", report.findings().stream().map(FindingLines::json).toList());
  }
}
