package io.duckpond.journal.table;

import io.duckpond.journal.disk.Machine;
import io.duckpond.journal.disk.Stopwatch;
import java.io.IOException;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/**
 * The upkeep that commits give rise to again and again: one piece at a time, its kinds in turn, and
 * with a rest after each, so that it takes but a part of the time while commits go on. What is
 * wanted meanwhile is done once for all. Too much of it is urgent, and done without a rest. Any
 * thread.
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
    boolean now = hurried > 0 || wanted.values().stream().anyMatch(Wanted::urgent);
    Duration rest = now ? Duration.ZERO : pace.left();
    if (!rest.isZero()) {
      rest(rest);
      return;
    }
    Map.Entry<Kind, Wanted> next = next();
    Kind kind = next.getKey();
    Piece piece = next.getValue().piece();
    wanted.remove(kind);
    last = Optional.of(kind);
    underWay = true;
    starter.start(kind.what, () -> run(piece));
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

  private Map.Entry<Kind, Wanted> next() {
    return wanted.entrySet().stream()
        .filter(entry -> !last.equals(Optional.of(entry.getKey())))
        .findFirst()
        .orElseGet(() -> wanted.entrySet().iterator().next());
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
