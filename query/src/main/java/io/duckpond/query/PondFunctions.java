package io.duckpond.query;

import java.util.EnumSet;
import java.util.List;
import org.apache.calcite.sql.SqlFunctionCategory;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlOperator;
import org.apache.calcite.sql.SqlOperatorTable;
import org.apache.calcite.sql.SqlSyntax;
import org.apache.calcite.sql.fun.SqlLibrary;
import org.apache.calcite.sql.fun.SqlLibraryOperatorTableFactory;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.validate.SqlNameMatcher;
import org.jspecify.annotations.Nullable;

/**
 * The functions that statements may call: standard SQL and what people know from PostgreSQL,
 * BigQuery and Spark. USER is left out, for it would take the place of the column {@code user};
 * CURRENT_USER says the same.
 */
enum PondFunctions implements SqlOperatorTable {
  TABLE;

  private final SqlOperatorTable libraries =
      SqlLibraryOperatorTableFactory.INSTANCE.getOperatorTable(
          EnumSet.of(
              SqlLibrary.STANDARD, SqlLibrary.POSTGRESQL, SqlLibrary.BIG_QUERY, SqlLibrary.SPARK));

  @Override
  public void lookupOperatorOverloads(
      SqlIdentifier name,
      @Nullable SqlFunctionCategory category,
      SqlSyntax syntax,
      List<SqlOperator> found,
      SqlNameMatcher names) {
    libraries.lookupOperatorOverloads(name, category, syntax, found, names);
    found.remove(SqlStdOperatorTable.USER);
  }

  @Override
  public List<SqlOperator> getOperatorList() {
    return libraries.getOperatorList();
  }
}
