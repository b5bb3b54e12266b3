package io.duckpond.launcher.command;

import io.duckpond.history.History.Links;
import io.duckpond.launcher.Console;
import io.duckpond.launcher.PondSession;
import io.duckpond.launcher.render.LogJson;
import io.duckpond.launcher.render.Sizes;
import io.duckpond.launcher.render.Times;
import io.duckpond.oplog.LogFilter;
import io.duckpond.oplog.TransactionRow;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Lists transactions. */
@Command(
    name = "log",
    description = "List transactions, newest first.",
    footer = {
      "",
      "With PATH those that touched what is there, wherever it was then; of a directory all that"
          + " changed something at or below it. If nothing is there now, it means the newest node"
          + " that ever was.",
      "",
      "Examples:",
      "  pond log",
      "  pond log -n 5 /src",
      "  pond log --json | jq -r .command"
    })
final class LogCommand extends ReadingVerb {
  @Option(names = "-n", paramLabel = "N", description = "Only the newest N.")
  private long count = Long.MAX_VALUE;

  @Parameters(arity = "0..1", paramLabel = "PATH", description = "Only what touched this.")
  private @Nullable String path;

  @Override
  void check() {
    ShowCommand.checkCount("log", count);
  }

  @Override
  void print(PondSession session, Console console) throws IOException {
    for (TransactionRow row : transactions(session)) {
      if (pond().json()) {
        console.json(LogJson.transaction(row));
        continue;
      }
      console.line(
          "transaction "
              + row.txnSeq()
              + "  "
              + Times.local(Times.ofMicros(row.timestampMicros()), pond().environment().zone())
              + "  "
              + (row.user().isEmpty() ? "" : console.names().show(row.user()) + "  ")
              + console.names().show(row.command()));
      if (!row.message().isEmpty()) {
        console.line("    " + console.names().show(row.message()));
      }
      console.line(
          "    "
              + Sizes.count(row.operations(), "operation")
              + ", "
              + Sizes.count(row.partitions(), "partition")
              + ", "
              + Sizes.count(row.entries(), "entry")
              + ", "
              + Sizes.bytes(row.bytes()));
    }
  }

  private List<TransactionRow> transactions(PondSession session) throws IOException {
    if (path != null) {
      return session.history().transactions(path, Links.FOLLOW, count);
    }
    LogFilter newest = ShowCommand.newest(session.view(), count);
    List<TransactionRow> newestFirst = new ArrayList<>();
    try (Stream<TransactionRow> rows = session.pond().oplog().transactions(newest)) {
      rows.forEach(newestFirst::add);
    }
    Collections.reverse(newestFirst);
    return newestFirst;
  }
}
