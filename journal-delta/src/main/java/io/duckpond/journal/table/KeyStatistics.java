package io.duckpond.journal.table;

import static io.duckpond.journal.table.RecordSchema.COUNT;
import static io.duckpond.journal.table.RecordSchema.FIRST_TXN_SEQ;
import static io.duckpond.journal.table.RecordSchema.FIRST_VERSION;
import static io.duckpond.journal.table.RecordSchema.KIND;
import static io.duckpond.journal.table.RecordSchema.PART_ID;
import static io.duckpond.journal.table.RecordSchema.TIMESTAMP;
import static io.duckpond.journal.table.RecordSchema.TXN_SEQ;
import static io.duckpond.journal.table.RecordSchema.VERSION;

import io.delta.kernel.expressions.Column;
import io.delta.kernel.expressions.Literal;
import io.delta.kernel.statistics.DataFileStatistics;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongFunction;

/** Gathers what the log says of the key columns of a file. For one thread. */
final class KeyStatistics {
  private static final int LONGEST_ID = 64;

  private final Map<String, Numbers> numbers = new LinkedHashMap<>();
  private final Strings partIds = new Strings();
  private final Strings kinds = new Strings();
  private long rows;

  KeyStatistics() {
    for (String column : new String[] {FIRST_VERSION, VERSION, FIRST_TXN_SEQ, TXN_SEQ}) {
      numbers.put(column, new Numbers(Literal::ofLong));
    }
    numbers.put(TIMESTAMP, new Numbers(Literal::ofTimestamp));
    numbers.put(COUNT, new Numbers(value -> Literal.ofInt(Math.toIntExact(value))));
  }

  void add(LogRecord record) {
    rows++;
    partIds.add(record.partId());
    kinds.add(record.kind().storedName());
    add(FIRST_VERSION, record.firstVersion());
    add(VERSION, record.version());
    add(FIRST_TXN_SEQ, record.firstTxnSeq());
    add(TXN_SEQ, record.txnSeq());
    add(TIMESTAMP, record.timestampMicros());
    add(COUNT, record.count());
  }

  private void add(String column, long value) {
    Numbers of = numbers.get(column);
    if (of == null) {
      throw new IllegalStateException("not a key column: " + column);
    }
    of.add(value, column.equals(COUNT));
  }

  /** Returns the statistics of a staged file, all of whose records are alike but in number. */
  static DataFileStatistics ofStaged(StagedFile file) {
    Map<Column, Literal> least = new HashMap<>();
    Map<Column, Literal> greatest = new HashMap<>();
    Map<Column, Long> nulls = new HashMap<>();
    for (String column : new String[] {FIRST_VERSION, VERSION}) {
      least.put(new Column(column), Literal.ofLong(1));
      greatest.put(new Column(column), Literal.ofLong(file.records()));
      nulls.put(new Column(column), 0L);
    }
    least.put(new Column(PART_ID), Literal.ofString(file.partId()));
    greatest.put(new Column(PART_ID), Literal.ofString(file.partId()));
    String kind = RecordKind.ATTACHMENT.storedName();
    least.put(new Column(KIND), Literal.ofString(kind));
    greatest.put(new Column(KIND), Literal.ofString(kind));
    nulls.put(new Column(PART_ID), 0L);
    nulls.put(new Column(KIND), 0L);
    for (String column : new String[] {FIRST_TXN_SEQ, TXN_SEQ, TIMESTAMP}) {
      nulls.put(new Column(column), file.records());
    }
    return new DataFileStatistics(file.records(), least, greatest, nulls, Optional.empty());
  }

  DataFileStatistics build() {
    Map<Column, Literal> least = new HashMap<>();
    Map<Column, Literal> greatest = new HashMap<>();
    Map<Column, Long> nulls = new HashMap<>();
    partIds.put(PART_ID, least, greatest, nulls);
    kinds.put(KIND, least, greatest, nulls);
    numbers.forEach((column, of) -> of.put(column, least, greatest, nulls));
    return new DataFileStatistics(rows, least, greatest, nulls, Optional.empty());
  }

  private static final class Numbers {
    private final LongFunction<Literal> literal;
    private long least = Long.MAX_VALUE;
    private long greatest = Long.MIN_VALUE;
    private long nulls;

    Numbers(LongFunction<Literal> literal) {
      this.literal = literal;
    }

    void add(long value, boolean zeroCounts) {
      if (value == 0 && !zeroCounts) {
        nulls++;
      } else {
        least = Math.min(least, value);
        greatest = Math.max(greatest, value);
      }
    }

    void put(
        String name, Map<Column, Literal> mins, Map<Column, Literal> maxes, Map<Column, Long> all) {
      Column column = new Column(name);
      all.put(column, nulls);
      if (least <= greatest) {
        mins.put(column, literal.apply(least));
        maxes.put(column, literal.apply(greatest));
      }
    }
  }

  private static final class Strings {
    private String least = "";
    private String greatest = "";
    private long nulls;

    void add(String value) {
      if (value.isEmpty()) {
        nulls++;
        return;
      }
      if (least.isEmpty() || Utf8Order.INSTANCE.compare(value, least) < 0) {
        least = value;
      }
      if (Utf8Order.INSTANCE.compare(value, greatest) > 0) {
        greatest = value;
      }
    }

    void put(
        String name, Map<Column, Literal> mins, Map<Column, Literal> maxes, Map<Column, Long> all) {
      Column column = new Column(name);
      all.put(column, nulls);
      if (!least.isEmpty()) {
        mins.put(column, Literal.ofString(prefix(least)));
        // What was cut off is replaced by the greatest code point there is.
        String upper = prefix(greatest);
        maxes.put(
            column,
            Literal.ofString(
                upper.equals(greatest) ? upper : upper + Character.toString(0x10FFFF)));
      }
    }

    private static String prefix(String value) {
      if (value.length() <= LONGEST_ID) {
        return value;
      }
      int end =
          Character.isHighSurrogate(value.charAt(LONGEST_ID - 1)) ? LONGEST_ID - 1 : LONGEST_ID;
      return value.substring(0, end);
    }
  }
}
