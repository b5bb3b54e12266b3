package io.duckpond.query;

import io.duckpond.Pond;
import io.duckpond.PondTime;
import io.duckpond.PondView;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.file.FileSystemException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.calcite.runtime.CalciteContextException;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlNumericLiteral;
import org.apache.calcite.sql.SqlSnapshot;
import org.apache.calcite.sql.SqlUnknownLiteral;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.jspecify.annotations.Nullable;

/**
 * What FOR SYSTEM_TIME AS OF means: the table of that name in the schema of the state at that time.
 * So the table has the columns that it had then, and another name than the present one, which the
 * planner would otherwise take for the same.
 */
final class TimeTravel {

  private static final String USAGE =
      "AS OF takes a time or the number of a transaction as it is written:"
          + " timestamp '2026-11-22 13:02:00', or 42";

  /** Of transactions. */
  private static final BigDecimal BEYOND_ALL = BigDecimal.valueOf(Long.MAX_VALUE);

  private final PondSource source;

  private TimeTravel(PondSource source) {
    this.source = source;
  }

  /** Resolves all times of a statement, in place; refuses one at which there is no state. */
  static void resolve(SqlNode statement, PondSource source) {
    new TimeTravel(source).resolve(statement);
  }

  private void resolve(SqlNode node) {
    if (node instanceof SqlNodeList list) {
      list.forEach(this::resolveIfThere);
    } else if (node instanceof SqlCall call) {
      List<SqlNode> operands = call.getOperandList();
      for (int i = 0; i < operands.size(); i++) {
        if (operands.get(i) instanceof SqlSnapshot snapshot) {
          call.setOperand(i, table(snapshot));
        } else {
          resolveIfThere(operands.get(i));
        }
      }
    }
  }

  // A call has nulls for what it was not given.
  private void resolveIfThere(@Nullable SqlNode node) {
    if (node != null) {
      resolve(node);
    }
  }

  private SqlIdentifier table(SqlSnapshot snapshot) {
    if (!(snapshot.getTableRef() instanceof SqlIdentifier table)) {
      throw refusal("only tables have a past", snapshot.getParserPosition());
    }
    List<String> names = new ArrayList<>(table.names);
    List<SqlParserPos> places = new ArrayList<>();
    for (int i = 0; i < names.size(); i++) {
      places.add(table.getComponentParserPosition(i));
    }
    names.add(names.size() - 1, PondSchema.asOf(txnSeq(snapshot.getPeriod())));
    places.add(places.get(0));
    return new SqlIdentifier(names, table.getCollation(), table.getParserPosition(), places);
  }

  private long txnSeq(SqlNode period) {
    SqlParserPos place = period.getParserPosition();
    try {
      return at(period).orElseThrow(() -> refusal(USAGE, place)).txnSeq();
    } catch (FileSystemException e) {
      throw refusal(e.getFile() + ": " + e.getReason(), place);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Optional<PondView> at(SqlNode period) throws IOException {
    Pond pond = source.pond();
    if (period instanceof SqlNumericLiteral number && number.isInteger()) {
      BigDecimal txnSeq = number.bigDecimalValue().min(BEYOND_ALL);
      return Optional.of(pond.asOf(txnSeq.longValueExact()));
    }
    Optional<Instant> time =
        text(period).flatMap(written -> PondTime.parse(written.strip(), ZoneOffset.UTC));
    return time.isEmpty() ? Optional.empty() : Optional.of(pond.asOf(time.get()));
  }

  private static Optional<String> text(SqlNode period) {
    if (period instanceof SqlUnknownLiteral tagged) {
      return tagged.tag.startsWith("TIME") || tagged.tag.equals("DATE")
          ? Optional.of(tagged.getValue())
          : Optional.empty();
    }
    return period instanceof SqlLiteral literal
        ? Optional.ofNullable(literal.toValue())
        : Optional.empty();
  }

  private static CalciteContextException refusal(String message, SqlParserPos place) {
    return new CalciteContextException(
        message,
        new IllegalArgumentException(message),
        place.getLineNum(),
        place.getColumnNum(),
        place.getEndLineNum(),
        place.getEndColumnNum());
  }
}
