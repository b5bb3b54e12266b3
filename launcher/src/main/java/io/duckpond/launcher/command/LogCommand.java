package io.duckpond.launcher.command;

import io.duckpond.launcher.Console;
import io.duckpond.launcher.PondSession;
import io.duckpond.launcher.render.LogJson;
import io.duckpond.launcher.render.Sizes;
import io.duckpond.launcher.render.Times;
import io.duckpond.oplog.LogFilter;
import io.duckpond.oplog.OplogReader;
import io.duckpond.oplog.TransactionRow;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Lists transactions. */
@Command(
    name = "log",
    description = "List transactions, newest first.",
    footer = {"", "Examples:", "  pond log", "  pond log -n 5"})
final class LogCommand extends ReadingVerb {
  @Option(names = "-n", paramLabel = "N", description = "Only the newest N.")
  private long count = Long.MAX_VALUE;

  @Override
  void print(PondSession session, Console console) throws IOException {
    OplogReader reader = session.pond().oplog();
    LogFilter filter = ShowCommand.newest(reader, count);
    Deque<TransactionRow> newestFirst = new ArrayDeque<>();
    try (Stream<TransactionRow> rows = reader.transactions(filter)) {
      rows.forEach(newestFirst::addFirst);
    }
    for (TransactionRow row : newestFirst) {
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
}
