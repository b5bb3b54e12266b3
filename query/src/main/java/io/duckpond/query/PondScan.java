package io.duckpond.query;

import io.duckpond.oplog.LogFilter;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.apache.calcite.DataContext;
import org.apache.calcite.adapter.enumerable.EnumerableConvention;
import org.apache.calcite.adapter.enumerable.EnumerableRel;
import org.apache.calcite.adapter.enumerable.EnumerableRelImplementor;
import org.apache.calcite.adapter.enumerable.JavaRowFormat;
import org.apache.calcite.adapter.enumerable.PhysType;
import org.apache.calcite.adapter.enumerable.PhysTypeImpl;
import org.apache.calcite.linq4j.Enumerable;
import org.apache.calcite.linq4j.function.Function1;
import org.apache.calcite.linq4j.tree.Blocks;
import org.apache.calcite.linq4j.tree.Expression;
import org.apache.calcite.linq4j.tree.Expressions;
import org.apache.calcite.plan.RelOptCluster;
import org.apache.calcite.plan.RelOptCost;
import org.apache.calcite.plan.RelOptPlanner;
import org.apache.calcite.plan.RelOptTable;
import org.apache.calcite.plan.RelTraitSet;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.RelWriter;
import org.apache.calcite.rel.core.TableScan;
import org.apache.calcite.rel.metadata.RelMetadataQuery;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.rel.type.RelDataTypeField;
import org.apache.calcite.tools.RelBuilder;
import org.apache.calcite.util.BuiltInMethod;
import org.apache.calcite.util.ImmutableBitSet;
import org.apache.calcite.util.ImmutableIntList;
import org.apache.calcite.util.Util;
import org.jspecify.annotations.Nullable;

/**
 * Reads some columns of a {@link PondTable}, of some partitions and transactions. It is born in the
 * enumerable convention, so that there is nothing to convert; {@link PondScanRule} and the trimming
 * of columns narrow it.
 */
final class PondScan extends TableScan implements EnumerableRel {

  private final PondTable<?> pondTable;
  private final ImmutableIntList columns;
  private final LogFilter filter;

  private PondScan(
      RelOptCluster cluster,
      RelTraitSet traits,
      RelOptTable table,
      PondTable<?> pondTable,
      ImmutableIntList columns,
      LogFilter filter) {
    super(cluster, traits, List.of(), table);
    this.pondTable = pondTable;
    this.columns = columns;
    this.filter = filter;
  }

  /** Returns a scan of all columns and rows. */
  static PondScan of(RelOptCluster cluster, RelOptTable table, PondTable<?> pondTable) {
    return new PondScan(
        cluster,
        cluster.traitSetOf(EnumerableConvention.INSTANCE),
        table,
        pondTable,
        ImmutableIntList.identity(pondTable.columns().size()),
        LogFilter.ALL);
  }

  /** Returns the same scan with only the columns at these positions of its present row. */
  PondScan withColumns(ImmutableBitSet kept) {
    List<Integer> narrowed = Util.transform(kept.toList(), columns::get);
    return new PondScan(
        getCluster(), traitSet, table, pondTable, ImmutableIntList.copyOf(narrowed), filter);
  }

  /** Returns the same scan with another filter. */
  PondScan withFilter(LogFilter narrowed) {
    return new PondScan(getCluster(), traitSet, table, pondTable, columns, narrowed);
  }

  /** Returns what the scan filters by itself. */
  LogFilter filter() {
    return filter;
  }

  @Override
  public RelDataType deriveRowType() {
    RelDataTypeFactory.Builder row = getCluster().getTypeFactory().builder();
    List<RelDataTypeField> all = table.getRowType().getFieldList();
    columns.forEach(column -> row.add(all.get(column)));
    return row.build();
  }

  @Override
  public RelNode project(
      ImmutableBitSet fieldsUsed, Set<RelDataTypeField> extraFields, RelBuilder builder) {
    return extraFields.isEmpty()
        ? withColumns(fieldsUsed)
        : super.project(fieldsUsed, extraFields, builder);
  }

  @Override
  public double estimateRowCount(RelMetadataQuery mq) {
    double partitions = filter.partIds().map(ids -> Math.min(1.0, ids.size() * 0.01)).orElse(1.0);
    return Math.max(1, table.getRowCount() * partitions * (limitsTransactions(filter) ? 0.3 : 1));
  }

  @Override
  public @Nullable RelOptCost computeSelfCost(RelOptPlanner planner, RelMetadataQuery mq) {
    double rows = mq.getRowCount(this);
    return planner.getCostFactory().makeCost(rows, rows * (1 + columns.size()), 0);
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

  @Override
  public Result implement(EnumerableRelImplementor implementor, Prefer prefer) {
    PhysType row = PhysTypeImpl.of(implementor.getTypeFactory(), getRowType(), JavaRowFormat.ARRAY);
    Function1<DataContext, Enumerable<?>> open = new ScanRows<>(pondTable, columns, filter);
    Expression rows =
        Expressions.convert_(
            Expressions.call(
                implementor.stash(open, Function1.class),
                BuiltInMethod.FUNCTION_APPLY.method,
                DataContext.ROOT),
            Enumerable.class);
    return implementor.result(row, Blocks.toBlock(rows));
  }
}
