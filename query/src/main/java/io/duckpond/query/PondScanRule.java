package io.duckpond.query;

import org.apache.calcite.plan.RelOptRule;
import org.apache.calcite.plan.RelOptRuleCall;
import org.apache.calcite.plan.RelRule;
import org.apache.calcite.rel.logical.LogicalFilter;
import org.apache.calcite.tools.RelBuilder;

/** Moves what a {@link PondScan} can filter by itself out of the filter above it. */
final class PondScanRule extends RelRule<FilterOverScan> {

  /** The rule. */
  static final RelOptRule FILTER_INTO_SCAN =
      new PondScanRule(
          new FilterOverScan(PondScan.class, "PondScanRule", () -> PondScanRule.FILTER_INTO_SCAN));

  private PondScanRule(FilterOverScan settings) {
    super(settings);
  }

  @Override
  public void onMatch(RelOptRuleCall call) {
    LogicalFilter filter = call.rel(0);
    PondScan scan = call.rel(1);
    ScanFilter split = ScanFilter.split(filter.getCondition(), scan);
    if (split.narrowed().equals(scan.filter())) {
      return;
    }
    RelBuilder builder = call.builder().push(scan.withFilter(split.narrowed()));
    call.transformTo(builder.filter(split.remaining()).build());
  }
}
