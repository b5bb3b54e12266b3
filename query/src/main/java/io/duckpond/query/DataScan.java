package io.duckpond.query;

import io.duckpond.query.parquet.Sought;
import java.util.List;
import java.util.Set;
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
 * Reads some columns of a {@link DataTable}. It is born in the enumerable convention, as a {@link
 * PondScan} is; the trimming of columns narrows it.
 */
final class DataScan extends TableScan implements EnumerableRel {

  private final DataTable dataTable;
  private final ImmutableIntList columns;
  private final List<Sought> sought;

  private DataScan(
      RelOptCluster cluster,
      RelTraitSet traits,
      RelOptTable table,
      DataTable dataTable,
      ImmutableIntList columns,
      List<Sought> sought) {
    super(cluster, traits, List.of(), table);
    this.dataTable = dataTable;
    this.columns = columns;
    this.sought = List.copyOf(sought);
  }

  /** Returns a scan of all columns. */
  static DataScan of(RelOptCluster cluster, RelOptTable table, DataTable dataTable) {
    return new DataScan(
        cluster,
        cluster.traitSetOf(EnumerableConvention.INSTANCE),
        table,
        dataTable,
        ImmutableIntList.identity(dataTable.columns().size()),
        List.of());
  }

  private DataScan withColumns(ImmutableBitSet kept) {
    List<Integer> narrowed = Util.transform(kept.toList(), columns::get);
    return new DataScan(
        getCluster(), traitSet, table, dataTable, ImmutableIntList.copyOf(narrowed), sought);
  }

  /** Returns the same scan that passes over what has no row that is sought. */
  DataScan seeking(List<Sought> wanted) {
    return new DataScan(getCluster(), traitSet, table, dataTable, columns, wanted);
  }

  /** Returns what the scan looks for; rows without it may be handed out. */
  List<Sought> sought() {
    return sought;
  }

  /** Returns the columns of its rows. */
  List<DataColumn> columns() {
    return columns.stream().map(dataTable.columns()::get).toList();
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
    return Math.max(1, table.getRowCount() * (sought.isEmpty() ? 1 : 0.5));
  }

  @Override
  public @Nullable RelOptCost computeSelfCost(RelOptPlanner planner, RelMetadataQuery mq) {
    double rows = mq.getRowCount(this);
    return planner.getCostFactory().makeCost(rows, rows * (1 + columns.size()), 0);
  }

  @Override
  public RelWriter explainTerms(RelWriter pw) {
    return super.explainTerms(pw)
        .itemIf("groups", sought, !sought.isEmpty())
        .item("columns", getRowType().getFieldNames());
  }

  @Override
  public Result implement(EnumerableRelImplementor implementor, Prefer prefer) {
    PhysType row = PhysTypeImpl.of(implementor.getTypeFactory(), getRowType(), JavaRowFormat.ARRAY);
    Function1<DataContext, Enumerable<?>> open = new DataRows(dataTable, columns, sought);
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
