package io.duckpond.query;

import java.lang.reflect.Type;
import java.util.List;
import org.apache.calcite.adapter.enumerable.EnumerableRel;
import org.apache.calcite.linq4j.function.Function1;
import org.apache.calcite.plan.ConventionTraitDef;
import org.apache.calcite.plan.RelOptCluster;
import org.apache.calcite.plan.RelOptPlanner;
import org.apache.calcite.plan.RelOptRule;
import org.apache.calcite.plan.volcano.VolcanoPlanner;
import org.apache.calcite.prepare.CalciteCatalogReader;
import org.apache.calcite.prepare.CalcitePrepareImpl;
import org.apache.calcite.rel.RelCollationTraitDef;
import org.apache.calcite.rel.metadata.DefaultRelMetadataProvider;
import org.apache.calcite.rel.metadata.MetadataHandlerProvider;
import org.apache.calcite.rel.metadata.ProxyingMetadataHandlerProvider;
import org.apache.calcite.rel.metadata.RelMetadataQuery;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexExecutor;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.parser.SqlParser;

/**
 * How a pond prepares a statement. Differs from Calcite's own way in what it refuses (all but
 * queries), in its rules, and in that it neither folds constants nor looks up metadata by compiling
 * Java, which would cost most of the time that a short statement takes.
 */
final class PondPrepare extends CalcitePrepareImpl {

  /** Leaves constant expressions as they are: they are computed with the rows. */
  static final RexExecutor NO_FOLDING =
      (rexBuilder, constants, reduced) -> reduced.addAll(constants);

  private static final MetadataHandlerProvider METADATA =
      new ProxyingMetadataHandlerProvider(DefaultRelMetadataProvider.INSTANCE);

  @Override
  protected SqlParser createParser(String sql, SqlParser.Config config) {
    return super.createParser(
        Statements.withoutTerminator(sql), config.withParserFactory(PondParser.FACTORY));
  }

  @Override
  public void executeDdl(Context context, SqlNode statement) {
    throw new ReadOnlyException();
  }

  @Override
  protected List<Function1<Context, RelOptPlanner>> createPlannerFactories() {
    return List.of(
        context -> planner(context, RuleSets.QUICK),
        // Whatever the few rules cannot plan, Calcite's many may.
        context -> planner(context, RuleSets.thorough()));
  }

  private static RelOptPlanner planner(Context context, List<RelOptRule> rules) {
    VolcanoPlanner planner =
        new VolcanoPlanner(null, org.apache.calcite.plan.Contexts.of(context.config()));
    planner.setExecutor(NO_FOLDING);
    planner.addRelTraitDef(ConventionTraitDef.INSTANCE);
    planner.addRelTraitDef(RelCollationTraitDef.INSTANCE);
    rules.forEach(planner::addRule);
    return planner;
  }

  @Override
  protected RelOptCluster createCluster(RelOptPlanner planner, RexBuilder rexBuilder) {
    RelOptCluster cluster = super.createCluster(planner, rexBuilder);
    cluster.setMetadataQuerySupplier(() -> new RelMetadataQuery(METADATA));
    return cluster;
  }

  @Override
  protected CalcitePreparingStmt getPreparingStmt(
      Context context,
      Type elementType,
      CalciteCatalogReader catalogReader,
      RelOptPlanner planner) {
    return new PondPreparation(
        this,
        context,
        catalogReader,
        elementType == Object[].class ? EnumerableRel.Prefer.ARRAY : EnumerableRel.Prefer.CUSTOM,
        createCluster(planner, new RexBuilder(context.getTypeFactory())),
        createConvertletTable());
  }
}
