package io.duckpond.node;

import io.duckpond.journal.disk.Machine;
import java.time.Clock;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/**
 * Makes node ids: UUIDv7, strictly increasing within one generator even if the clock stands still
 * or runs backwards. Any thread.
 *
 * <p>48 bits of milliseconds, then 12 bits that count within the millisecond from a random start,
 * then 62 random bits.
 */
public final class NodeIds implements Supplier<NodeId> {

  private static final long VERSION = 0x7000L;
  private static final long VARIANT = 0x8000_0000_0000_0000L;
  private static final int COUNTER_BITS = 12;
  private static final long COUNTER_MASK = (1L << COUNTER_BITS) - 1;

  private final Clock clock;
  private final RandomGenerator random;
  private long millis;
  private long counter;

  /** A generator that takes time and randomness from where the caller says. */
  public NodeIds(Clock clock, RandomGenerator random) {
    this.clock = clock;
    this.random = random;
  }

  /** Returns a generator on a machine's clock and randomness. */
  public static NodeIds of(Machine machine) {
    return new NodeIds(machine.clock(), machine.random());
  }

  /** Returns the next id. */
  public NodeId next() {
    long bits = random.nextLong();
    synchronized (this) {
      long now = clock.millis();
      if (now > millis) {
        millis = now;
        // The upper half of the counter stays free, for the ids to come in this millisecond.
        counter = random.nextLong() & (COUNTER_MASK >>> 1);
      } else if (++counter > COUNTER_MASK) {
        millis++;
        counter = 0;
      }
      return new NodeId(millis << 16 | VERSION | counter, VARIANT | bits >>> 2);
    }
  }

  @Override
  public NodeId get() {
    return next();
  }
}
