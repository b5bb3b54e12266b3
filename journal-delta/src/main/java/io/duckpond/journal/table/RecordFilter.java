package io.duckpond.journal.table;

import static org.apache.parquet.filter2.predicate.FilterApi.and;
import static org.apache.parquet.filter2.predicate.FilterApi.binaryColumn;
import static org.apache.parquet.filter2.predicate.FilterApi.eq;
import static org.apache.parquet.filter2.predicate.FilterApi.gtEq;
import static org.apache.parquet.filter2.predicate.FilterApi.in;
import static org.apache.parquet.filter2.predicate.FilterApi.longColumn;
import static org.apache.parquet.filter2.predicate.FilterApi.lt;
import static org.apache.parquet.filter2.predicate.FilterApi.ltEq;
import static org.apache.parquet.filter2.predicate.FilterApi.or;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.parquet.filter2.compat.FilterCompat;
import org.apache.parquet.filter2.predicate.FilterPredicate;
import org.apache.parquet.filter2.predicate.Operators.LongColumn;
import org.apache.parquet.io.api.Binary;

/** A request as Parquet's statistics, page indexes and bloom filters can judge it. */
final class RecordFilter {
  // With more ids than this the page index seldom leaves out a page, but every id costs a look-up.
  private static final int MOST_IDS = 64;

  private RecordFilter() {}

  /**
   * Returns the values of {@code part_id} wanted in {@code file}; empty for all. The records of a
   * staged file carry an id of their own: if one of the partitions inside is wanted, all of its
   * records are.
   */
  static Optional<Set<String>> partIds(DataFile file, ScanRequest request) {
    if (!file.hasIdOfItsOwn() || request.partIds().isEmpty()) {
      return request.partIds();
    }
    Set<String> wanted = request.partIds().get();
    boolean byOwnId =
        file.keys().partIds().map(range -> wanted.contains(range.least())).orElse(false);
    return byOwnId ? request.partIds() : Optional.empty();
  }

  static FilterCompat.Filter of(DataFile file, ScanRequest request) {
    List<FilterPredicate> all = new ArrayList<>();
    if (request.kinds().size() < RecordKind.values().length) {
      all.add(
          in(
              binaryColumn(RecordSchema.KIND),
              request.kinds().stream()
                  .map(kind -> Binary.fromString(kind.storedName()))
                  .collect(Collectors.toSet())));
    }
    partIds(file, request)
        .filter(ids -> !ids.isEmpty() && ids.size() <= MOST_IDS)
        .ifPresent(
            ids ->
                all.add(
                    in(
                        binaryColumn(RecordSchema.PART_ID),
                        ids.stream().map(Binary::fromString).collect(Collectors.toSet()))));
    PartIdRange ids = request.range();
    if (!ids.from().isEmpty()) {
      all.add(gtEq(binaryColumn(RecordSchema.PART_ID), Binary.fromString(ids.from())));
    }
    ids.to()
        .ifPresent(to -> all.add(lt(binaryColumn(RecordSchema.PART_ID), Binary.fromString(to))));
    range(
        all,
        RecordSchema.FIRST_VERSION,
        RecordSchema.VERSION,
        request.fromVersion(),
        request.toVersion());
    if (file.assigned().isEmpty()) {
      range(
          all,
          RecordSchema.FIRST_TXN_SEQ,
          RecordSchema.TXN_SEQ,
          request.fromTxnSeq(),
          request.toTxnSeq());
    }
    return all.stream()
        .reduce((a, b) -> and(a, b))
        .map(FilterCompat::get)
        .orElse(FilterCompat.NOOP);
  }

  private static void range(
      List<FilterPredicate> all, String first, String last, long from, long to) {
    if (from > 0) {
      all.add(gtEq(longColumn(last), from));
    }
    if (to < Long.MAX_VALUE) {
      LongColumn column = longColumn(first);
      all.add(or(eq(column, null), ltEq(column, to)));
    }
  }
}
