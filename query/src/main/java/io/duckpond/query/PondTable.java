package io.duckpond.query;

import io.duckpond.oplog.LogFilter;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.calcite.plan.RelOptTable;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.schema.Statistic;
import org.apache.calcite.schema.Statistics;
import org.apache.calcite.schema.TranslatableTable;
import org.apache.calcite.schema.impl.AbstractTable;

/**
 * A table of the pond over rows {@code R}. A column called {@code part_id} or {@code txn_seq} can
 * be filtered by the scan itself.
 */
abstract class PondTable<R> extends AbstractTable implements TranslatableTable {

  /** The column whose equality and IN filters a scan takes over. */
  static final String PART_ID = "part_id";

  /** The column whose range filters a scan takes over. */
  static final String TXN_SEQ = "txn_seq";

  private final List<Column<R>> columns;
  private final Executions executions;
  private final double typicalRows;

  PondTable(Executions executions, double typicalRows, List<Column<R>> columns) {
    this.executions = executions;
    this.typicalRows = typicalRows;
    this.columns = List.copyOf(columns);
  }

  /**
   * Returns the rows of a state. The filter is a hint: {@link PondScan} checks it again row by row.
   *
   * @param wanted the columns that will be asked of each row
   */
  abstract Stream<R> rows(PondState state, LogFilter filter, Set<String> wanted) throws IOException;

  final List<Column<R>> columns() {
    return columns;
  }

  final Executions executions() {
    return executions;
  }

  /** Returns the position of a column, or -1. */
  final int indexOf(String column) {
    return IntStream.range(0, columns.size())
        .filter(i -> columns.get(i).name().equals(column))
        .findFirst()
        .orElse(-1);
  }

  @Override
  public final RelDataType getRowType(RelDataTypeFactory types) {
    RelDataTypeFactory.Builder row = types.builder();
    columns.forEach(column -> row.add(column.name(), column.relType(types)));
    return row.build();
  }

  @Override
  public final Statistic getStatistic() {
    return Statistics.of(typicalRows, List.of());
  }

  @Override
  public final RelNode toRel(RelOptTable.ToRelContext context, RelOptTable table) {
    return PondScan.of(context.getCluster(), table, this);
  }
}
