package io.duckpond.query;

import io.duckpond.oplog.LogFilter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.apache.calcite.DataContext;
import org.apache.calcite.linq4j.AbstractEnumerable;
import org.apache.calcite.linq4j.Enumerable;
import org.apache.calcite.linq4j.Enumerator;
import org.apache.calcite.linq4j.function.Function1;
import org.apache.calcite.runtime.FlatLists;
import org.jspecify.annotations.Nullable;

/**
 * The running side of a {@link PondScan}: rows in the form that generated code reads, an empty list
 * for no column, the bare value for one, an array for more.
 */
final class ScanRows<R> implements Function1<DataContext, Enumerable<?>> {

  private final PondTable<R> table;
  private final List<Column<R>> columns;
  private final LogFilter filter;

  ScanRows(PondTable<R> table, List<Integer> columns, LogFilter filter) {
    this.table = table;
    this.columns = columns.stream().map(table.columns()::get).toList();
    this.filter = filter;
  }

  @Override
  public Enumerable<?> apply(DataContext context) {
    AtomicBoolean cancelled = DataContext.Variable.CANCEL_FLAG.get(context);
    return new AbstractEnumerable<@Nullable Object>() {
      @Override
      public Enumerator<@Nullable Object> enumerator() {
        Execution execution = table.executions().of(context);
        return new ScanEnumerator(
            execution.rows(ScanRows.this, Integer.MAX_VALUE, () -> open(execution.state())),
            cancelled);
      }
    };
  }

  private Stream<@Nullable Object> open(PondState state) {
    Set<String> wanted = new HashSet<>();
    columns.forEach(column -> wanted.add(column.name()));
    boolean nothing =
        filter.fromTxnSeq() > filter.toTxnSeq() || filter.partIds().map(Set::isEmpty).orElse(false);
    if (nothing) {
      return Stream.empty();
    }
    try {
      return table.rows(state, filter, wanted).filter(accepted()).map(shape());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  // The planner has dropped these conditions, so they must hold whatever the reader hands out.
  private Predicate<R> accepted() {
    Predicate<R> all = row -> true;
    if (filter.partIds().isPresent()) {
      Set<String> wanted = filter.partIds().get();
      Function<R, @Nullable Object> partId = valueOf(PondTable.PART_ID);
      all = row -> partId.apply(row) instanceof String id && wanted.contains(id);
    }
    if (PondScan.limitsTransactions(filter)) {
      Function<R, @Nullable Object> txnSeq = valueOf(PondTable.TXN_SEQ);
      all =
          all.and(
              row ->
                  txnSeq.apply(row) instanceof Long seq
                      && seq >= filter.fromTxnSeq()
                      && seq <= filter.toTxnSeq());
    }
    return all;
  }

  private Function<R, @Nullable Object> valueOf(String column) {
    return table.columns().get(table.indexOf(column)).value();
  }

  private Function<R, @Nullable Object> shape() {
    return switch (columns.size()) {
      case 0 -> row -> FlatLists.of();
      case 1 -> columns.get(0).value();
      default ->
          row -> {
            @Nullable Object[] values = new @Nullable Object[columns.size()];
            for (int i = 0; i < values.length; i++) {
              values[i] = columns.get(i).value().apply(row);
            }
            return values;
          };
    };
  }
}
