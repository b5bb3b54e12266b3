package io.duckpond.journal.metrics;

import io.duckpond.journal.commit.CommitQueue;
import io.duckpond.journal.commit.JournalObserver;
import io.duckpond.journal.disk.JournalException;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Metrics;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.List;

/**
 * One journal's meters, all tagged {@code plugin} with the path of its section. Any thread.
 *
 * <pre>
 *   delta.journal.flush             timer: encoding, writing and syncing of a flush
 *   delta.journal.transactions      counter: durable transactions
 *   delta.journal.rows              counter: durable rows of events and attachments
 *   delta.journal.bytes             counter: their bytes
 *   delta.journal.flush.failures    counter, by {@code outcome}: not stored, or unknown
 *   delta.journal.replay            timer: recoveries of one persistence id
 *   delta.journal.pending           gauge: bytes of rows that wait or are held
 *   delta.journal.table.files       gauge: data files that the table lists
 *   delta.journal.table.size        gauge: bytes of those
 *   delta.journal.table.version     gauge: the Delta version of the last flush
 * </pre>
 */
public final class MicrometerMetrics implements JournalObserver, AutoCloseable {
  private static final String PREFIX = "delta.journal.";

  private final MeterRegistry registry;
  private volatile Flushed last = new Flushed(0, 0, 0, 0, Duration.ZERO, 0, 0);
  private final Timer flush;
  private final Counter transactions;
  private final Counter rows;
  private final Counter bytes;
  private final Counter refused;
  private final Counter unknown;
  private final Timer replay;
  private final List<Meter> meters;

  private MicrometerMetrics(MeterRegistry registry, String plugin, CommitQueue queue) {
    this.registry = registry;
    this.flush = Timer.builder(PREFIX + "flush").tag("plugin", plugin).register(registry);
    this.transactions = counter(plugin, "transactions", "transactions");
    this.rows = counter(plugin, "rows", "rows");
    this.bytes = counter(plugin, "bytes", "bytes");
    this.refused = failures(plugin, "not stored");
    this.unknown = failures(plugin, "unknown");
    this.replay = Timer.builder(PREFIX + "replay").tag("plugin", plugin).register(registry);
    Gauge pending =
        Gauge.builder(PREFIX + "pending", queue, CommitQueue::pendingBytes)
            .tag("plugin", plugin)
            .baseUnit("bytes")
            .register(registry);
    Gauge files =
        Gauge.builder(PREFIX + "table.files", () -> last.files())
            .tag("plugin", plugin)
            .register(registry);
    Gauge size =
        Gauge.builder(PREFIX + "table.size", () -> last.tableBytes())
            .tag("plugin", plugin)
            .baseUnit("bytes")
            .register(registry);
    Gauge version =
        Gauge.builder(PREFIX + "table.version", () -> last.version())
            .tag("plugin", plugin)
            .register(registry);
    this.meters =
        List.of(
            flush,
            transactions,
            rows,
            bytes,
            refused,
            unknown,
            replay,
            pending,
            files,
            size,
            version);
  }

  /**
   * Counts what a queue does in a registry, until it is closed.
   *
   * @param plugin path of the journal's section
   */
  public static MicrometerMetrics of(MeterRegistry registry, String plugin, CommitQueue queue) {
    MicrometerMetrics metrics = new MicrometerMetrics(registry, plugin, queue);
    queue.observe(metrics);
    return metrics;
  }

  /** The same in Micrometer's global registry, to which an application adds its own. */
  public static MicrometerMetrics inGlobalRegistry(String plugin, CommitQueue queue) {
    return of(Metrics.globalRegistry, plugin, queue);
  }

  private Counter counter(String plugin, String name, String unit) {
    return Counter.builder(PREFIX + name).tag("plugin", plugin).baseUnit(unit).register(registry);
  }

  private Counter failures(String plugin, String outcome) {
    return Counter.builder(PREFIX + "flush.failures")
        .tag("plugin", plugin)
        .tag("outcome", outcome)
        .register(registry);
  }

  @Override
  public void flushed(Flushed flushed) {
    flush.record(flushed.took());
    transactions.increment(flushed.transactions());
    rows.increment(flushed.rows());
    bytes.increment(flushed.bytes());
    last = flushed;
  }

  @Override
  public void failed(Throwable failure) {
    boolean known = failure instanceof JournalException told && !told.outcomeUnknown();
    (known ? refused : unknown).increment();
  }

  @Override
  public void replayed(Duration took) {
    replay.record(took);
  }

  /** Takes the meters out of the registry. */
  @Override
  public void close() {
    meters.forEach(registry::remove);
  }
}
