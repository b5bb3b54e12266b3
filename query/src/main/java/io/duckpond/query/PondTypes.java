package io.duckpond.query;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import org.apache.calcite.jdbc.JavaTypeFactoryImpl;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.rel.type.RelDataTypeSystemImpl;
import org.apache.calcite.sql.type.SqlTypeName;
import org.apache.calcite.sql.type.SqlTypeUtil;

/** The SQL types as a pond has them: Calcite's, where its defaults would give wrong answers. */
final class PondTypes extends JavaTypeFactoryImpl {

  PondTypes() {
    super(new TypeSystem());
  }

  @Override
  public Charset getDefaultCharset() {
    return StandardCharsets.UTF_8;
  }

  private static final class TypeSystem extends RelDataTypeSystemImpl {

    @Override
    public int getMaxPrecision(SqlTypeName type) {
      return type == SqlTypeName.DECIMAL ? 38 : super.getMaxPrecision(type);
    }

    @Override
    public int getMaxScale(SqlTypeName type) {
      return type == SqlTypeName.DECIMAL ? 38 : super.getMaxScale(type);
    }

    /** The average of integers is no integer. */
    @Override
    public RelDataType deriveAvgAggType(RelDataTypeFactory types, RelDataType argument) {
      return SqlTypeUtil.isIntType(argument)
          ? types.createTypeWithNullability(
              types.createSqlType(SqlTypeName.DOUBLE), argument.isNullable())
          : super.deriveAvgAggType(types, argument);
    }

    /** The sum of many integers does not fit an integer. */
    @Override
    public RelDataType deriveSumType(RelDataTypeFactory types, RelDataType argument) {
      return SqlTypeUtil.isIntType(argument)
          ? types.createTypeWithNullability(
              types.createSqlType(SqlTypeName.BIGINT), argument.isNullable())
          : super.deriveSumType(types, argument);
    }

    /** Texts of several lengths in one column are not padded to the longest. */
    @Override
    public boolean shouldConvertRaggedUnionTypesToVarying() {
      return true;
    }
  }
}
