package io.duckpond.query;

import com.google.common.collect.Range;
import com.google.common.collect.RangeSet;
import io.duckpond.oplog.LogFilter;
import java.math.BigDecimal;
import java.math.RoundingMode;
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
import org.apache.calcite.util.NlsString;
import org.apache.calcite.util.Sarg;

/**
 * A condition split in two: what a scan does by itself, and what must still be checked above it.
 * Only a conjunct that the scan applies wholly leaves the condition.
 */
record ScanFilter(LogFilter narrowed, List<RexNode> remaining) {

  ScanFilter {
    remaining = List.copyOf(remaining);
  }

  /** Splits the condition of a filter that stands directly above {@code scan}. */
  static ScanFilter split(RexNode condition, PondScan scan) {
    List<String> names = scan.getRowType().getFieldNames();
    LogFilter filter = scan.filter();
    List<RexNode> remaining = new ArrayList<>();
    for (RexNode conjunct : RelOptUtil.conjunctions(condition)) {
      Optional<LogFilter> taken = take(conjunct, names, filter);
      filter = taken.orElse(filter);
      if (taken.isEmpty()) {
        remaining.add(conjunct);
      }
    }
    return new ScanFilter(filter, remaining);
  }

  private static Optional<LogFilter> take(RexNode conjunct, List<String> names, LogFilter filter) {
    if (!(conjunct instanceof RexCall call) || call.getOperands().size() != 2) {
      return Optional.empty();
    }
    RexNode left = call.getOperands().get(0);
    RexNode right = call.getOperands().get(1);
    if (left instanceof RexInputRef column && right instanceof RexLiteral literal) {
      return take(names.get(column.getIndex()), call.getKind(), literal, filter);
    }
    if (left instanceof RexLiteral literal && right instanceof RexInputRef column) {
      return take(names.get(column.getIndex()), call.getKind().reverse(), literal, filter);
    }
    return Optional.empty();
  }

  private static Optional<LogFilter> take(
      String column, SqlKind kind, RexLiteral literal, LogFilter filter) {
    if (literal.isNull()) {
      return Optional.empty();
    }
    return switch (column) {
      case PondTable.PART_ID -> partitions(kind, literal).map(ids -> within(filter, ids));
      case PondTable.TXN_SEQ -> transactions(kind, literal).flatMap(range -> within(filter, range));
      default -> Optional.empty();
    };
  }

  private static Optional<Set<String>> partitions(SqlKind kind, RexLiteral literal) {
    if (kind == SqlKind.EQUALS) {
      return Optional.ofNullable(literal.getValueAs(String.class)).map(Set::of);
    }
    Set<String> ids = new HashSet<>();
    for (Range<?> range : ranges(kind, literal)) {
      boolean point = range.hasLowerBound() && range.hasUpperBound();
      if (!point
          || !range.lowerEndpoint().equals(range.upperEndpoint())
          || !(range.lowerEndpoint() instanceof NlsString text)) {
        return Optional.empty();
      }
      ids.add(text.getValue());
    }
    return ids.isEmpty() ? Optional.empty() : Optional.of(ids);
  }

  private static LogFilter within(LogFilter filter, Set<String> ids) {
    Set<String> both = new HashSet<>(ids);
    filter.partIds().ifPresent(both::retainAll);
    return new LogFilter(Optional.of(both), filter.fromTxnSeq(), filter.toTxnSeq());
  }

  private static Optional<LogFilter> transactions(SqlKind kind, RexLiteral literal) {
    if (kind == SqlKind.SEARCH) {
      Set<? extends Range<?>> ranges = ranges(kind, literal);
      return ranges.size() == 1 ? transactions(ranges.iterator().next()) : Optional.empty();
    }
    BigDecimal bound = literal.getValueAs(BigDecimal.class);
    if (bound == null) {
      return Optional.empty();
    }
    return switch (kind) {
      case EQUALS -> transactions(Range.singleton(bound));
      case GREATER_THAN -> transactions(Range.greaterThan(bound));
      case GREATER_THAN_OR_EQUAL -> transactions(Range.atLeast(bound));
      case LESS_THAN -> transactions(Range.lessThan(bound));
      case LESS_THAN_OR_EQUAL -> transactions(Range.atMost(bound));
      default -> Optional.empty();
    };
  }

  private static Optional<LogFilter> transactions(Range<?> range) {
    long from = LogFilter.ALL.fromTxnSeq();
    long to = LogFilter.ALL.toTxnSeq();
    if (range.hasLowerBound()) {
      if (!(range.lowerEndpoint() instanceof BigDecimal bound)) {
        return Optional.empty();
      }
      boolean open = range.lowerBoundType() == com.google.common.collect.BoundType.OPEN;
      from =
          clamp(
              open
                  ? bound.setScale(0, RoundingMode.FLOOR).add(BigDecimal.ONE)
                  : bound.setScale(0, RoundingMode.CEILING));
    }
    if (range.hasUpperBound()) {
      if (!(range.upperEndpoint() instanceof BigDecimal bound)) {
        return Optional.empty();
      }
      boolean open = range.upperBoundType() == com.google.common.collect.BoundType.OPEN;
      to =
          clamp(
              open
                  ? bound.setScale(0, RoundingMode.CEILING).subtract(BigDecimal.ONE)
                  : bound.setScale(0, RoundingMode.FLOOR));
    }
    return Optional.of(new LogFilter(Optional.empty(), from, to));
  }

  private static long clamp(BigDecimal bound) {
    return bound.max(BigDecimal.ZERO).min(BigDecimal.valueOf(Long.MAX_VALUE)).longValueExact();
  }

  // A range that is no limit is not taken: a scan without a limit shows rows without a number.
  private static Optional<LogFilter> within(LogFilter filter, LogFilter range) {
    LogFilter both =
        new LogFilter(
            filter.partIds(),
            Math.max(filter.fromTxnSeq(), range.fromTxnSeq()),
            Math.min(filter.toTxnSeq(), range.toTxnSeq()));
    return PondScan.limitsTransactions(both) ? Optional.of(both) : Optional.empty();
  }

  /** Returns the ranges of a SEARCH that is not true of null; none if it is anything else. */
  private static Set<? extends Range<?>> ranges(SqlKind kind, RexLiteral literal) {
    Sarg<?> sarg = kind == SqlKind.SEARCH ? literal.getValueAs(Sarg.class) : null;
    if (sarg == null || sarg.nullAs == RexUnknownAs.TRUE) {
      return Set.of();
    }
    RangeSet<?> set = sarg.rangeSet;
    return set.asRanges();
  }
}
