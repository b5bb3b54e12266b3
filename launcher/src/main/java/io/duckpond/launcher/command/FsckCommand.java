package io.duckpond.launcher.command;

import io.duckpond.CheckMode;
import io.duckpond.CheckReport;
import io.duckpond.Finding;
import io.duckpond.PondCheck;
import io.duckpond.PondRepair;
import io.duckpond.RepairMode;
import io.duckpond.RepairReport;
import io.duckpond.launcher.Complaint;
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
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/** Looks for damage, also in a pond that no other verb can open. */
@Command(
    name = "fsck",
    description = "Look for damage in the pond's files; repair it only if told to.",
    footer = {
      "",
      "One line a finding: damage is what is lost, wrong or in the way; a note is a leftover that"
          + " does no harm. Exit code 1 if anything is damaged. It takes no lock, and may run"
          + " while another process writes.",
      "",
      "--repair takes the write lock and sets files aside below quarantine/ in the pond's folder;"
          + " it deletes nothing. If transactions cannot be read, it says which and leaves the log"
          + " alone; with --accept-loss it cuts the log before the first of them.",
      "",
      "Examples:",
      "  pond fsck",
      "  pond fsck --deep",
      "  pond fsck --repair",
      "  pond fsck --deep --repair --accept-loss"
    })
final class FsckCommand implements Callable<Integer> {
  @ParentCommand private PondCommand pond;

  @Option(names = "--deep", description = "Read every byte, not the log alone.")
  private boolean deep;

  @Option(names = "--repair", description = "Set aside what is in the way, if nothing is lost.")
  private boolean repair;

  @Option(names = "--accept-loss", description = "Give up transactions that cannot be read.")
  private boolean acceptLoss;

  @Override
  public Integer call() throws IOException {
    Console console = pond.console();
    CheckMode mode = deep ? CheckMode.DEEP : CheckMode.USUAL;
    if (acceptLoss && !repair) {
      throw Complaint.usage("--accept-loss", "goes with --repair only", "pond fsck --help")
          .exception();
    }
    if (repair && pond.shared().isPresent()) {
      throw Complaint.refusal("fsck", "a repair needs the pond for itself", "leave the shell first")
          .exception();
    }
    Path directory = pond.folder();
    Optional<RepairReport> repaired = Optional.empty();
    CheckReport report;
    try (ProgressLine progress = new ProgressLine(console)) {
      if (repair) {
        RepairMode loss = acceptLoss ? RepairMode.ACCEPT_LOSS : RepairMode.KEEP_ALL;
        RepairReport made = PondRepair.run(directory, mode, loss, pond.settings(), progress);
        repaired = Optional.of(made);
        report = made.after();
      } else {
        report = PondCheck.run(directory, mode, progress);
      }
    }
    if (pond.json()) {
      console.json(json(report, repaired));
    } else {
      repaired.ifPresent(made -> print(made, console));
      print(report, console);
    }
    return report.damaged() ? ExitCodes.REFUSED : ExitCodes.OK;
  }

  private static void print(RepairReport repaired, Console console) {
    for (String file : repaired.moved()) {
      console.line("set aside     " + console.names().show(file));
    }
    repaired
        .quarantine()
        .ifPresent(
            folder -> console.line("quarantine    " + console.names().show(folder.toString())));
    repaired
        .loss()
        .ifPresent(
            loss ->
                console.line(
                    (repaired.cut() ? "lost          " : "would lose    ")
                        + console.names().show(lost(loss))));
    repaired.refusal().ifPresent(reason -> console.line("no repair     " + reason));
    if (repaired.loss().isPresent() && !repaired.cut()) {
      console.note("hint: pond fsck --repair --accept-loss gives these transactions up");
    }
  }

  private static String lost(RepairReport.Loss loss) {
    String where = loss.paths().isEmpty() ? "" : ", in " + String.join(", ", loss.paths());
    return loss.transactions() + where;
  }

  private static JsonObject json(RepairReport repaired) {
    return new JsonObject()
        .putTexts("moved", repaired.moved())
        .putText("quarantine", repaired.quarantine().map(Path::toString))
        .put("cut", repaired.cut())
        .putObject(
            "loss",
            repaired
                .loss()
                .map(
                    loss ->
                        new JsonObject()
                            .put("first_txn_seq", loss.first())
                            .putNumber("last_txn_seq", loss.last())
                            .putTexts("entries", loss.entries())
                            .putTexts("paths", loss.paths())))
        .putText("refusal", repaired.refusal());
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

  private JsonObject json(CheckReport report, Optional<RepairReport> repaired) {
    JsonObject json =
        new JsonObject()
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
    repaired.ifPresent(made -> json.put("repair", json(made)));
    return json;
  }
}
