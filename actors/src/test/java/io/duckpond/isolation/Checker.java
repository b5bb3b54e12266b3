package io.duckpond.isolation;

import io.duckpond.Isolation;
import io.duckpond.isolation.History.Committed;
import io.duckpond.isolation.History.Conflict;
import io.duckpond.isolation.History.Record;
import io.duckpond.isolation.History.Step;
import io.duckpond.isolation.History.Unknown;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;

/**
 * Judges a history by playing it on the model in the order of the log. Each state must be what its
 * transactions make of the one before, and a tree; each transaction must have been answered as on
 * the state that it began on, with its own changes; none may take back what it has not seen; and a
 * serializable one must be answered alike, and come to the same, where it stands in the order.
 */
final class Checker {
  private final History history;
  private final Verdict verdict = new Verdict();
  private final List<Tree> states = new ArrayList<>(List.of(Tree.EMPTY, Tree.EMPTY));
  private final Map<Long, Workings> played = new HashMap<>();

  /** Which node of the pond is which of the model, and the other way round. */
  private final Map<String, String> nodes = new HashMap<>();

  private final Set<Long> found = new HashSet<>();

  private Checker(History history) {
    this.history = history;
  }

  /**
   * Returns what there was in a history that is as it should be.
   *
   * @throws AssertionError saying what is not
   */
  static Verdict check(History history) {
    Checker checker = new Checker(history);
    for (long txnSeq = 1; txnSeq <= history.newest(); txnSeq++) {
      if (txnSeq > 1) {
        checker.states.add(checker.after(txnSeq));
      }
      checker.compare(txnSeq);
    }
    history.records().forEach(checker::judge);
    return checker.verdict;
  }

  private static AssertionError wrong(Record record, String what) {
    return new AssertionError(what + "\n" + record);
  }

  private Tree state(long txnSeq) {
    return states.get(Math.toIntExact(txnSeq));
  }

  /** Returns the state after a transaction, of those who say, or may not say, that they are it. */
  private Tree after(long txnSeq) {
    List<Record> known =
        history.records().stream()
            .filter(each -> each.outcome().equals(new Committed(txnSeq)))
            .toList();
    List<Record> perhaps =
        history.records().stream()
            .filter(each -> each.outcome() instanceof Unknown unknown && txnSeq <= unknown.found())
            .filter(each -> each.begin() < txnSeq && !found.contains(each.number()))
            .toList();
    Optional<String> flaw = Optional.empty();
    for (int chosen = 0; chosen < 1 << perhaps.size(); chosen++) {
      List<Record> together = new ArrayList<>(known);
      for (int i = 0; i < perhaps.size(); i++) {
        if (((chosen >> i) & 1) == 1) {
          together.add(perhaps.get(i));
        }
      }
      Outcome outcome = together(together, txnSeq);
      if (outcome.flaw().isEmpty()) {
        together.stream().filter(perhaps::contains).forEach(each -> found.add(each.number()));
        verdict.count("found after a crash", Integer.bitCount(chosen));
        return outcome.tree();
      }
      flaw = flaw.or(outcome::flaw);
    }
    throw new AssertionError(flaw.orElseThrow());
  }

  private record Outcome(Tree tree, Optional<String> flaw) {
    static Outcome wrong(Record record, String flaw) {
      return new Outcome(Tree.EMPTY, Optional.of(flaw + "\n" + record));
    }
  }

  /** Plays transactions that the log has as one. */
  private Outcome together(List<Record> records, long txnSeq) {
    Tree before = state(txnSeq - 1);
    Tree tree = before;
    for (Record record : records) {
      if (record.begin() >= txnSeq) {
        return Outcome.wrong(record, "it became " + txnSeq);
      }
      Change change = played(record).change();
      Optional<String> conflict = change.conflict(tree);
      if (conflict.isPresent()) {
        return Outcome.wrong(record, "it became " + txnSeq + ", a " + conflict.get());
      }
      if (change.isEmpty()) {
        return Outcome.wrong(record, "it became " + txnSeq + ", though it changed nothing");
      }
      Tree next = change.on(tree);
      if (record.isolation() == Isolation.SERIALIZABLE) {
        Optional<String> unlike = unlike(record, tree, next);
        if (unlike.isPresent()) {
          return Outcome.wrong(record, "not serializable as " + txnSeq + ": " + unlike.get());
        }
      }
      tree = next;
    }
    String unexpected = difference(tree.picture(), history.picture(txnSeq));
    return unexpected.isEmpty()
        ? new Outcome(tree, Optional.empty())
        : new Outcome(tree, Optional.of("state " + txnSeq + ": " + unexpected + "\n" + records));
  }

