package io.duckpond.query.parquet;

import com.google.common.collect.ImmutableRangeSet;
import com.google.common.collect.Range;
import java.math.BigDecimal;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.parquet.column.statistics.BinaryStatistics;
import org.apache.parquet.column.statistics.IntStatistics;
import org.apache.parquet.column.statistics.LongStatistics;
import org.apache.parquet.column.statistics.Statistics;
import org.apache.parquet.hadoop.metadata.BlockMetaData;
import org.apache.parquet.hadoop.metadata.ColumnChunkMetaData;
import org.apache.parquet.hadoop.metadata.ColumnPath;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.schema.LogicalTypeAnnotation;
import org.apache.parquet.schema.PrimitiveType;

/**
 * What rows must hold to be of interest. It is a hint: row groups that by their statistics have no
 * such row are passed over, and all rows of the others are handed out.
 */
public sealed interface Sought {

  /** Returns the column, by its name in the file. */
  String column();

  /** Returns whether statistics say that none of the values is sought. */
  boolean excluded(PrimitiveType type, Statistics<?> values);

  /**
   * Numbers, days or milliseconds in some ranges.
   *
   * @param ranges of the values that the column has in SQL
   */
  record Numbers(String column, ImmutableRangeSet<BigDecimal> ranges) implements Sought {
    @Override
    public boolean excluded(PrimitiveType type, Statistics<?> values) {
      Optional<BigDecimal> least = number(type, values, Statistics::genericGetMin);
      Optional<BigDecimal> most = number(type, values, Statistics::genericGetMax);
      return least.isPresent()
          && most.isPresent()
          && least.get().compareTo(most.get()) <= 0
          && !ranges.intersects(Range.closed(least.get(), most.get()));
    }

    private interface End {
      Object of(Statistics<?> values);
    }

    private static Optional<BigDecimal> number(PrimitiveType type, Statistics<?> values, End end) {
      BigDecimal[] found = new BigDecimal[1];
      CellConverter cell =
          CellConverter.of(
              type,
              value -> {
                if (value instanceof Number number) {
                  found[0] = new BigDecimal(number.toString());
                }
              });
      Object stored = end.of(values);
      if (values instanceof IntStatistics && stored instanceof Integer number) {
        cell.addInt(number);
      } else if (values instanceof LongStatistics && stored instanceof Long number) {
        cell.addLong(number);
      } else if (values instanceof BinaryStatistics && stored instanceof Binary number) {
        cell.addBinary(number);
      }
      return Optional.ofNullable(found[0]);
    }

    @Override
    public String toString() {
      return column
          + " in "
          + ranges.asRanges().stream().map(Range::toString).collect(Collectors.joining(", "));
    }
  }

  /** Some texts. */
  record Texts(String column, Set<String> values) implements Sought {
    public Texts {
      values = Set.copyOf(values);
    }

    @Override
    public boolean excluded(PrimitiveType type, Statistics<?> statistics) {
      if (!(statistics instanceof BinaryStatistics binary) || !isText(type)) {
        return false;
      }
      return values.stream()
          .map(Binary::fromString)
          .noneMatch(
              value ->
                  binary.comparator().compare(binary.genericGetMin(), value) <= 0
                      && binary.comparator().compare(value, binary.genericGetMax()) <= 0);
    }

    /** A UUID is a text in SQL, but not in the file. */
    private static boolean isText(PrimitiveType type) {
      LogicalTypeAnnotation logical = type.getLogicalTypeAnnotation();
      return logical instanceof LogicalTypeAnnotation.StringLogicalTypeAnnotation
          || logical instanceof LogicalTypeAnnotation.EnumLogicalTypeAnnotation
          || logical instanceof LogicalTypeAnnotation.JsonLogicalTypeAnnotation;
    }

    @Override
    public String toString() {
      return column + " in " + values.stream().sorted().toList();
    }
  }

  /** Returns whether a row group may have rows that are sought. */
  static boolean isIn(BlockMetaData group, Iterable<Sought> all) {
    for (Sought sought : all) {
      ColumnPath path = ColumnPath.get(sought.column());
      for (ColumnChunkMetaData chunk : group.getColumns()) {
        if (chunk.getPath().equals(path) && isExcluded(chunk, sought)) {
          return false;
        }
      }
    }
    return true;
  }

  private static boolean isExcluded(ColumnChunkMetaData chunk, Sought sought) {
    Statistics<?> statistics = chunk.getStatistics();
    if (statistics == null) {
      return false;
    }
    return statistics.hasNonNullValue()
        ? sought.excluded(chunk.getPrimitiveType(), statistics)
        : statistics.isNumNullsSet() && statistics.getNumNulls() == chunk.getValueCount();
  }
}
