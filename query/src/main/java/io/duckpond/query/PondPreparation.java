package io.duckpond.query;

import java.util.List;
import java.util.function.UnaryOperator;
import org.apache.calcite.adapter.enumerable.EnumerableConvention;
import org.apache.calcite.adapter.enumerable.EnumerableRel;
import org.apache.calcite.jdbc.CalcitePrepare;
import org.apache.calcite.jdbc.CalciteSchema;
import org.apache.calcite.plan.RelOptCluster;
import org.apache.calcite.prepare.CalciteCatalogReader;
import org.apache.calcite.prepare.CalcitePrepareImpl;
import org.apache.calcite.prepare.CalciteSqlValidator;
import org.apache.calcite.prepare.Prepare;
import org.apache.calcite.rel.RelRoot;
import org.apache.calcite.schema.SchemaPlus;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlOperatorTable;
import org.apache.calcite.sql.util.SqlOperatorTables;
import org.apache.calcite.sql.validate.SqlValidator;
import org.apache.calcite.sql2rel.SqlRexConvertletTable;
import org.apache.calcite.sql2rel.SqlToRelConverter;

/** The preparation of one statement. */
final class PondPreparation extends CalcitePrepareImpl.CalcitePreparingStmt {

  PondPreparation(
      CalcitePrepareImpl prepare,
      CalcitePrepare.Context context,
      CalciteCatalogReader catalogReader,
      EnumerableRel.Prefer prefer,
      RelOptCluster cluster,
      SqlRexConvertletTable convertlets) {
    super(
        prepare,
        context,
        catalogReader,
        context.getTypeFactory(),
        context.getRootSchema(),
        prefer,
        cluster,
        EnumerableConvention.INSTANCE,
        convertlets);
  }

  @Override
  public PreparedResult prepareSql(
      SqlNode statement,
      SqlNode original,
      Class<?> runtimeContextClass,
      SqlValidator validator,
      boolean needsValidation) {
    Statements.requireQuery(statement);
    TimeTravel.resolve(statement, pond().source());
    return super.prepareSql(statement, original, runtimeContextClass, validator, needsValidation);
  }

  private PondSchema pond() {
    SchemaPlus schema = context.getRootSchema().plus().subSchemas().get(PondDriver.SCHEMA);
    if (schema == null) {
      throw new IllegalStateException("a connection without the schema of its pond");
    }
    return schema.unwrap(PondSchema.class);
  }

  @Override
  protected SqlValidator createSqlValidator(
      Prepare.CatalogReader catalogReader, UnaryOperator<SqlValidator.Config> change) {
    SqlOperatorTable operators =
        SqlOperatorTables.chain(PondFunctions.TABLE, (CalciteCatalogReader) catalogReader);
    SqlValidator.Config config =
        SqlValidator.Config.DEFAULT
            .withLenientOperatorLookup(context.config().lenientOperatorLookup())
            .withConformance(context.config().conformance())
            .withDefaultNullCollation(context.config().defaultNullCollation())
            .withIdentifierExpansion(true);
    return new CalciteSqlValidator(
        operators,
        (CalciteCatalogReader) catalogReader,
        context.getTypeFactory(),
        change.apply(config));
  }

  @Override
  protected SqlToRelConverter getSqlToRelConverter(
      SqlValidator validator,
      Prepare.CatalogReader catalogReader,
      SqlToRelConverter.Config config) {
    // However long, an IN list stays a condition, which a scan can take over; not a join.
    return super.getSqlToRelConverter(
        validator, catalogReader, config.withInSubQueryThreshold(Integer.MAX_VALUE));
  }

  @Override
  protected RelRoot optimize(
      RelRoot root, List<Materialization> materializations, List<CalciteSchema.LatticeEntry> none) {
    return root.withRel(PondProgram.run(planner, root.rel, getDesiredRootTraitSet(root)));
  }
}