  /** Returns how a transaction would have gone otherwise, had it been alone on {@code before}. */
  private static Optional<String> unlike(Record record, Tree before, Tree after) {
    Workings alone = new Workings(record.number(), before);
    for (Step step : record.steps().subList(0, record.asked())) {
      String answer = alone.answer(step.call());
      if (!answer.equals(step.answer())) {
        return Optional.of(step.call() + " -> " + answer);
      }
    }
    return alone.change().left().equals(after)
        ? Optional.empty()
        : Optional.of("it would have left something else");
  }

  /** Returns a transaction after its last call before the commit; it was answered as it must be. */
  private Workings played(Record record) {
    Workings known = played.get(record.number());
    if (known != null) {
      return known;
    }
    Workings workings = new Workings(record.number(), state(record.begin()));
    play(record, workings, 0, record.asked());
    played.put(record.number(), workings);
    return workings;
  }

  private void play(Record record, Workings workings, int from, int to) {
    for (Step step : record.steps().subList(from, to)) {
      String answer = workings.answer(step.call());
      if (!answer.equals(step.answer())) {
        throw wrong(record, "isolation: " + step.call() + " must give '" + answer + "'");
      }
      verdict.count(step.call().verb().reads() ? "reads" : "changes", 1);
    }
  }

  private static String difference(
      SortedMap<String, Held.Seen> expected, SortedMap<String, Held.Seen> actual) {
    for (Map.Entry<String, Held.Seen> each : expected.entrySet()) {
      Held.Seen there = actual.get(each.getKey());
      if (there == null || !there.what().equals(each.getValue().what())) {
        return each.getKey() + " is " + there + ", not " + each.getValue();
      }
    }
    return actual.keySet().stream()
        .filter(path -> !expected.containsKey(path))
        .findFirst()
        .map(path -> path + " is there")
        .orElse("");
  }

  /** A node is the same one in all states, and has one place in each. */
  private void compare(long txnSeq) {
    SortedMap<String, Held.Seen> expected = state(txnSeq).picture();
    SortedMap<String, Held.Seen> actual = history.picture(txnSeq);
    String difference = difference(expected, actual);
    if (!difference.isEmpty()) {
      throw new AssertionError("state " + txnSeq + ": " + difference);
    }
    actual.forEach(
        (path, seen) -> {
          Held.Seen model = Objects.requireNonNull(expected.get(path));
          String ours = "model " + model.node();
          String theirs = "pond " + seen.node();
          String known = nodes.putIfAbsent(ours, theirs);
          String back = nodes.putIfAbsent(theirs, ours);
          if (known != null && !known.equals(theirs) || back != null && !back.equals(ours)) {
            throw new AssertionError("state " + txnSeq + ": another node at " + path);
          }
        });
    state(txnSeq)
        .flaw()
        .ifPresent(
            flaw -> {
              throw new AssertionError("state " + txnSeq + ": " + flaw);
            });
  }

  /** What was never stored was isolated, too; and what was refused had to be. */
  private void judge(Record record) {
    Workings workings = played(record);
    Change change = workings.change();
    if (record.outcome() instanceof Committed committed) {
      verdict.count("committed " + record.isolation(), 1);
      Tree before = state(committed.txnSeq() - 1);
      if (record.isolation() == Isolation.SNAPSHOT
          && unlike(record, before, change.on(before)).isPresent()) {
        verdict.count("committed SNAPSHOT, of no serial order", 1);
      }
    } else if (record.outcome() instanceof Conflict conflict) {
      judge(record, change, conflict);
    } else if (record.outcome() instanceof History.Nothing && !change.isEmpty()) {
      throw wrong(record, "its changes were not committed");
    } else if (record.outcome() instanceof Unknown && !found.contains(record.number())) {
      verdict.count("not found after a crash", 1);
    }
    play(record, workings, record.asked(), record.steps().size());
  }

  private void judge(Record record, Change change, Conflict conflict) {
    for (long txnSeq = conflict.to(); txnSeq > record.begin(); txnSeq--) {
      Optional<String> reason = reason(record, change, state(txnSeq));
      if (reason.isPresent()) {
        boolean now = txnSeq >= conflict.from();
        String kind = reason.get().substring(0, reason.get().indexOf(':'));
        verdict.count(now ? "conflict, " + kind : "conflict, there and back", 1);
        return;
      }
    }
    throw wrong(record, "a conflict with nobody");
  }

  private Optional<String> reason(Record record, Change change, Tree committed) {
    Optional<String> reason = change.conflict(committed);
    if (reason.isPresent() || record.isolation() == Isolation.SNAPSHOT) {
      return reason;
    }
    Optional<String> read =
        played(record)
            .reads()
            .changed(state(record.begin()), committed, Reads.Looks.NAMES_AND_LISTINGS);
    boolean visible = unlike(record, committed, change.on(committed)).isPresent();
    return read.map(what -> (visible ? "read otherwise: " : "read alike: ") + what);
  }
}
