package io.duckpond.query.parquet;

import java.util.function.Consumer;
import org.apache.parquet.io.api.Converter;
import org.apache.parquet.io.api.GroupConverter;
import org.jspecify.annotations.Nullable;

/** A group as the row of its {@link Fields}. */
final class FieldsConverter extends GroupConverter {
  private final Fields fields;
  private final Consumer<@Nullable Object[]> into;

  FieldsConverter(Fields fields, Consumer<@Nullable Object[]> into) {
    this.fields = fields;
    this.into = into;
  }

  @Override
  public Converter getConverter(int field) {
    return fields.converter(field);
  }

  @Override
  public void start() {
    fields.start();
  }

  @Override
  public void end() {
    into.accept(fields.row());
  }
}
