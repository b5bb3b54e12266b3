package io.duckpond.launcher.command;

import io.duckpond.CommitResult;
import io.duckpond.host.HostCopy;
import io.duckpond.host.HostCopyOptions;
import io.duckpond.host.HostCopyOptions.Flag;
import io.duckpond.host.HostCopyReport;
import io.duckpond.launcher.Complaint;
import io.duckpond.launcher.Console;
import io.duckpond.launcher.ExitCodes;
import io.duckpond.launcher.Interruption;
import io.duckpond.launcher.PondCommand;
import io.duckpond.launcher.PondSession;
import io.duckpond.launcher.ProgressLine;
import io.duckpond.launcher.render.CommitJson;
import io.duckpond.launcher.render.JsonObject;
import io.duckpond.launcher.render.Sizes;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** Copies between the host and the pond. */
@Command(
    name = "copy",
    description = "Copy trees between the host and the pond; pond paths begin with pond:",
    footer = {
      "",
      "An existing directory takes the source under its name, an absent one becomes it; a trailing"
          + " slash demands a directory; SRC/. means what is in it. Into the pond it is all or"
          + " nothing; onto the host each file appears by rename.",
      "",
      "Examples:",
      "  pond copy ~/photos pond:/",
      "  pond copy --exclude '*.tmp' src/. pond:/src",
      "  pond copy pond:/photos /backup/",
      "  pond copy --as-of 2026-11-22 pond:/photos /backup/",
      "  pond copy ./pond:odd-name pond:/"
    })
final class CopyCommand implements Callable<Integer> {
  @ParentCommand private PondCommand pond;

  @Option(names = "--overwrite", description = "Replace host files that exist.")
  private boolean overwrite;

  @Option(names = "--dry-run", description = "Only say what would be written.")
  private boolean dryRun;

  @Option(names = "--exclude", paramLabel = "GLOB", description = "Leave these out; repeatable.")
  private List<String> excludes = List.of();

  @Option(
      names = "--skip-unsupported",
      description = "Pass over what a pond cannot hold, with a warning.")
  private boolean skipUnsupported;

  @Option(
      names = {"-m", "--message"},
      paramLabel = "MSG",
      description = "What to say of it in the log.")
  private String message = "";

  @Parameters(arity = "2..*", paramLabel = "PATH", description = "Sources, then the destination.")
  private List<String> paths = List.of();

  @Override
  public Integer call() throws IOException {
    CopyArguments arguments = CopyArguments.parse(paths);
    if (arguments.into() && pond.asOf().isPresent()) {
      throw Complaint.usage("copy", "--as-of is for copying out of the pond").exception();
    }
    Console console = pond.console();
    try (PondSession session = pond.openToRead();
        ProgressLine progress = new ProgressLine(console)) {
      HostCopyOptions options =
          new HostCopyOptions(flags(), excludes, Set.of(session.pond().directory()));
      HostCopy copy = new HostCopy(options, progress);
      if (arguments.into()) {
        in(session, copy, arguments, progress);
      } else {
        report(out(session, copy, arguments), Optional.empty(), progress);
      }
    }
    return ExitCodes.OK;
  }

  /** No unfinished file may stay behind on the host, whatever ends this. */
  private static HostCopyReport out(PondSession session, HostCopy copy, CopyArguments arguments)
      throws IOException {
    Path destination = CopyArguments.hostDestination(arguments.destination());
    try (Interruption.Section unwound = Interruption.section()) {
      return copy.out(arguments.sources(), session.root(), destination);
    }
  }

  private void in(
      PondSession session, HostCopy copy, CopyArguments arguments, ProgressLine progress)
      throws IOException {
    List<Path> sources = arguments.sources().stream().map(CopyArguments::hostPath).toList();
    List<HostCopyReport> reports = new ArrayList<>();
    PondSession.Change change =
        root -> reports.add(copy.in(sources, root, arguments.destination()));
    if (dryRun) {
      change.apply(session.root());
      report(reports.get(0), Optional.empty(), progress);
    } else {
      Optional<CommitResult> committed = session.change(message, change);
      report(reports.get(0), committed, progress);
    }
  }

  private Set<Flag> flags() {
    Set<Flag> flags = EnumSet.noneOf(Flag.class);
    if (overwrite) {
      flags.add(Flag.OVERWRITE);
    }
    if (dryRun) {
      flags.add(Flag.DRY_RUN);
    }
    if (skipUnsupported) {
      flags.add(Flag.SKIP_UNSUPPORTED);
    }
    return flags;
  }

  private JsonObject json(HostCopyReport report, Optional<CommitResult> committed) {
    boolean intoPond = committed.isPresent() || (pond.shared().isPresent() && !dryRun);
    return new JsonObject()
        .put("dry_run", dryRun)
        .put("files", report.files())
        .put("directories", report.directories())
        .put("symlinks", report.symlinks())
        .put("bytes", report.bytes())
        .put("unchanged", report.unchanged())
        .putTexts("changed", report.changed())
        .putTexts("warnings", report.warnings())
        .putObject(
            "transaction", intoPond ? Optional.of(CommitJson.of(committed)) : Optional.empty());
  }

  private void report(
      HostCopyReport report, Optional<CommitResult> committed, ProgressLine progress) {
    progress.close();
    Console console = pond.console();
    if (pond.json()) {
      console.json(json(report, committed));
      report.warnings().forEach(warning -> console.warn(warning));
      return;
    }
    report.changed().forEach(path -> console.line(console.names().show(path)));
    report.warnings().forEach(warning -> console.warn(warning));
    String counts =
        Sizes.count(report.files(), "file")
            + ", "
            + Sizes.count(report.directories(), "directory")
            + ", "
            + Sizes.count(report.symlinks(), "symlink")
            + ", "
            + Sizes.bytes(report.bytes())
            + (report.unchanged() == 0 ? "" : "; " + report.unchanged() + " unchanged");
    String end =
        committed
            .map(
                result ->
                    result.operations() == 0
                        ? "; nothing to commit"
                        : "; transaction " + result.txnSeq())
            .orElse("");
    console.note((dryRun ? "would copy " : "copied ") + counts + end);
  }
}
