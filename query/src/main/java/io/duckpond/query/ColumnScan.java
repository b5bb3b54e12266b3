package io.duckpond.query;

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
import org.apache.calcite.rel.RelNode;
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
 * Reads some columns of a table. It is born in the enumerable convention, so that there is nothing
 * to convert; the trimming of columns narrows it.
 */
abstract class ColumnScan extends TableScan implements EnumerableRel {

  private final ImmutableIntList columns;

  /** A scan of the columns at these positions of the table's rows. */
  ColumnScan(RelOptCluster cluster, RelOptTable table, ImmutableIntList columns) {
    super(cluster, cluster.traitSetOf(EnumerableConvention.INSTANCE), List.of(), table);
    this.columns = columns;
  }

  /** Returns the positions of its columns in the table's rows. */
  ImmutableIntList positions() {
    return columns;
  }

  /** Returns the same scan of other columns. */
  abstract RelNode at(ImmutableIntList positions);

  /** Returns what opens its rows. */
  abstract Function1<DataContext, Enumerable<?>> rows();

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
    if (!extraFields.isEmpty()) {
      return super.project(fieldsUsed, extraFields, builder);
    }
    return at(ImmutableIntList.copyOf(Util.transform(fieldsUsed.toList(), columns::get)));
  }

  @Override
  public @Nullable RelOptCost computeSelfCost(RelOptPlanner planner, RelMetadataQuery mq) {
    double rows = mq.getRowCount(this);
    return planner.getCostFactory().makeCost(rows, rows * (1 + columns.size()), 0);
  }

  @Override
  public Result implement(EnumerableRelImplementor implementor, Prefer prefer) {
    PhysType row = PhysTypeImpl.of(implementor.getTypeFactory(), getRowType(), JavaRowFormat.ARRAY);
    Expression rows =
        Expressions.convert_(
            Expressions.call(
                implementor.stash(rows(), Function1.class),
                BuiltInMethod.FUNCTION_APPLY.method,
                DataContext.ROOT),
            Enumerable.class);
    return implementor.result(row, Blocks.toBlock(rows));
  }
}
