package io.duckpond.transaction;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiPredicate;

/**
 * Says which transaction may run now. One that touches a directory of an unfinished transaction
 * waits, and so does whoever comes after it for the same directory: first in, first out. What a
 * transaction only relies on, others may rely on too, but nobody touches it until it is finished.
 * One that runs alone waits for all to finish, and nobody passes it. The rest overlap.
 *
 * @param <T> a transaction
 * @param <D> a directory
 */
final class Admission<T, D> {

  private record Waiting<T, D>(T transaction, Set<D> touched, Set<D> reliedOn, boolean alone) {
    boolean goesWith(Set<D> othersTouch, Set<D> othersRelyOn) {
      return Collections.disjoint(othersTouch, touched)
          && Collections.disjoint(othersTouch, reliedOn)
          && Collections.disjoint(othersRelyOn, touched);
    }
  }

  private static final int MAX_JOINED = 1000;

  private final Deque<Waiting<T, D>> waiting = new ArrayDeque<>();
  private final Set<D> busy = new HashSet<>();

  /** How many running transactions rely on a directory. */
  private final Map<D, Integer> reliedOn = new HashMap<>();

  private int running;
  private boolean aloneRuns;

  /** Takes a transaction in at the end of the queue. */
  void enqueue(T transaction, Collection<D> touched, boolean alone) {
    enqueue(transaction, touched, Set.of(), alone);
  }

  /** The same of one that relies on {@code directories} not to change while it runs. */
  void enqueue(T transaction, Collection<D> touched, Set<D> directories, boolean alone) {
    waiting.addLast(new Waiting<>(transaction, Set.copyOf(touched), directories, alone));
  }

  /**
   * Returns those that may start now, in order, as running: each alone, or with those behind it for
   * the same directories that {@code joins} lets run with it as one.
   */
  List<List<T>> start(BiPredicate<T, T> joins) {
    List<List<T>> started = new ArrayList<>();
    Set<D> taken = new HashSet<>(busy);
    Set<D> held = new HashSet<>(reliedOn.keySet());
    Iterator<Waiting<T, D>> queue = waiting.iterator();
    boolean first = true;
    while (queue.hasNext() && !aloneRuns) {
      Waiting<T, D> next = queue.next();
      if (next.alone() && !(first && running == 0)) {
        break;
      }
      if (next.goesWith(taken, held)) {
        queue.remove();
        busy.addAll(next.touched());
        next.reliedOn().forEach(directory -> reliedOn.merge(directory, 1, Integer::sum));
        running++;
        aloneRuns = next.alone();
        started.add(new ArrayList<>(List.of(next.transaction())));
      } else {
        first = false;
      }
      taken.addAll(next.touched());
      held.addAll(next.reliedOn());
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
        touched.addAll(next.reliedOn());
      }
    }
  }

  /** Lets those go on who waited for a running transaction. */
  void finish(Collection<D> touched) {
    finish(touched, Set.of());
  }

  /** The same of one that relied on {@code directories}. */
  void finish(Collection<D> touched, Set<D> directories) {
    directories.forEach(
        directory -> reliedOn.computeIfPresent(directory, (key, n) -> n == 1 ? null : n - 1));
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
