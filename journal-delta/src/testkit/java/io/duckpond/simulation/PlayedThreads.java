package io.duckpond.simulation;

import io.duckpond.journal.disk.Machine;
import io.duckpond.journal.disk.SimulatedDisk;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.PriorityQueue;
import java.util.SplittableRandom;
import java.util.concurrent.AbstractExecutorService;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * All threads of a simulation, played by the one that runs it: a seed says which of the tasks that
 * could run is next, and time passes only here. The same seed plays the same run.
 *
 * <p>Whoever waits lets others run meanwhile. If all wait and nothing is due ever again, waiting
 * fails instead of hanging. For one thread.
 */
public final class PlayedThreads implements Machine.Threads {
  private static final int CORES = 2;
  private static final long LONGEST_TASK_NANOS = 2_000_000;

  /** Nobody waits that long: what still fires by then only repeats itself. */
  private static final Duration PATIENCE = Duration.ofDays(1);

  private final RandomGenerator random;
  private final List<Pool> pools = new ArrayList<>();
  private final PriorityQueue<Alarm> alarms =
      new PriorityQueue<>(
          Comparator.comparingLong((Alarm alarm) -> alarm.dueNanos)
              .thenComparingLong(alarm -> alarm.number));
  private final List<Throwable> uncaught = new ArrayList<>();
  private Instant start;
  private long nanos;
  private long steps;
  private long alarmsSet;

  /** Threads of whom a seed says when they run, from an instant on. */
  public PlayedThreads(long seed, Instant start) {
    this.random = new SplittableRandom(seed);
    this.start = start;
  }

  /** A task that is to run later. */
  private final class Alarm {
    final long dueNanos;
    final long number = alarmsSet++;
    final Runnable task;

    Alarm(long dueNanos, Runnable task) {
      this.dueNanos = dueNanos;
      this.task = task;
    }
  }

  /** Takes back a task that is to run later. */
  @FunctionalInterface
  public interface Cancellation {
    /** Returns false if it has run, or was taken back before. */
    boolean cancel();
  }

  @Override
  public ExecutorService pool(String name, int size) {
    Pool pool = new Pool(name, size);
    pools.add(pool);
    return pool;
  }

  @Override
  public int cores() {
    return CORES;
  }

  @Override
  public <T> Supplier<@Nullable T> weakly(T value) {
    return () -> value;
  }

  @Override
  public void pause(Duration time) {
    CompletableFuture<Void> over = new CompletableFuture<>();
    after(time, () -> over.complete(null));
    join(over);
  }

  @Override
  public void later(Duration time, Runnable task) {
    Cancellation unused = after(time, task);
  }

  @Override
  public <T> T join(CompletableFuture<T> future) {
    runUntil(future::isDone);
    return future.join();
  }

  /** Returns the time in the simulation. */
  public Clock clock() {
    return new Clock() {
      @Override
      public ZoneId getZone() {
        return ZoneOffset.UTC;
      }

      @Override
      public Clock withZone(ZoneId zone) {
        return Clock.fixed(instant(), zone);
      }

      @Override
      public Instant instant() {
        return start.plusNanos(nanos);
      }
    };
  }

  /** Sets the clock forwards, or backwards; nobody's waiting gets shorter or longer by it. */
  public void setClock(Instant now) {
    start = now.minusNanos(nanos);
  }

  /** Runs a task on this thread once {@code delay} is over and all others wait. */
  public Cancellation after(Duration delay, Runnable task) {
    Alarm alarm = new Alarm(nanos + Math.max(0, delay.toNanos()), task);
    alarms.add(alarm);
    return () -> alarms.remove(alarm);
  }

  /** Returns how many tasks have run. */
  public long steps() {
    return steps;
  }

  /** Returns what tasks threw that nobody else was told of. */
  public List<Throwable> uncaught() {
    return List.copyOf(uncaught);
  }

  /** Runs what can run now; no time passes but that of the tasks. */
  public void runAll() {
    while (runNext()) {}
  }

  /** Runs up to {@code most} tasks. */
  public void run(int most) {
    for (int i = 0; i < most && runNext(); i++) {}
  }

  /** Runs one of the tasks that can run; false if there is none. */
  public boolean runNext() {
    while (!alarms.isEmpty() && alarms.element().dueNanos <= nanos) {
      run(alarms.remove().task);
    }
    int ready = pools.stream().mapToInt(Pool::ready).sum();
    if (ready == 0) {
      return false;
    }
    int chosen = random.nextInt(ready);
    for (Pool pool : pools) {
      if (chosen < pool.ready()) {
        pool.runOne(chosen);
        return true;
      }
      chosen -= pool.ready();
    }
    throw new IllegalStateException("a ready task has vanished");
  }

  private void runUntil(BooleanSupplier done) {
    long limit = nanos + PATIENCE.toNanos();
    while (!done.getAsBoolean()) {
      if (!runNext()) {
        if (alarms.isEmpty() || alarms.element().dueNanos > limit) {
          throw new IllegalStateException("all wait, and nothing is going to happen: " + pools);
        }
        nanos = alarms.element().dueNanos;
      }
    }
  }

  private void run(Runnable task) {
    steps++;
    nanos += random.nextLong(LONGEST_TASK_NANOS);
    try {
      task.run();
    } catch (SimulatedDisk.ProcessEnded e) {
      // The process has ended; what its threads did last is of no interest.
      return;
    } catch (RuntimeException | Error e) {
      uncaught.add(e);
    }
  }

  /** Tasks in the order of their arrival, of which as many as there are threads can be next. */
  private final class Pool extends AbstractExecutorService {
    private final String name;
    private final int size;
    private final Deque<Runnable> queue = new ArrayDeque<>();
    private int running;
    private boolean shutdown;

    Pool(String name, int size) {
      this.name = name;
      this.size = size;
    }

    /** A thread that waits, and plays others meanwhile, is still taken. */
    int ready() {
      return Math.min(queue.size(), size - running);
    }

    void runOne(int index) {
      Deque<Runnable> before = new ArrayDeque<>();
      for (int i = 0; i < index; i++) {
        before.push(queue.remove());
      }
      Runnable task = queue.remove();
      before.forEach(queue::addFirst);
      running++;
      try {
        run(task);
      } finally {
        running--;
      }
      forgetIfOver();
    }

    private void forgetIfOver() {
      if (isTerminated()) {
        pools.remove(this);
      }
    }

    @Override
    public void execute(Runnable task) {
      if (shutdown) {
        throw new RejectedExecutionException(name + " is shut down");
      }
      queue.add(task);
    }

    @Override
    public void shutdown() {
      shutdown = true;
      forgetIfOver();
    }

    @Override
    public List<Runnable> shutdownNow() {
      List<Runnable> left = List.copyOf(queue);
      queue.clear();
      shutdown();
      return left;
    }

    @Override
    public boolean isShutdown() {
      return shutdown;
    }

    @Override
    public boolean isTerminated() {
      return shutdown && running == 0 && queue.isEmpty();
    }

    @Override
    public boolean awaitTermination(long timeout, TimeUnit unit) {
      runUntil(this::isTerminated);
      return true;
    }

    @Override
    public String toString() {
      return name + " (" + queue.size() + " wait, " + running + " of " + size + " run)";
    }
  }
}
