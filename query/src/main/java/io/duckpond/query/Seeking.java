package io.duckpond.query;

import com.google.common.collect.BoundType;
import com.google.common.collect.ImmutableRangeSet;
import com.google.common.collect.Range;
import com.google.common.collect.RangeSet;
import com.google.common.collect.TreeRangeSet;
import io.duckpond.query.parquet.Sought;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.calcite.plan.RelOptUtil;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexUnknownAs;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.util.DateString;
import org.apache.calcite.util.NlsString;
import org.apache.calcite.util.Sarg;
import org.apache.calcite.util.TimeString;
import org.apache.calcite.util.TimestampString;

/**
 * What a condition on rows says of single columns: comparisons of a column with what is written in
 * the statement. Left out are floating-point numbers, with their NaN, and the order of texts, which
 * is not that of their bytes.
 */
final class Seeking {

  /** What stands for bytes that are no text; many of these are the same text. */
  private static final String NO_TEXT = "\uFFFD";

  private Seeking() {}

  /** Returns what rows of {@code columns} must hold to pass {@code condition}, as far as known. */
  static List<Sought> of(RexNode condition, List<DataColumn> columns) {
    List<Sought> all = new ArrayList<>();
    for (RexNode conjunct : RelOptUtil.conjunctions(condition)) {
      if (conjunct instanceof RexCall call && call.getOperands().size() == 2) {
        RexNode left = call.getOperands().get(0);
        RexNode right = call.getOperands().get(1);
        if (left instanceof RexInputRef column && right instanceof RexLiteral literal) {
          of(columns.get(column.getIndex()), call.getKind(), literal).ifPresent(all::add);
        } else if (left instanceof RexLiteral literal && right instanceof RexInputRef column) {
          of(columns.get(column.getIndex()), call.getKind().reverse(), literal).ifPresent(all::add);
        }
      }
    }
    return all;
  }

  private static Optional<Sought> of(DataColumn column, SqlKind kind, RexLiteral literal) {
    if (literal.isNull() || column.type().nested()) {
      return Optional.empty();
    }
    return switch (column.type().name()) {
      case TINYINT, SMALLINT, INTEGER, BIGINT, DECIMAL, DATE, TIME, TIMESTAMP ->
          numbers(kind, literal).map(ranges -> new Sought.Numbers(column.stored(), ranges));
      case VARCHAR -> texts(kind, literal).map(texts -> new Sought.Texts(column.stored(), texts));
      default -> Optional.empty();
    };
  }

  private static Optional<ImmutableRangeSet<BigDecimal>> numbers(SqlKind kind, RexLiteral literal) {
    if (kind == SqlKind.SEARCH) {
      RangeSet<BigDecimal> all = TreeRangeSet.create();
      for (Range<?> range : ranges(literal)) {
        Optional<Range<BigDecimal>> numbers = numbers(range);
        if (numbers.isEmpty()) {
          return Optional.empty();
        }
        all.add(numbers.get());
      }
      return all.isEmpty() ? Optional.empty() : Optional.of(ImmutableRangeSet.copyOf(all));
    }
    return value(literal)
        .flatMap(
            bound ->
                Optional.ofNullable(
                    switch (kind) {
                      case EQUALS -> Range.singleton(bound);
                      case GREATER_THAN -> Range.greaterThan(bound);
                      case GREATER_THAN_OR_EQUAL -> Range.atLeast(bound);
                      case LESS_THAN -> Range.lessThan(bound);
                      case LESS_THAN_OR_EQUAL -> Range.atMost(bound);
                      default -> null;
                    }))
        .map(ImmutableRangeSet::of);
  }

  private static Optional<Range<BigDecimal>> numbers(Range<?> range) {
    Range<BigDecimal> numbers = Range.all();
    if (range.hasLowerBound()) {
      Optional<BigDecimal> bound = number(range.lowerEndpoint());
      if (bound.isEmpty()) {
        return Optional.empty();
      }
      numbers = numbers.intersection(Range.downTo(bound.get(), range.lowerBoundType()));
    }
    if (range.hasUpperBound()) {
      Optional<BigDecimal> bound = number(range.upperEndpoint());
      if (bound.isEmpty()) {
        return Optional.empty();
      }
      BoundType type = range.upperBoundType();
      numbers = numbers.intersection(Range.upTo(bound.get(), type));
    }
    return Optional.of(numbers);
  }

  private static Optional<BigDecimal> value(RexLiteral literal) {
    return switch (literal.getTypeName()) {
      case DECIMAL -> Optional.ofNullable(literal.getValueAs(BigDecimal.class));
      case DATE ->
          Optional.ofNullable(literal.getValueAs(DateString.class)).flatMap(Seeking::number);
      case TIME ->
          Optional.ofNullable(literal.getValueAs(TimeString.class)).flatMap(Seeking::number);
      case TIMESTAMP ->
          Optional.ofNullable(literal.getValueAs(TimestampString.class)).flatMap(Seeking::number);
      default -> Optional.empty();
    };
  }

  private static Optional<BigDecimal> number(Object value) {
    if (value instanceof BigDecimal number) {
      return Optional.of(number);
    } else if (value instanceof DateString date) {
      return Optional.of(BigDecimal.valueOf(date.getDaysSinceEpoch()));
    } else if (value instanceof TimeString time) {
      return Optional.of(BigDecimal.valueOf(time.getMillisOfDay()));
    } else if (value instanceof TimestampString timestamp) {
      return Optional.of(BigDecimal.valueOf(timestamp.getMillisSinceEpoch()));
    }
    return Optional.empty();
  }

  private static Optional<Set<String>> texts(SqlKind kind, RexLiteral literal) {
    Set<String> texts = new HashSet<>();
    if (kind == SqlKind.EQUALS) {
      Optional.ofNullable(literal.getValueAs(String.class)).ifPresent(texts::add);
    } else if (kind == SqlKind.SEARCH) {
      for (Range<?> range : ranges(literal)) {
        boolean point = range.hasLowerBound() && range.hasUpperBound();
        if (!point
            || !range.lowerEndpoint().equals(range.upperEndpoint())
            || !(range.lowerEndpoint() instanceof NlsString text)) {
          return Optional.empty();
        }
        texts.add(text.getValue());
      }
    }
    boolean known = !texts.isEmpty() && texts.stream().noneMatch(text -> text.contains(NO_TEXT));
    return known ? Optional.of(texts) : Optional.empty();
  }

  /** Returns the ranges of a SEARCH that is not true of null; none if it is anything else. */
  private static Set<? extends Range<?>> ranges(RexLiteral literal) {
    Sarg<?> sarg = literal.getValueAs(Sarg.class);
    if (sarg == null || sarg.nullAs == RexUnknownAs.TRUE) {
      return Set.of();
    }
    RangeSet<?> set = sarg.rangeSet;
    return set.asRanges();
  }
}
