package io.duckpond.query;

import io.duckpond.Pond;
import io.duckpond.PondView;
import io.duckpond.Transaction;
import java.io.IOException;
import java.io.OutputStream;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * Runs SQL over a pond and writes the results. For one thread at a time; every run sees the newest
 * state. Nothing that it runs changes anything.
 */
public final class PondSql {

  private final PondSource source;

  PondSql(PondSource source) {
    this.source = source;
  }

  /** Returns SQL over the committed state of a pond. */
  public static PondSql over(Pond pond) {
    return new PondSql(new CommittedState(pond));
  }

  /** Returns SQL over a pond as it was: its tree, and its log up to then. */
  public static PondSql over(Pond pond, PondView then) {
    return new PondSql(new PastState(pond, then));
  }

  /**
   * Returns SQL over a pond as a transaction sees it: the committed log and, after it, the rows
   * that a commit would write, without numbers; the tree with its changes.
   */
  public static PondSql over(Pond pond, Transaction pending) {
    return new PondSql(new PendingState(pond, pending));
  }

  /**
   * Runs one statement and writes its rows to {@code out}, which stays open.
   *
   * @return the number of rows written
   * @throws SqlRefusedException if the statement is wrong, is more than one, or would change
   *     something
   * @throws IOException if {@code out} fails, or the pond cannot be read
   */
  public long run(String sql, ResultFormat format, OutputStream out)
      throws SqlRefusedException, IOException {
    ResultStream stream = new ResultStream(out);
    PondSchema tables = new PondSchema(source);
    try {
      ParsedStatement parsed = ParsedStatement.of(sql);
      try (Connection connection = new PondDriver().connect(tables);
          Statement statement = connection.createStatement();
          ResultSet rows = statement.executeQuery(sql);
          ResultWriter writer = ResultWriter.of(format, parsed.explains(), stream)) {
        return writer.write(new Cells(rows, parsed.labels()));
      }
    } catch (SQLException
        | RuntimeException
        | AssertionError
        | LinkageError
        | StackOverflowError e) {
      stream.rethrow();
      throw Refusals.of(e, sql, tables.columnsOfFiles());
    }
  }
}
