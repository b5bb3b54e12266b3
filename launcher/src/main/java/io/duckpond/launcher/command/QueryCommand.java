package io.duckpond.launcher.command;

import io.duckpond.launcher.Complaint;
import io.duckpond.launcher.Console;
import io.duckpond.launcher.Environment;
import io.duckpond.launcher.PondCommand;
import io.duckpond.launcher.PondSession;
import io.duckpond.launcher.render.Sizes;
import io.duckpond.query.PondSql;
import io.duckpond.query.ResultFormat;
import io.duckpond.query.SqlRefusedException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Asks in SQL. */
@Command(
    name = "query",
    description = "Ask in SQL; reads only.",
    footer = {
      "",
      "Tables: transactions, records, oplog_entries, directory_entries, nodes, and by its path in"
          + " double quotes every Parquet file. Without SQL and -f the statement is read from"
          + " standard input.",
      "",
      "Examples:",
      "  pond query \"select path, size from nodes order by size desc limit 5\"",
      "  pond query --format csv \"select * from transactions\"",
      "  pond query 'select name, count(*) from \"/data/ducks.parquet\" group by name'",
      "  pond query 'select * from \"/data/ducks.parquet\" for system_time as of 42'",
      "  pond query \"explain plan for select * from oplog_entries where part_id = '...'\""
    })
final class QueryCommand extends ReadingVerb {
  @Option(names = "--pending", description = "As if what is pending in the shell were synced.")
  private boolean pending;

  @Option(
      names = "--format",
      paramLabel = "FORMAT",
      description = "table (the default), csv, json or ndjson (the same as --json).")
  private @Nullable ResultFormat format;

  @Option(
      names = {"-f", "--file"},
      paramLabel = "FILE",
      description = "The host's file with the statement.")
  private @Nullable String file;

  @Parameters(arity = "0..1", paramLabel = "SQL", description = "One statement.")
  private @Nullable String sql;

  @Override
  void check() {
    refusePendingOfThePast("query", pending);
    if (pond().json() && (format == ResultFormat.TABLE || format == ResultFormat.CSV)) {
      throw Complaint.usage("query", "--json and another format exclude each other").exception();
    }
  }

  private ResultFormat format() {
    if (format != null) {
      return format;
    }
    return pond().json() ? ResultFormat.NDJSON : ResultFormat.TABLE;
  }

  @Override
  void print(PondSession session, Console console) throws IOException {
    PondSql engine = engine(session);
    ResultFormat wanted = format();
    try {
      long rows = engine.run(statement(), wanted, console.bytes());
      if (wanted == ResultFormat.TABLE) {
        console.note(Sizes.count(rows, "row"));
      }
    } catch (SqlRefusedException refused) {
      throw Complaint.refusal("query", refused.summary())
          .withDetails(refused.excerpt().lines().toList())
          .exception();
    }
  }

  private PondSql engine(PondSession session) throws IOException {
    if (pending && pond().shared().isPresent()) {
      return PondSql.over(session.pond(), pond().shared().get().transaction());
    }
    return pond().asOf().isPresent()
        ? PondSql.over(session.pond(), session.view())
        : PondSql.over(session.pond());
  }

  private String statement() throws IOException {
    if (sql != null && file != null) {
      throw Complaint.usage("query", "SQL and -f exclude each other").exception();
    }
    if (sql != null) {
      return sql;
    }
    if (file != null) {
      return Files.readString(PondCommand.hostPath(file));
    }
    if (pond().shared().isPresent()) {
      throw Complaint.usage("query", "no statement", "query \"select * from nodes\"").exception();
    }
    Environment environment = pond().environment();
    if (environment.isTerminal(Environment.Stream.IN)) {
      console().note("reading the statement from the terminal; Ctrl-D ends it");
    }
    return new String(environment.in().readAllBytes(), StandardCharsets.UTF_8);
  }

  private Console console() {
    return pond().console();
  }
}
