package io.duckpond.journal.check;

import io.duckpond.journal.disk.DamageException;
import io.duckpond.journal.table.LogRecord;
import io.duckpond.journal.table.RecordKind;
import java.util.EnumSet;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Sees whether the events of every partition are numbered from 1 without gap. Records come in any
 * order; those that adjoin are kept as one range, so that memory grows with partitions only.
 */
final class SequenceCheck implements RecordVisitor {
  private final RecordVisitor next;
  private final Set<RecordKind> kinds;
  private final Map<String, NavigableMap<Long, Long>> partitions = new ConcurrentHashMap<>();

  /** Hands on to {@code next} what that wants. */
  SequenceCheck(RecordVisitor next) {
    this.next = next;
    EnumSet<RecordKind> wanted = EnumSet.of(RecordKind.EVENT);
    wanted.addAll(next.kinds());
    this.kinds = wanted;
  }

  @Override
  public Set<RecordKind> kinds() {
    return kinds;
  }

  @Override
  public void visit(LogRecord record) {
    if (record.kind() == RecordKind.EVENT) {
      NavigableMap<Long, Long> ranges =
          partitions.computeIfAbsent(record.partId(), id -> new TreeMap<>());
      synchronized (ranges) {
        add(ranges, record);
      }
    }
    if (next.kinds().contains(record.kind())) {
      next.visit(record);
    }
  }

  private static void add(NavigableMap<Long, Long> ranges, LogRecord record) {
    long from = record.firstVersion();
    long to = record.version();
    Map.Entry<Long, Long> before = ranges.floorEntry(to);
    if (from < 1 || to < from || (before != null && before.getValue() >= from)) {
      throw new DamageException(
          String.format(
              "partition '%s': expected events that nothing else holds, found %d to %d once more",
              record.partId(), from, to));
    }
    if (before != null && before.getValue() == from - 1) {
      from = before.getKey();
    }
    Long after = ranges.remove(to + 1);
    ranges.put(from, after == null ? to : after);
  }

  /** Notes the gaps, once all records were seen. */
  void report(Findings findings) {
    partitions.forEach(
        (partition, ranges) -> {
          long next = 1;
          for (Map.Entry<Long, Long> range : ranges.entrySet()) {
            if (range.getKey() > next) {
              findings.damage(
                  FindingKind.BAD_RECORD,
                  "partition " + partition,
                  "event " + next,
                  "event " + range.getKey() + " next",
                  Findings.RESTORE);
            }
            next = range.getValue() + 1;
          }
        });
  }
}
