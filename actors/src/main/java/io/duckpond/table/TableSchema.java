package io.duckpond.table;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The columns of a table, or of all tables of a series: those that one of these does not have are
 * null in all its rows.
 *
 * @param columns in the order in which they came, no two of one name
 */
public record TableSchema(List<TableColumn> columns) {

  /** No columns: what a series has before its first table, and every file that is no table. */
  public static final TableSchema NONE = new TableSchema(List.of());

  public TableSchema {
    columns = List.copyOf(columns);
    Set<String> names = new HashSet<>();
    for (TableColumn column : columns) {
      if (!names.add(column.name())) {
        throw new IllegalArgumentException("two columns '" + column.name() + "'");
      }
    }
  }

  private Map<String, String> types() {
    return columns.stream().collect(Collectors.toMap(TableColumn::name, TableColumn::type));
  }

  /** Returns why the columns of another table cannot be added; empty if they can. */
  public Optional<String> objectionTo(TableSchema more) {
    Map<String, String> types = types();
    for (TableColumn column : more.columns) {
      String type = types.getOrDefault(column.name(), column.type());
      if (!type.equals(column.type())) {
        return Optional.of(
            "column '" + column.name() + "' is " + column.type() + ", in the series " + type);
      }
    }
    return Optional.empty();
  }

  /** Returns these columns and behind them those that are new, which must not be objectionable. */
  public TableSchema plus(TableSchema more) {
    Map<String, String> types = new HashMap<>(types());
    List<TableColumn> all = new ArrayList<>(columns);
    for (TableColumn column : more.columns) {
      String before = types.putIfAbsent(column.name(), column.type());
      if (before == null) {
        all.add(column);
      } else if (!before.equals(column.type())) {
        throw new IllegalArgumentException("column '" + column.name() + "' of two types");
      }
    }
    return all.size() == columns.size() ? this : new TableSchema(all);
  }
}
