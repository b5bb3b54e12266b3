package io.duckpond.journal.table;

import static io.duckpond.journal.table.RecordSchema.FIRST_TXN_SEQ;
import static io.duckpond.journal.table.RecordSchema.FIRST_VERSION;
import static io.duckpond.journal.table.RecordSchema.KIND;
import static io.duckpond.journal.table.RecordSchema.PART_ID;
import static io.duckpond.journal.table.RecordSchema.TXN_SEQ;
import static io.duckpond.journal.table.RecordSchema.VERSION;

import io.delta.kernel.expressions.Column;
import io.delta.kernel.expressions.Literal;
import io.delta.kernel.statistics.DataFileStatistics;
import java.util.EnumSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What keys a file may hold, both ends included; null counts as 0, as in {@link LogRecord}.
 *
 * @param partIds least and greatest partition; empty if not known
 * @param kinds the kinds between the least and the greatest
 */
public record KeyRange(
    Optional<Between> partIds,
    Set<RecordKind> kinds,
    long firstVersion,
    long lastVersion,
    long firstTxnSeq,
    long lastTxnSeq) {
  private static final KeyRange ANYTHING =
      new KeyRange(
          Optional.empty(), EnumSet.allOf(RecordKind.class), 0, Long.MAX_VALUE, 0, Long.MAX_VALUE);

  /** Two strings and all between them, in the order of their UTF-8 bytes. */
  public record Between(String least, String greatest) {
    boolean holds(String value) {
      return Utf8Order.INSTANCE.compare(least, value) <= 0
          && Utf8Order.INSTANCE.compare(greatest, value) >= 0;
    }
  }

  /** Returns what the log's statistics leave possible; everything if there are none. */
  static KeyRange of(Optional<DataFileStatistics> statistics) {
    return statistics.map(KeyRange::of).orElse(ANYTHING);
  }

  private static KeyRange of(DataFileStatistics statistics) {
    return new KeyRange(
        between(statistics, PART_ID),
        kinds(statistics),
        least(statistics, FIRST_VERSION),
        greatest(statistics, VERSION),
        least(statistics, FIRST_TXN_SEQ),
        greatest(statistics, TXN_SEQ));
  }

  private static Optional<Between> between(DataFileStatistics statistics, String column) {
    Optional<Object> least = value(statistics.getMinValues(), column);
    Optional<Object> greatest = value(statistics.getMaxValues(), column);
    return least.flatMap(from -> greatest.map(to -> new Between((String) from, (String) to)));
  }

  private static Set<RecordKind> kinds(DataFileStatistics statistics) {
    EnumSet<RecordKind> kinds = EnumSet.allOf(RecordKind.class);
    between(statistics, KIND)
        .ifPresent(range -> kinds.removeIf(kind -> !range.holds(kind.storedName())));
    return kinds;
  }

  private static long least(DataFileStatistics statistics, String column) {
    boolean noNulls = statistics.getNullCount().getOrDefault(new Column(column), 1L) == 0;
    return noNulls ? (Long) value(statistics.getMinValues(), column).orElse(0L) : 0;
  }

  private static long greatest(DataFileStatistics statistics, String column) {
    long nulls = statistics.getNullCount().getOrDefault(new Column(column), 0L);
    long ifUnknown = nulls == statistics.getNumRecords() ? 0 : Long.MAX_VALUE;
    return (Long) value(statistics.getMaxValues(), column).orElse(ifUnknown);
  }

  private static Optional<Object> value(Map<Column, Literal> of, String column) {
    return Optional.ofNullable(of.get(new Column(column))).map(Literal::getValue);
  }
}
