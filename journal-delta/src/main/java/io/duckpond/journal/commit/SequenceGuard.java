package io.duckpond.journal.commit;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * The highest sequence number of the partitions used last, queued writes included; refuses numbers
 * that do not follow. A partition that it does not know may begin anywhere: its actor has recovered
 * through the table. Guarded by the queue's lock.
 */
final class SequenceGuard {
  private final SequenceRule rule;
  private final Map<String, Long> highest;

  SequenceGuard(SequenceRule rule, int capacity) {
    this.rule = rule;
    this.highest =
        new LinkedHashMap<>(16, 0.75f, true) {
          @Override
          protected boolean removeEldestEntry(Map.Entry<String, Long> eldest) {
            return size() > capacity;
          }
        };
  }

  /** Takes in the events of a transaction, all or, with {@link IllegalStateException}, none. */
  void accept(List<EncodedEvent> events) {
    if (rule == SequenceRule.FREE) {
      return;
    }
    if (events.size() == 1) {
      EncodedEvent event = events.get(0);
      check(event, highest.get(event.partId()));
      highest.put(event.partId(), event.seqNr());
      return;
    }
    Map<String, Long> after = new HashMap<>();
    for (EncodedEvent event : events) {
      Long before = after.get(event.partId());
      if (before == null) {
        before = highest.get(event.partId());
      }
      check(event, before);
      after.put(event.partId(), event.seqNr());
    }
    highest.putAll(after);
  }

  private void check(EncodedEvent event, @Nullable Long before) {
    boolean follows =
        before == null
            ? event.seqNr() > 0
            : rule == SequenceRule.GAPLESS ? event.seqNr() == before + 1 : event.seqNr() > before;
    if (!follows) {
      throw new IllegalStateException(
          "partition [%s]: sequence number [%d] does not follow [%s] for an event of %s"
              .formatted(
                  event.partId(),
                  event.seqNr(),
                  before,
                  event.source().event().getClass().getName()));
    }
  }

  OptionalLong highest(String partId) {
    Long known = highest.get(partId);
    return known == null ? OptionalLong.empty() : OptionalLong.of(known);
  }

  void learn(String partId, long stored) {
    highest.merge(partId, stored, Math::max);
  }

  /** Forgets everything: what was queued did not become durable. */
  void clear() {
    highest.clear();
  }
}
