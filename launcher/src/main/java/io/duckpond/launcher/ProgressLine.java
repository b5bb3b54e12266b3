package io.duckpond.launcher;

import io.duckpond.Progress;
import io.duckpond.launcher.render.Sizes;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Shows how far a long operation is, on one line of a terminal; elsewhere it says nothing. An
 * interrupted run ends here.
 */
public final class ProgressLine implements Progress, AutoCloseable {
  private static final long INTERVAL_NANOS = 100_000_000L;

  private final Console console;

  /** What is shown is cleared even if the run is interrupted. */
  private final Optional<Interruption.Section> shown;

  private final AtomicLong nextNanos = new AtomicLong(System.nanoTime() + INTERVAL_NANOS);

  /** A line below what {@code console} shows. */
  public ProgressLine(Console console) {
    this.console = console;
    this.shown = console.showsProgress() ? Optional.of(Interruption.section()) : Optional.empty();
  }

  @Override
  public void at(String what, long items, long bytes) {
    Interruption.check();
    if (!console.showsProgress()) {
      return;
    }
    long now = System.nanoTime();
    long due = nextNanos.get();
    if (now - due >= 0 && nextNanos.compareAndSet(due, now + INTERVAL_NANOS)) {
      console.transientLine(what + " " + items + ", " + Sizes.bytes(bytes));
    }
  }

  /** Clears the line. */
  @Override
  public void close() {
    console.transientLine("");
    shown.ifPresent(Interruption.Section::close);
  }
}
