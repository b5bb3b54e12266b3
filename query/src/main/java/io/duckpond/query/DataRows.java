package io.duckpond.query;

import io.duckpond.query.parquet.Sought;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.apache.calcite.DataContext;
import org.apache.calcite.linq4j.AbstractEnumerable;
import org.apache.calcite.linq4j.Enumerable;
import org.apache.calcite.linq4j.Enumerator;
import org.apache.calcite.linq4j.function.Function1;
import org.apache.calcite.runtime.FlatLists;
import org.jspecify.annotations.Nullable;

/**
 * The running side of a {@link DataScan}: rows in the form that generated code reads, an empty list
 * for no column, the bare value for one, an array for more.
 */
final class DataRows implements Function1<DataContext, Enumerable<?>> {

  /** A file of more rows is read again rather than kept. */
  private static final int MOST_KEPT = 100_000;

  private final DataTable table;
  private final List<DataColumn> columns;
  private final List<Sought> sought;
  private final int[] nested;

  DataRows(DataTable table, List<Integer> columns, List<Sought> sought) {
    this.table = table;
    this.sought = sought;
    this.columns = columns.stream().map(table.columns()::get).toList();
    this.nested =
        IntStream.range(0, this.columns.size())
            .filter(i -> this.columns.get(i).type().nested())
            .toArray();
  }

  @Override
  public Enumerable<?> apply(DataContext context) {
    AtomicBoolean cancelled = DataContext.Variable.CANCEL_FLAG.get(context);
    return new AbstractEnumerable<@Nullable Object>() {
      @Override
      public Enumerator<@Nullable Object> enumerator() {
        Execution execution = table.executions().of(context);
        return new ScanEnumerator(
            execution.rows(DataRows.this, MOST_KEPT, () -> open(execution.state().files())),
            cancelled);
      }
    };
  }

  private Stream<@Nullable Object> open(PondFiles files) {
    try {
      FileRows rows = FileRows.of(files, table.path(), columns, sought);
      Spliterator<@Nullable Object[]> all =
          Spliterators.spliteratorUnknownSize(rows, Spliterator.ORDERED);
      return StreamSupport.stream(all, false).map(shape()).onClose(rows::close);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Function<@Nullable Object[], @Nullable Object> shape() {
    return switch (columns.size()) {
      case 0 -> row -> FlatLists.of();
      case 1 -> row -> withJson(row)[0];
      default -> this::withJson;
    };
  }

  private @Nullable Object[] withJson(@Nullable Object[] row) {
    for (int i : nested) {
      if (row[i] != null) {
        row[i] = JsonText.of(row[i]);
      }
    }
    return row;
  }
}
