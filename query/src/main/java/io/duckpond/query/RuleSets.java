package io.duckpond.query;

import java.util.List;
import org.apache.calcite.adapter.enumerable.EnumerableRules;
import org.apache.calcite.plan.RelOptRule;
import org.apache.calcite.plan.RelOptUtil;
import org.apache.calcite.plan.volcano.AbstractConverter;
import org.apache.calcite.plan.volcano.VolcanoPlanner;
import org.apache.calcite.rel.rules.AggregateExpandDistinctAggregatesRule;
import org.apache.calcite.rel.rules.AggregateReduceFunctionsRule;
import org.apache.calcite.rel.rules.CalcMergeRule;
import org.apache.calcite.rel.rules.FilterAggregateTransposeRule;
import org.apache.calcite.rel.rules.FilterJoinRule.FilterIntoJoinRule;
import org.apache.calcite.rel.rules.FilterJoinRule.JoinConditionPushRule;
import org.apache.calcite.rel.rules.FilterMergeRule;
import org.apache.calcite.rel.rules.FilterProjectTransposeRule;
import org.apache.calcite.rel.rules.FilterSetOpTransposeRule;
import org.apache.calcite.rel.rules.JoinCommuteRule;
import org.apache.calcite.rel.rules.JoinPushExpressionsRule;
import org.apache.calcite.rel.rules.ProjectMergeRule;
import org.apache.calcite.rel.rules.ProjectOverSumToSum0Rule;
import org.apache.calcite.rel.rules.ProjectRemoveRule;
import org.apache.calcite.rel.rules.ProjectToWindowRule.ProjectToLogicalProjectAndWindowRule;
import org.apache.calcite.rel.rules.SortRemoveRule;
import org.apache.calcite.rel.rules.SubQueryRemoveRule;
import org.apache.calcite.rel.rules.UnionToDistinctRule;

/**
 * The planner's rules: those of the fixed steps, and two sets to search with, tried in turn. Each
 * is named by its own settings, for Calcite's list of all rules takes a fifth of a second to load.
 */
final class RuleSets {

  /** Turn sub-queries into joins. */
  static final List<RelOptRule> SUB_QUERIES =
      List.of(
          SubQueryRemoveRule.Config.FILTER.toRule(),
          SubQueryRemoveRule.Config.PROJECT.toRule(),
          SubQueryRemoveRule.Config.JOIN.toRule(),
          ProjectOverSumToSum0Rule.Config.DEFAULT.toRule());

  /** Bring filters as near to the scans as they go, and into them. */
  static final List<RelOptRule> FILTERS_DOWN =
      List.of(
          FilterMergeRule.Config.DEFAULT.toRule(),
          FilterProjectTransposeRule.Config.DEFAULT.toRule(),
          FilterAggregateTransposeRule.Config.DEFAULT.toRule(),
          FilterSetOpTransposeRule.Config.DEFAULT.toRule(),
          FilterIntoJoinRule.FilterIntoJoinRuleConfig.DEFAULT.toRule(),
          JoinConditionPushRule.JoinConditionPushRuleConfig.DEFAULT.toRule(),
          PondScanRule.FILTER_INTO_SCAN,
          DataScanRule.FILTER_TO_SCAN);

  /**
   * What nearly all statements need. The fewer rules, the faster a process that runs a single
   * statement: each costs the loading of its classes and its matches.
   */
  static final List<RelOptRule> QUICK =
      List.of(
          AbstractConverter.ExpandConversionRule.INSTANCE,
          ProjectMergeRule.Config.DEFAULT.toRule(),
          ProjectRemoveRule.Config.DEFAULT.toRule(),
          ProjectToLogicalProjectAndWindowRule.ProjectToLogicalProjectAndWindowRuleConfig.DEFAULT
              .toRule(),
          JoinPushExpressionsRule.Config.DEFAULT.toRule(),
          JoinCommuteRule.Config.DEFAULT.toRule(),
          AggregateReduceFunctionsRule.Config.DEFAULT.toRule(),
          AggregateExpandDistinctAggregatesRule.Config.DEFAULT.toRule(),
          SortRemoveRule.Config.DEFAULT.toRule(),
          UnionToDistinctRule.Config.DEFAULT.toRule(),
          EnumerableRules.ENUMERABLE_JOIN_RULE,
          EnumerableRules.ENUMERABLE_CORRELATE_RULE,
          EnumerableRules.ENUMERABLE_PROJECT_RULE,
          EnumerableRules.ENUMERABLE_FILTER_RULE,
          EnumerableRules.ENUMERABLE_CALC_RULE,
          EnumerableRules.ENUMERABLE_AGGREGATE_RULE,
          EnumerableRules.ENUMERABLE_SORT_RULE,
          EnumerableRules.ENUMERABLE_LIMIT_RULE,
          EnumerableRules.ENUMERABLE_LIMIT_SORT_RULE,
          EnumerableRules.ENUMERABLE_UNION_RULE,
          EnumerableRules.ENUMERABLE_INTERSECT_RULE,
          EnumerableRules.ENUMERABLE_MINUS_RULE,
          EnumerableRules.ENUMERABLE_VALUES_RULE,
          EnumerableRules.ENUMERABLE_WINDOW_RULE,
          EnumerableRules.ENUMERABLE_COLLECT_RULE,
          EnumerableRules.ENUMERABLE_UNCOLLECT_RULE,
          EnumerableRules.ENUMERABLE_REPEAT_UNION_RULE,
          EnumerableRules.ENUMERABLE_TABLE_SPOOL_RULE,
          EnumerableRules.ENUMERABLE_TABLE_SCAN_RULE,
          EnumerableRules.ENUMERABLE_TABLE_FUNCTION_SCAN_RULE);

  /** Merge filters and projections that follow each other. */
  static final List<RelOptRule> CALCULATIONS =
      List.of(
          EnumerableRules.ENUMERABLE_CALC_RULE,
          EnumerableRules.ENUMERABLE_FILTER_TO_CALC_RULE,
          EnumerableRules.ENUMERABLE_PROJECT_TO_CALC_RULE,
          CalcMergeRule.Config.DEFAULT.toRule());

  private RuleSets() {}

  /** Returns all of Calcite's own rules; loads them. */
  static List<RelOptRule> thorough() {
    VolcanoPlanner collector = new VolcanoPlanner();
    RelOptUtil.registerDefaultRules(collector, false, false);
    return List.copyOf(collector.getRules());
  }
}
