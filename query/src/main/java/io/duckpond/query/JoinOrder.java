package io.duckpond.query;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.calcite.plan.RelOptUtil;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.JoinRelType;
import org.apache.calcite.rel.logical.LogicalJoin;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexShuttle;
import org.apache.calcite.rex.RexUtil;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.tools.RelBuilder;
import org.apache.calcite.util.ImmutableBitSet;

/**
 * The inner joins of one FROM, in an order that multiplies no tables without need: people write
 * {@code from a, b, c where a.x = c.x and b.y = c.y}, which says a times b, and that may be
 * billions. Joins that already follow their conditions stay as they are.
 */
final class JoinOrder {

  /** What is joined, and the columns that it has among all columns in the order as written. */
  private record Factor(RelNode rel, ImmutableBitSet columns) {}

  private final List<Factor> factors = new ArrayList<>();
  private final List<RexNode> conditions = new ArrayList<>();
  private boolean product;

  private JoinOrder() {}

  /** Returns a statement with its joins in order. */
  static RelNode of(RelNode rel, RelBuilder builder) {
    JoinOrder order = new JoinOrder();
    if (isInner(rel)) {
      order.collect(rel, 0);
      if (order.product && order.factors.size() > 2) {
        return order.build(builder);
      }
    }
    List<RelNode> inputs = new ArrayList<>();
    rel.getInputs().forEach(input -> inputs.add(of(input, builder)));
    return inputs.equals(rel.getInputs()) ? rel : rel.copy(rel.getTraitSet(), inputs);
  }

  private static boolean isInner(RelNode rel) {
    return rel instanceof LogicalJoin join
        && join.getJoinType() == JoinRelType.INNER
        && join.getVariablesSet().isEmpty();
  }

  private void collect(RelNode rel, int firstColumn) {
    int width = rel.getRowType().getFieldCount();
    if (!isInner(rel)) {
      factors.add(new Factor(rel, ImmutableBitSet.range(firstColumn, firstColumn + width)));
      return;
    }
    LogicalJoin join = (LogicalJoin) rel;
    product |= join.getCondition().isAlwaysTrue();
    collect(join.getLeft(), firstColumn);
    collect(join.getRight(), firstColumn + join.getLeft().getRowType().getFieldCount());
    RelOptUtil.conjunctions(join.getCondition())
        .forEach(condition -> conditions.add(RexUtil.shift(condition, firstColumn)));
  }

  private RelNode build(RelBuilder builder) {
    List<Integer> columns = new ArrayList<>();
    ImmutableBitSet joined = ImmutableBitSet.of();
    while (!factors.isEmpty()) {
      Factor next = next(joined);
      factors.remove(next);
      builder.push(of(next.rel(), builder));
      boolean first = joined.isEmpty();
      joined = joined.union(next.columns());
      columns.addAll(next.columns().asList());
      if (!first) {
        builder.join(JoinRelType.INNER, moved(takeConditions(joined), columns));
      }
    }
    // Whoever reads the result knows the columns by their places as written.
    List<RexNode> asWritten =
        IntStream.range(0, columns.size())
            .<RexNode>mapToObj(column -> builder.field(columns.indexOf(column)))
            .toList();
    return builder.project(asWritten).build();
  }

  /**
   * Returns the first that an equation ties to those joined, else any condition, else the first.
   */
  private Factor next(ImmutableBitSet joined) {
    for (boolean onlyEquations : new boolean[] {true, false}) {
      for (Factor factor : factors) {
        if (conditions.stream()
            .filter(condition -> !onlyEquations || condition.getKind() == SqlKind.EQUALS)
            .map(RelOptUtil.InputFinder::bits)
            .anyMatch(
                used ->
                    used.intersects(joined)
                        && used.intersects(factor.columns())
                        && joined.union(factor.columns()).contains(used))) {
          return factor;
        }
      }
    }
    return factors.get(0);
  }

  private List<RexNode> takeConditions(ImmutableBitSet joined) {
    List<RexNode> taken =
        conditions.stream()
            .filter(condition -> joined.contains(RelOptUtil.InputFinder.bits(condition)))
            .toList();
    conditions.removeAll(taken);
    return taken;
  }

  private static List<RexNode> moved(List<RexNode> conditions, List<Integer> columns) {
    return new RexShuttle() {
      @Override
      public RexNode visitInputRef(RexInputRef column) {
        return new RexInputRef(columns.indexOf(column.getIndex()), column.getType());
      }
    }.apply(conditions);
  }
}
