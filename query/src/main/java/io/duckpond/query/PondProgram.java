package io.duckpond.query;

import java.util.List;
import org.apache.calcite.plan.RelOptCostImpl;
import org.apache.calcite.plan.RelOptPlanner;
import org.apache.calcite.plan.RelOptRule;
import org.apache.calcite.plan.RelTraitSet;
import org.apache.calcite.plan.hep.HepPlanner;
import org.apache.calcite.plan.hep.HepProgramBuilder;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.RelFactories;
import org.apache.calcite.sql2rel.RelDecorrelator;
import org.apache.calcite.sql2rel.RelFieldTrimmer;
import org.apache.calcite.tools.RelBuilder;

/**
 * The way from what a statement means to a plan: sub-queries become joins; filters go down, into
 * the scans where they can; joins follow their conditions; only then does each scan drop the
 * columns that nobody needs any more; the cheapest plan is searched for; its filters and
 * projections are merged.
 */
final class PondProgram {

  private PondProgram() {}

  static RelNode run(RelOptPlanner planner, RelNode statement, RelTraitSet wanted) {
    RelBuilder builder = RelFactories.LOGICAL_BUILDER.create(statement.getCluster(), null);
    RelNode joined = rewrite(statement, RuleSets.SUB_QUERIES);
    RelNode plain = RelDecorrelator.decorrelateQuery(joined, builder);
    RelNode filtered = rewrite(plain, RuleSets.FILTERS_DOWN);
    RelNode ordered = JoinOrder.of(filtered, builder);
    RelNode trimmed = new RelFieldTrimmer(null, builder).trim(ordered);
    return rewrite(search(planner, trimmed, wanted), RuleSets.CALCULATIONS);
  }

  private static RelNode rewrite(RelNode rel, List<RelOptRule> rules) {
    HepProgramBuilder program = new HepProgramBuilder().addRuleCollection(rules);
    HepPlanner planner = new HepPlanner(program.build(), null, true, null, RelOptCostImpl.FACTORY);
    planner.setRoot(rel);
    return planner.findBestExp();
  }

  private static RelNode search(RelOptPlanner planner, RelNode rel, RelTraitSet wanted) {
    planner.setRoot(rel.getTraitSet().equals(wanted) ? rel : planner.changeTraits(rel, wanted));
    return planner.findBestExp();
  }
}
