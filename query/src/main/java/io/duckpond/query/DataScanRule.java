package io.duckpond.query;

import io.duckpond.query.parquet.Sought;
import java.util.List;
import org.apache.calcite.plan.RelOptRule;
import org.apache.calcite.plan.RelOptRuleCall;
import org.apache.calcite.plan.RelRule;
import org.apache.calcite.rel.logical.LogicalFilter;
import org.apache.calcite.tools.RelBuilder;

/**
 * Tells a {@link DataScan} what the filter above it lets through. The filter stays: the scan only
 * passes over what cannot pass.
 */
final class DataScanRule extends RelRule<FilterOverScan> {

  /** The rule. */
  static final RelOptRule FILTER_TO_SCAN =
      new DataScanRule(
          new FilterOverScan(DataScan.class, "DataScanRule", () -> DataScanRule.FILTER_TO_SCAN));

  private DataScanRule(FilterOverScan settings) {
    super(settings);
  }

  @Override
  public void onMatch(RelOptRuleCall call) {
    LogicalFilter filter = call.rel(0);
    DataScan scan = call.rel(1);
    List<Sought> sought = Seeking.of(filter.getCondition(), scan.columns());
    if (sought.isEmpty() || sought.equals(scan.sought())) {
      return;
    }
    RelBuilder builder = call.builder().push(scan.seeking(sought));
    call.transformTo(builder.filter(filter.getCondition()).build());
  }
}
