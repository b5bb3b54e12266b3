package io.duckpond.launcher.command;

import io.duckpond.MaintenanceReport;
import io.duckpond.MaintenanceTask;
import io.duckpond.content.Collected;
import io.duckpond.launcher.Console;
import io.duckpond.launcher.ExitCodes;
import io.duckpond.launcher.PondCommand;
import io.duckpond.launcher.PondSession;
import io.duckpond.launcher.ProgressLine;
import io.duckpond.launcher.render.JsonObject;
import io.duckpond.launcher.render.Sizes;
import io.duckpond.oplog.Oplog;
import java.io.IOException;
import java.util.EnumSet;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/** Makes the pond's files few and small, and proves that nothing else has changed. */
@Command(
    name = "maintain",
    description = "Merge the log's files, and remove what nobody needs any more.",
    footer = {
      "",
      "Without options it does all of it. No history is lost: every earlier state, and every"
          + " version, stays as it is. Then the newest state is rebuilt from the log and compared."
          + " It takes the write lock, and others may read meanwhile.",
      "",
      "Files that were merged are kept for an hour, for other programs that may still read them.",
      "",
      "Examples:",
      "  pond maintain",
      "  pond maintain --vacuum --json"
    })
final class MaintainCommand implements Callable<Integer> {
  @ParentCommand private PondCommand pond;

  @Option(names = "--compact", description = "Merge the log's data files into as few as possible.")
  private boolean compact;

  @Option(
      names = "--vacuum",
      description = "Remove merged files, contents of no version, and what killed processes left.")
  private boolean vacuum;

  @Option(names = "--checkpoint", description = "Sum the log up, so that it opens faster.")
  private boolean checkpoint;

  @Override
  public Integer call() throws IOException {
    Console console = pond.console();
    MaintenanceReport report;
    try (PondSession session = pond.open();
        ProgressLine progress = new ProgressLine(console)) {
      report = session.pond().maintain(tasks(), progress);
    }
    if (pond.json()) {
      console.json(json(report));
    } else {
      print(report, console);
    }
    return ExitCodes.OK;
  }

  private Set<MaintenanceTask> tasks() {
    Set<MaintenanceTask> tasks = EnumSet.noneOf(MaintenanceTask.class);
    if (compact) {
      tasks.add(MaintenanceTask.COMPACT);
    }
    if (vacuum) {
      tasks.add(MaintenanceTask.VACUUM);
    }
    if (checkpoint) {
      tasks.add(MaintenanceTask.CHECKPOINT);
    }
    return tasks.isEmpty() ? EnumSet.allOf(MaintenanceTask.class) : tasks;
  }

  private static void print(MaintenanceReport report, Console console) {
    Collected collected = report.collected();
    console.line("transaction   " + report.txnSeq());
    console.line("log           " + size(report.after()) + "; before: " + size(report.before()));
    console.line(
        "collected     "
            + Sizes.count(collected.contents(), "content")
            + ", "
            + Sizes.count(collected.temporaries(), "leftover")
            + ", "
            + Sizes.bytes(collected.bytes()));
    console.line("took          " + report.took().toMillis() + " ms");
    console.line("content root  " + report.contentRoot());
  }

  private static String size(Oplog.TableSize size) {
    return Sizes.count(size.files(), "data file") + ", " + Sizes.bytes(size.bytes());
  }

  private static JsonObject json(MaintenanceReport report) {
    Collected collected = report.collected();
    return new JsonObject()
        .put("txn_seq", report.txnSeq())
        .put("files_before", report.before().files())
        .put("bytes_before", report.before().bytes())
        .put("files", report.after().files())
        .put("bytes", report.after().bytes())
        .put("collected_contents", collected.contents())
        .put("collected_leftovers", collected.temporaries())
        .put("collected_bytes", collected.bytes())
        .put("took_ms", report.took().toMillis())
        .put("content_root", String.valueOf(report.contentRoot()));
  }
}
