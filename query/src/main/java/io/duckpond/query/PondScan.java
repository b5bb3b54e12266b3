package io.duckpond.query;

import io.duckpond.oplog.LogFilter;
import java.util.Set;
import java.util.TreeSet;
import org.apache.calcite.DataContext;
import org.apache.calcite.linq4j.Enumerable;
import org.apache.calcite.linq4j.function.Function1;
import org.apache.calcite.plan.RelOptCluster;
import org.apache.calcite.plan.RelOptTable;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.RelWriter;
import org.apache.calcite.rel.metadata.RelMetadataQuery;
import org.apache.calcite.util.ImmutableIntList;

/**
 * Reads some columns of a {@link PondTable}, of some partitions and transactions, to which {@link
 * PondScanRule} narrows it.
 */
final class PondScan extends ColumnScan {

  private final PondTable<?> pondTable;
  private final LogFilter filter;

  private PondScan(
      RelOptCluster cluster,
      RelOptTable table,
      PondTable<?> pondTable,
      ImmutableIntList columns,
      LogFilter filter) {
    super(cluster, table, columns);
    this.pondTable = pondTable;
    this.filter = filter;
  }

  /** Returns a scan of all columns and rows. */
  static PondScan of(RelOptCluster cluster, RelOptTable table, PondTable<?> pondTable) {
    ImmutableIntList all = ImmutableIntList.identity(pondTable.columns().size());
    return new PondScan(cluster, table, pondTable, all, LogFilter.ALL);
  }

  @Override
  RelNode at(ImmutableIntList positions) {
    return new PondScan(getCluster(), table, pondTable, positions, filter);
  }

  /** Returns the same scan with another filter. */
  PondScan withFilter(LogFilter narrowed) {
    return new PondScan(getCluster(), table, pondTable, positions(), narrowed);
  }

  /** Returns what the scan filters by itself. */
  LogFilter filter() {
    return filter;
  }

  @Override
  Function1<DataContext, Enumerable<?>> rows() {
    return new ScanRows<>(pondTable, positions(), filter);
  }

  @Override
  public double estimateRowCount(RelMetadataQuery mq) {
    double partitions = filter.partIds().map(ids -> Math.min(1.0, ids.size() * 0.01)).orElse(1.0);
    return Math.max(1, table.getRowCount() * partitions * (limitsTransactions(filter) ? 0.3 : 1));
  }

  @Override
  public RelWriter explainTerms(RelWriter pw) {
    return super.explainTerms(pw)
        .itemIf("partitions", sorted(filter), filter.partIds().isPresent())
        .itemIf(
            "transactions",
            filter.fromTxnSeq()
                + ".."
                + (filter.toTxnSeq() == Long.MAX_VALUE ? "" : filter.toTxnSeq()),
            limitsTransactions(filter))
        .item("columns", getRowType().getFieldNames());
  }

  private static Set<String> sorted(LogFilter filter) {
    return new TreeSet<>(filter.partIds().orElse(Set.of()));
  }

  /** Whether a filter names a range of transactions; rows without a number are then excluded. */
  static boolean limitsTransactions(LogFilter filter) {
    return filter.fromTxnSeq() != LogFilter.ALL.fromTxnSeq()
        || filter.toTxnSeq() != LogFilter.ALL.toTxnSeq();
  }
}
