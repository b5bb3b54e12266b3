package io.duckpond.query;

import org.apache.calcite.plan.RelOptRule;
import org.apache.calcite.plan.RelOptRuleCall;
import org.apache.calcite.plan.RelRule;
import org.apache.calcite.rel.core.RelFactories;
import org.apache.calcite.rel.logical.LogicalFilter;
import org.apache.calcite.tools.RelBuilder;
import org.apache.calcite.tools.RelBuilderFactory;

/** Moves what a {@link PondScan} can filter by itself out of the filter above it. */
final class PondScanRule extends RelRule<PondScanRule.Settings> {

  /** The rule. */
  static final RelOptRule FILTER_INTO_SCAN = new PondScanRule(Settings.ONLY);

  private PondScanRule(Settings settings) {
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

  /** What Calcite wants to know of a rule; there is nothing to set. */
  enum Settings implements RelRule.Config {
    ONLY;

    @Override
    public RelOptRule toRule() {
      return FILTER_INTO_SCAN;
    }

    @Override
    public RelRule.OperandTransform operandSupplier() {
      return above ->
          above
              .operand(LogicalFilter.class)
              .oneInput(below -> below.operand(PondScan.class).noInputs());
    }

    @Override
    public RelBuilderFactory relBuilderFactory() {
      return RelFactories.LOGICAL_BUILDER;
    }

    @Override
    public String description() {
      return "PondScanRule";
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
