package io.duckpond.query;

import org.apache.calcite.sql.SqlExplain;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;

/** What kinds of statements there are for a pond: queries, their explanations, and the refused. */
final class Statements {

  private Statements() {}

  /** Returns a statement without the semicolons and blanks at its end. */
  static String withoutTerminator(String sql) {
    int end = sql.length();
    while (end > 0 && (sql.charAt(end - 1) == ';' || Character.isWhitespace(sql.charAt(end - 1)))) {
      end--;
    }
    return sql.substring(0, end);
  }

  /** Refuses whatever is neither a query nor the explanation of one. */
  static void requireQuery(SqlNode statement) {
    SqlNode query = statement instanceof SqlExplain explain ? explain.getExplicandum() : statement;
    if (!query.getKind().belongsTo(SqlKind.QUERY)) {
      throw new ReadOnlyException();
    }
  }
}
