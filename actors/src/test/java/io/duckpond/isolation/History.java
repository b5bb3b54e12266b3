package io.duckpond.isolation;

import io.duckpond.Isolation;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** What clients asked of a pond and were told, and how the pond looked after each transaction. */
final class History {
  private final List<Record> records = new ArrayList<>();
  private final SortedMap<Long, SortedMap<String, Held.Seen>> pictures = new TreeMap<>();

  /** A call, and what was answered. */
  record Step(Call call, String answer) {}

  /** What became of a transaction. */
  sealed interface Outcome {}

  /** It is the transaction of this number, or a part of it. */
  record Committed(long txnSeq) implements Outcome {}

  /** Its commit found nothing to commit. */
  record Nothing() implements Outcome {}

  /**
   * Its commit was refused.
   *
   * @param from the newest transaction when it was asked for
   * @param to the newest transaction when the answer was there
   */
  record Conflict(long from, long to) implements Outcome {}

  /** It was never to be committed, or its process ended before. */
  record Dropped() implements Outcome {}

  /**
   * Its process ended between the question and the answer.
   *
   * @param found the newest transaction of the process that came next
   */
  record Unknown(long found) implements Outcome {}

  /**
   * A transaction.
   *
   * @param number no other one's
   * @param begin the transaction whose state it began on
   * @param steps in their order
   * @param asked how many of the steps were before the commit was asked for
   */
  record Record(
      long number, Isolation isolation, long begin, List<Step> steps, int asked, Outcome outcome) {
    Record {
      steps = List.copyOf(steps);
    }

    @Override
    public String toString() {
      StringBuilder text = new StringBuilder();
      text.append("transaction ").append(number).append(' ').append(isolation);
      text.append(" on ").append(begin).append(": ").append(outcome).append('\n');
      for (int i = 0; i < steps.size(); i++) {
        text.append(i == asked ? "  commit\n" : "").append("  ").append(steps.get(i).call());
        text.append(" -> ").append(steps.get(i).answer().replace("\n", ", ")).append('\n');
      }
      return text.toString();
    }
  }

  /** Adds what became of a transaction. */
  void add(Record record) {
    records.add(record);
  }

  /**
   * Adds how everything looked after a transaction.
   *
   * @throws AssertionError if it looked otherwise before
   */
  void look(long txnSeq, SortedMap<String, Held.Seen> picture) {
    SortedMap<String, Held.Seen> before = pictures.putIfAbsent(txnSeq, picture);
    if (before != null && !before.equals(picture)) {
      throw new AssertionError(
          "the past has changed: state " + txnSeq + " was " + before + " and is " + picture);
    }
  }

  /** Returns the newest state that somebody has seen. */
  long newest() {
    return pictures.isEmpty() ? 0 : pictures.lastKey();
  }

  boolean hasSeen(long txnSeq) {
    return pictures.containsKey(txnSeq);
  }

  SortedMap<String, Held.Seen> picture(long txnSeq) {
    SortedMap<String, Held.Seen> picture = pictures.get(txnSeq);
    if (picture == null) {
      throw new AssertionError("nobody has seen state " + txnSeq);
    }
    return picture;
  }

  List<Record> records() {
    return List.copyOf(records);
  }

  @Override
  public String toString() {
    StringBuilder text = new StringBuilder();
    records.forEach(text::append);
    return text.toString();
  }
}
