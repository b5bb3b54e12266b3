package io.duckpond.query;

import org.apache.calcite.avatica.util.Casing;
import org.apache.calcite.avatica.util.Quoting;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.parser.SqlParseException;
import org.apache.calcite.sql.parser.SqlParser;
import org.apache.calcite.sql.validate.SqlConformanceEnum;

/**
 * A statement that could be read, before it is prepared.
 *
 * @param explains whether it asks for a plan rather than for rows
 */
record ParsedStatement(boolean explains) {

  static final SqlParser.Config CONFIG =
      SqlParser.config()
          .withParserFactory(PondParser.FACTORY)
          .withConformance(SqlConformanceEnum.LENIENT)
          .withQuoting(Quoting.DOUBLE_QUOTE)
          .withUnquotedCasing(Casing.UNCHANGED)
          .withQuotedCasing(Casing.UNCHANGED)
          .withCaseSensitive(false);

  /** Reads one statement; refuses none, several, and those that are no query. */
  static ParsedStatement of(String sql) throws SqlRefusedException {
    String body = Statements.withoutTerminator(sql);
    if (body.isBlank()) {
      throw new SqlRefusedException("no SQL statement was given", "");
    }
    try {
      SqlNodeList statements = SqlParser.create(body, CONFIG).parseStmtList();
      if (statements.size() > 1) {
        String excerpt = Excerpt.of(sql, statements.get(1).getParserPosition());
        throw new SqlRefusedException("one statement at a time, please", excerpt);
      }
      SqlNode statement = statements.get(0);
      Statements.requireQuery(statement);
      return new ParsedStatement(statement.getKind() == SqlKind.EXPLAIN);
    } catch (SqlParseException e) {
      throw Refusals.parsing(e, sql);
    }
  }
}
