package io.duckpond.launcher.command;

import io.duckpond.PondView;
import io.duckpond.launcher.Complaint;
import io.duckpond.launcher.Console;
import io.duckpond.launcher.PondSession;
import io.duckpond.launcher.render.LogJson;
import io.duckpond.launcher.render.LogLines;
import io.duckpond.oplog.LogFilter;
import io.duckpond.oplog.OplogReader;
import java.io.IOException;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Prints the log. */
@Command(
    name = "show",
    description = "Print the operation log in the order in which it is replayed.",
    footer = {
      "",
      "Each transaction with its records, each record with its rows: sequence number, file type,"
          + " node, and what happened to it.",
      "",
      "Examples:",
      "  pond show -n 1",
      "  pond show --partition 00000000000070008000000000000000"
    })
final class ShowCommand extends ReadingVerb {
  @Option(names = "-n", paramLabel = "N", description = "Only the newest N transactions.")
  private long count = Long.MAX_VALUE;

  @Option(names = "--partition", paramLabel = "ID", description = "Only this directory's log.")
  private @Nullable String partition;

  @Override
  void print(PondSession session, Console console) throws IOException {
    LogFilter newest = newest(session.view(), count);
    OplogReader reader = session.pond().oplog();
    LogFilter filter =
        new LogFilter(
            Optional.ofNullable(partition).map(Set::of), newest.fromTxnSeq(), newest.toTxnSeq());
    if (pond().json()) {
      LogJson.read(reader, filter, console::json);
    } else {
      new LogLines(reader, console.names(), console::line).print(filter);
    }
  }

  @Override
  void check() {
    checkCount("show", count);
  }

  /** Refuses a number of transactions below 0. */
  static void checkCount(String verb, long count) {
    if (count < 0) {
      throw Complaint.usage(verb, "-n takes a number from 0, not " + count).exception();
    }
  }

  /** Returns a filter for the newest transactions up to a state. */
  static LogFilter newest(PondView view, long count) {
    long last = view.txnSeq();
    long first = count > last ? 1 : last - count + 1;
    return new LogFilter(Optional.empty(), first, last);
  }
}
