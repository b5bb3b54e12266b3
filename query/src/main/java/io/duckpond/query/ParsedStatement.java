package io.duckpond.query;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.calcite.avatica.util.Casing;
import org.apache.calcite.avatica.util.Quoting;
import org.apache.calcite.sql.SqlBasicCall;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlOrderBy;
import org.apache.calcite.sql.SqlSelect;
import org.apache.calcite.sql.SqlUtil;
import org.apache.calcite.sql.SqlWith;
import org.apache.calcite.sql.parser.SqlParseException;
import org.apache.calcite.sql.parser.SqlParser;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.sql.validate.SqlConformanceEnum;

/**
 * A statement that could be read, before it is prepared.
 *
 * @param explains whether it asks for a plan rather than for rows
 * @param labels what the columns without a name are called by Calcite, and by people: as written
 */
record ParsedStatement(boolean explains, Map<String, String> labels) {

  static final SqlParser.Config CONFIG =
      SqlParser.config()
          .withParserFactory(PondParser.FACTORY)
          .withConformance(SqlConformanceEnum.LENIENT)
          .withQuoting(Quoting.DOUBLE_QUOTE)
          .withUnquotedCasing(Casing.UNCHANGED)
          .withQuotedCasing(Casing.UNCHANGED)
          .withCaseSensitive(false);

  ParsedStatement {
    labels = Map.copyOf(labels);
  }

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
        throw new SqlRefusedException(Refusals.SEVERAL, excerpt);
      }
      SqlNode statement = statements.get(0);
      Statements.requireQuery(statement);
      return new ParsedStatement(
          statement.getKind() == SqlKind.EXPLAIN, labels(statement, body.lines().toList()));
    } catch (SqlParseException e) {
      throw Refusals.parsing(e, sql);
    }
  }

  private static Map<String, String> labels(SqlNode statement, List<String> lines) {
    SqlNode query = statement;
    while (!(query instanceof SqlSelect select)) {
      if (query instanceof SqlOrderBy ordered) {
        query = ordered.query;
      } else if (query instanceof SqlWith with) {
        query = with.body;
      } else if (query instanceof SqlBasicCall sets
          && sets.getKind().belongsTo(SqlKind.SET_QUERY)) {
        query = sets.operand(0);
      } else {
        return Map.of();
      }
    }
    Map<String, String> labels = new HashMap<>();
    List<SqlNode> items = select.getSelectList().getList();
    for (int i = 0; i < items.size(); i++) {
      SqlNode item = items.get(i);
      // Behind a star the numbers of the others are not known.
      if (item instanceof SqlIdentifier name && name.isStar()) {
        return Map.of();
      }
      SqlParserPos place = item.getParserPosition();
      if (!(item instanceof SqlIdentifier) && place.getLineNum() == place.getEndLineNum()) {
        String line = lines.get(place.getLineNum() - 1);
        labels.put(
            SqlUtil.deriveAliasFromOrdinal(i),
            line.substring(place.getColumnNum() - 1, place.getEndColumnNum()));
      }
    }
    return labels;
  }
}
