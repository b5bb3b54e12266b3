package io.duckpond.transaction;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Deque;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.function.BiPredicate;

/**
 * Says which transaction may run now. One that touches a directory of an unfinished transaction
 * waits, and so does whoever comes after it for the same directory: first in, first out. One that
 * runs alone waits for all to finish, and nobody passes it. The rest overlap.
 *
 * @param <T> a transaction
 * @param <D> a directory
 */
final class Admission<T, D> {

  private record Waiting<T, D>(T transaction, Set<D> touched, boolean alone) {}

  private static final int MAX_JOINED = 1000;

  private final Deque<Waiting<T, D>> waiting = new ArrayDeque<>();
  private final Set<D> busy = new HashSet<>();
  private int running;
  private boolean aloneRuns;

  /** Takes a transaction in at the end of the queue. */
  void enqueue(T transaction, Collection<D> touched, boolean alone) {
    waiting.addLast(new Waiting<>(transaction, Set.copyOf(touched), alone));
  }

  /**
   * Returns those that may start now, in order, as running: each alone, or with those behind it for
   * the same directories that {@code joins} lets run with it as one.
   */
  List<List<T>> start(BiPredicate<T, T> joins) {
    List<List<T>> started = new ArrayList<>();
    Set<D> taken = new HashSet<>(busy);
    Iterator<Waiting<T, D>> queue = waiting.iterator();
    boolean first = true;
    while (queue.hasNext() && !aloneRuns) {
      Waiting<T, D> next = queue.next();
      if (next.alone() && !(first && running == 0)) {
        break;
      }
      if (Collections.disjoint(taken, next.touched())) {
        queue.remove();
        busy.addAll(next.touched());
        running++;
        aloneRuns = next.alone();
        started.add(new ArrayList<>(List.of(next.transaction())));
      } else {
        first = false;
      }
      taken.addAll(next.touched());
    }
    started.forEach(group -> join(group, joins));
    return started;
  }

  /** Adds who may run with the group, until somebody else is before them. */
  private void join(List<T> group, BiPredicate<T, T> joins) {
    Set<D> touched = new HashSet<>();
    Iterator<Waiting<T, D>> queue = waiting.iterator();
    while (queue.hasNext() && group.size() < MAX_JOINED) {
      Waiting<T, D> next = queue.next();
      if (next.alone()) {
        return;
      }
      if (Collections.disjoint(touched, next.touched())
          && joins.test(group.get(0), next.transaction())) {
        queue.remove();
        group.add(next.transaction());
      } else {
        touched.addAll(next.touched());
      }
    }
  }

  /** Lets those go on who waited for a running transaction. */
  void finish(Collection<D> touched) {
    busy.removeAll(Set.copyOf(touched));
    running--;
    aloneRuns = false;
  }

  /** Returns how many wait. */
  int waiting() {
    return waiting.size();
  }

  /** Returns how many run. */
  int running() {
    return running;
  }
}
