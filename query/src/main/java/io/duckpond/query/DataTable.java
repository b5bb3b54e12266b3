package io.duckpond.query;

import java.util.List;
import org.apache.calcite.plan.RelOptTable;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.schema.Statistic;
import org.apache.calcite.schema.Statistics;
import org.apache.calcite.schema.TranslatableTable;
import org.apache.calcite.schema.impl.AbstractTable;

/**
 * A data file of the pond, by its path. Its columns are those that it had when it was looked up;
 * its rows those that it has when a statement is run.
 */
final class DataTable extends AbstractTable implements TranslatableTable {

  private final String path;
  private final List<DataColumn> columns;
  private final Executions executions;
  private final double typicalRows;

  DataTable(String path, List<DataColumn> columns, Executions executions, double typicalRows) {
    this.path = path;
    this.columns = List.copyOf(columns);
    this.executions = executions;
    this.typicalRows = typicalRows;
  }

  String path() {
    return path;
  }

  List<DataColumn> columns() {
    return columns;
  }

  Executions executions() {
    return executions;
  }

  @Override
  public RelDataType getRowType(RelDataTypeFactory types) {
    RelDataTypeFactory.Builder row = types.builder();
    columns.forEach(
        column -> row.add(column.name(), column.type().relType(types, column.nullable())));
    return row.build();
  }

  @Override
  public Statistic getStatistic() {
    return Statistics.of(typicalRows, List.of());
  }

  @Override
  public RelNode toRel(RelOptTable.ToRelContext context, RelOptTable table) {
    return DataScan.of(context.getCluster(), table, this);
  }
}
