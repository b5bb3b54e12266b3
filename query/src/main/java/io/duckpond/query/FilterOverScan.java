package io.duckpond.query;

import java.util.function.Supplier;
import org.apache.calcite.plan.RelOptRule;
import org.apache.calcite.plan.RelRule;
import org.apache.calcite.rel.core.RelFactories;
import org.apache.calcite.rel.core.TableScan;
import org.apache.calcite.rel.logical.LogicalFilter;
import org.apache.calcite.tools.RelBuilderFactory;

/**
 * What Calcite wants to know of a rule for a filter right above a scan.
 *
 * @param scan the class of the scan
 * @param description of the rule, unlike that of any other
 * @param rule which it is
 */
record FilterOverScan(
    Class<? extends TableScan> scan, String description, Supplier<RelOptRule> rule)
    implements RelRule.Config {

  @Override
  public RelOptRule toRule() {
    return rule.get();
  }

  @Override
  public RelRule.OperandTransform operandSupplier() {
    return above ->
        above.operand(LogicalFilter.class).oneInput(below -> below.operand(scan).noInputs());
  }

  @Override
  public RelBuilderFactory relBuilderFactory() {
    return RelFactories.LOGICAL_BUILDER;
  }

  @Override
  public RelRule.Config withRelBuilderFactory(RelBuilderFactory factory) {
    throw new UnsupportedOperationException("fixed");
  }

  @Override
  public RelRule.Config withDescription(String other) {
    throw new UnsupportedOperationException("fixed");
  }

  @Override
  public RelRule.Config withOperandSupplier(RelRule.OperandTransform transform) {
    throw new UnsupportedOperationException("fixed");
  }
}
