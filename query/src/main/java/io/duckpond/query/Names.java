package io.duckpond.query;

import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.apache.calcite.sql.SqlOperator;
import org.apache.calcite.sql.SqlSyntax;

/** The names that a statement may have meant. */
final class Names {

  private static final PondSchema SCHEMA =
      new PondSchema(
          () -> {
            throw new IllegalStateException("only its names are of use");
          });

  private Names() {}

  /** Returns the tables. */
  static Set<String> tables() {
    return SCHEMA.getTableMap().keySet();
  }

  /**
   * Returns the columns of the tables that occur in a statement, {@code ofFiles} included; of all
   * tables if none does.
   */
  static Set<String> columns(String sql, Set<String> ofFiles) {
    String text = sql.toLowerCase(Locale.ROOT);
    Set<String> mentioned =
        tables().stream().filter(text::contains).collect(Collectors.toCollection(TreeSet::new));
    Set<String> columns = new TreeSet<>(ofFiles);
    boolean none = mentioned.isEmpty() && ofFiles.isEmpty();
    for (String table : none ? tables() : mentioned) {
      if (SCHEMA.getTableMap().get(table) instanceof PondTable<?> pondTable) {
        pondTable.columns().forEach(column -> columns.add(column.name()));
      }
    }
    return columns;
  }

  /** Returns the functions, in lower case. */
  static Set<String> functions() {
    return PondFunctions.TABLE.getOperatorList().stream()
        .filter(operator -> operator.getSyntax() == SqlSyntax.FUNCTION)
        .map(SqlOperator::getName)
        .map(name -> name.toLowerCase(Locale.ROOT))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /** Returns whether there is a function of that name, whatever its arguments. */
  static boolean isFunction(String name) {
    return functions().contains(name.toLowerCase(Locale.ROOT));
  }
}
