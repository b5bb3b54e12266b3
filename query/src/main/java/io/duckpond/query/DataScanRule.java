package io.duckpond.query;

import io.duckpond.query.parquet.Sought;
import java.util.List;
import org.apache.calcite.plan.RelOptRule;
import org.apache.calcite.plan.RelOptRuleCall;
import org.apache.calcite.plan.RelRule;
import org.apache.calcite.rel.core.RelFactories;
import org.apache.calcite.rel.logical.LogicalFilter;
import org.apache.calcite.tools.RelBuilder;
import org.apache.calcite.tools.RelBuilderFactory;

/**
 * Tells a {@link DataScan} what the filter above it lets through. The filter stays: the scan only
 * passes over what cannot pass.
 */
final class DataScanRule extends RelRule<DataScanRule.Settings> {

  /** The rule. */
  static final RelOptRule FILTER_TO_SCAN = new DataScanRule(Settings.ONLY);

  private DataScanRule(Settings settings) {
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

  /** What Calcite wants to know of a rule; there is nothing to set. */
  enum Settings implements RelRule.Config {
    ONLY;

    @Override
    public RelOptRule toRule() {
      return FILTER_TO_SCAN;
    }

    @Override
    public RelRule.OperandTransform operandSupplier() {
      return above ->
          above
              .operand(LogicalFilter.class)
              .oneInput(below -> below.operand(DataScan.class).noInputs());
    }

    @Override
    public RelBuilderFactory relBuilderFactory() {
      return RelFactories.LOGICAL_BUILDER;
    }

    @Override
    public String description() {
      return "DataScanRule";
    }

    @Override
    public RelRule.Config withRelBuilderFactory(RelBuilderFactory factory) {
      throw new UnsupportedOperationException("fixed");
    }

    @Override
    public RelRule.Config withDescription(String description) {
      throw new UnsupportedOperationException("fixed");
    }

    @Override
    public RelRule.Config withOperandSupplier(RelRule.OperandTransform transform) {
      throw new UnsupportedOperationException("fixed");
    }
  }
}
