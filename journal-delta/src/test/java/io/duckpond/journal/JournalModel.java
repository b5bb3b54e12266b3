package io.duckpond.journal;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/**
 * What a table must hold, told in the plainest way: its transactions in their order, of which those
 * that were acknowledged must be there, and of the others any first ones may be.
 */
final class JournalModel {
  private final List<Change> changes = new ArrayList<>();

  /** An event, or a snapshot, as it is stored. */
  record Entry(String partId, long seqNr, String text, boolean tagged) {}

  /** Entries up to a sequence number that are not to be seen any more. */
  record Deletion(String partId, long upTo) {}

  private record Change(List<Entry> entries, List<Deletion> deletions, CompletableFuture<?> done) {}

  /** What a table holds after some transactions. */
  static final class State {
    private final Map<String, TreeMap<Long, Entry>> visible = new HashMap<>();
    private final Map<String, Long> highest = new HashMap<>();
    private List<Entry> order = new ArrayList<>();

    /** Returns what is visible of a partition, by sequence number. */
    TreeMap<Long, Entry> of(String partId) {
      return visible.computeIfAbsent(partId, id -> new TreeMap<>());
    }

    /** Returns the highest sequence number that there ever was. */
    long highest(String partId) {
      return highest.getOrDefault(partId, 0L);
    }

    /** Returns all visible entries in the order of their commits. */
    List<Entry> order() {
      return order;
    }

    private void apply(Change change) {
      for (Entry entry : change.entries()) {
        of(entry.partId()).put(entry.seqNr(), entry);
        highest.merge(entry.partId(), entry.seqNr(), Math::max);
        order.add(entry);
      }
      for (Deletion deletion : change.deletions()) {
        of(deletion.partId()).headMap(deletion.upTo(), true).clear();
        order =
            new ArrayList<>(
                order.stream()
                    .filter(
                        entry ->
                            !entry.partId().equals(deletion.partId())
                                || entry.seqNr() > deletion.upTo())
                    .toList());
      }
    }
  }

  /** Told of a transaction that was handed in. */
  void submitted(List<Entry> entries, List<Deletion> deletions, CompletableFuture<?> done) {
    changes.add(new Change(entries, deletions, done));
  }

  /** Returns how many transactions were handed in. */
  int submitted() {
    return changes.size();
  }

  /** Returns how many must be there. */
  int acknowledged() {
    int count = 0;
    for (int i = 0; i < changes.size(); i++) {
      CompletableFuture<?> done = changes.get(i).done();
      if (done.isDone() && !done.isCompletedExceptionally()) {
        count = i + 1;
      }
    }
    return count;
  }

  /** Returns what a table holds after so many transactions. */
  State after(long transactions) {
    State state = new State();
    Consumer<Change> apply = state::apply;
    changes.subList(0, Math.toIntExact(transactions)).forEach(apply);
    return state;
  }
}
