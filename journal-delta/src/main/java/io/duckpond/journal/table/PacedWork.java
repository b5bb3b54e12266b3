package io.duckpond.journal.table;

import io.duckpond.journal.disk.Machine;
import io.duckpond.journal.disk.Stopwatch;
import java.io.IOException;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The upkeep that commits give rise to again and again: one piece at a time, its kinds in turn, and
 * with a rest after each, so that it takes but a part of the time while commits go on. What is
 * wanted meanwhile is done once for all. A kind of which there is too much is urgent, and does not
 * wait for the rest; the others do. Any thread.
 */
final class PacedWork {
  private final Machine machine;
  private final Starter starter;
  private final Pace pace;
  private final Map<Kind, Wanted> wanted = new EnumMap<>(Kind.class);
  private Optional<Kind> last = Optional.empty();
  private boolean underWay;
  private boolean resting;
  private int hurried;

  /** What is done in pieces. */
  enum Kind {
    CHECKPOINT("a checkpoint"),
    MERGE("merging data files");

    private final String what;

    Kind(String what) {
      this.what = what;
    }
  }

  /** One piece of work; it may want the next. */
  interface Piece {
    void run() throws IOException;
  }

  /** Has a piece run on the thread of upkeep. */
  interface Starter {
    void start(String what, Piece piece);
  }

  private record Wanted(Piece piece, boolean urgent) {}

  PacedWork(Machine machine, Starter starter) {
    this.machine = machine;
    this.starter = starter;
    this.pace = new Pace(machine.clock());
  }

  /** Has a piece of work done when its turn comes, instead of one of its kind that still waits. */
  synchronized void want(Kind kind, boolean urgent, Piece piece) {
    wanted.put(kind, new Wanted(piece, urgent));
    look();
  }

  /** Has all that is wanted done without a rest, until as many times {@link #calm} is called. */
  synchronized void hurry() {
    hurried++;
    look();
  }

  /** Ends that hurry. */
  synchronized void calm() {
    hurried--;
  }

  private void look() {
    if (underWay || wanted.isEmpty()) {
      return;
    }
    Duration rest = hurried > 0 ? Duration.ZERO : pace.left();
    Optional<Kind> next = next(rest.isZero());
    if (next.isEmpty()) {
      rest(rest);
      return;
    }
    Kind kind = next.get();
    Wanted now = wanted.remove(kind);
    last = next;
    underWay = true;
    starter.start(kind.what, () -> run(now.piece()));
  }

  private void rest(Duration rest) {
    if (!resting) {
      resting = true;
      machine.threads().later(rest, this::rested);
    }
  }

  private synchronized void rested() {
    resting = false;
    look();
  }

  /** Returns the kind whose turn it is, of those that are urgent if the rest is not over. */
  private Optional<Kind> next(boolean restIsOver) {
    List<Kind> ready =
        wanted.entrySet().stream()
            .filter(entry -> restIsOver || entry.getValue().urgent())
            .map(Map.Entry::getKey)
            .toList();
    return ready.stream()
        .filter(kind -> !last.equals(Optional.of(kind)))
        .findFirst()
        .or(() -> ready.stream().findFirst());
  }

  private void run(Piece piece) throws IOException {
    Stopwatch stopwatch = Stopwatch.start(machine.clock());
    try {
      piece.run();
    } finally {
      ended(stopwatch.elapsed());
    }
  }

  private synchronized void ended(Duration took) {
    pace.worked(took);
    underWay = false;
    look();
  }
}
