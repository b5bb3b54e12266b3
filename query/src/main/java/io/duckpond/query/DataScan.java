package io.duckpond.query;

import io.duckpond.query.parquet.Sought;
import java.util.List;
import org.apache.calcite.DataContext;
import org.apache.calcite.linq4j.Enumerable;
import org.apache.calcite.linq4j.function.Function1;
import org.apache.calcite.plan.RelOptCluster;
import org.apache.calcite.plan.RelOptTable;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.RelWriter;
import org.apache.calcite.rel.metadata.RelMetadataQuery;
import org.apache.calcite.util.ImmutableIntList;

/** Reads some columns of a {@link DataTable}; {@link DataScanRule} tells it what is looked for. */
final class DataScan extends ColumnScan {

  private final DataTable dataTable;
  private final List<Sought> sought;

  private DataScan(
      RelOptCluster cluster,
      RelOptTable table,
      DataTable dataTable,
      ImmutableIntList columns,
      List<Sought> sought) {
    super(cluster, table, columns);
    this.dataTable = dataTable;
    this.sought = List.copyOf(sought);
  }

  /** Returns a scan of all columns. */
  static DataScan of(RelOptCluster cluster, RelOptTable table, DataTable dataTable) {
    ImmutableIntList all = ImmutableIntList.identity(dataTable.columns().size());
    return new DataScan(cluster, table, dataTable, all, List.of());
  }

  @Override
  RelNode at(ImmutableIntList positions) {
    return new DataScan(getCluster(), table, dataTable, positions, sought);
  }

  /** Returns the same scan that passes over what has no row that is sought. */
  DataScan seeking(List<Sought> wanted) {
    return new DataScan(getCluster(), table, dataTable, positions(), wanted);
  }

  /** Returns what the scan looks for; rows without it may be handed out. */
  List<Sought> sought() {
    return sought;
  }

  /** Returns the columns of its rows. */
  List<DataColumn> columns() {
    return positions().stream().map(dataTable.columns()::get).toList();
  }

  @Override
  Function1<DataContext, Enumerable<?>> rows() {
    return new DataRows(dataTable, positions(), sought);
  }

  @Override
  public double estimateRowCount(RelMetadataQuery mq) {
    return Math.max(1, table.getRowCount() * (sought.isEmpty() ? 1 : 0.5));
  }

  @Override
  public RelWriter explainTerms(RelWriter pw) {
    return super.explainTerms(pw)
        .itemIf("groups", sought, !sought.isEmpty())
        .item("columns", getRowType().getFieldNames());
  }
}
