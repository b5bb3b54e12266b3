package io.duckpond.journal.disk;

import java.lang.ref.WeakReference;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * What a program takes from the machine it runs on: files, time, randomness and threads. A
 * simulation supplies all four from one seed, and so replays a whole run.
 *
 * @param random safe for many threads
 */
public record Machine(Disk disk, Clock clock, RandomGenerator random, Threads threads) {
  private static final long IDLE_SECONDS = 5;

  /** Makes pools of threads, and lets threads wait for each other. */
  @FunctionalInterface
  public interface Threads {
    /**
     * Returns a pool of up to {@code size} threads that are made when first needed, end when idle,
     * and do not keep the JVM. Whoever asked for it shuts it down.
     *
     * @param name what its threads are called, before their number
     */
    ExecutorService pool(String name, int size);

    /** Returns how many tasks are worth running at a time. */
    default int cores() {
      return Runtime.getRuntime().availableProcessors();
    }

    /** Lets about {@code time} pass, or less if the thread is interrupted. */
    default void pause(Duration time) {
      LockSupport.parkNanos(time.toNanos());
    }

    /** Runs a task about {@code time} from now, on some thread that it must not hold up. */
    default void later(Duration time, Runnable task) {
      CompletableFuture.delayedExecutor(time.toNanos(), TimeUnit.NANOSECONDS, Runnable::run)
          .execute(task);
    }

    /**
     * Returns a reference that is emptied some time after nobody holds {@code value} any more. When
     * is for the garbage collector to say, a thread like others: in a simulation, never.
     */
    default <T> Supplier<@Nullable T> weakly(T value) {
      return new WeakReference<>(value)::get;
    }

    /**
     * Waits as {@link CompletableFuture#join} does, and fails as it does. A simulation, which has
     * one thread for all, runs meanwhile what others have to do.
     */
    default <T> T join(CompletableFuture<T> future) {
      return future.join();
    }
  }

  /** Returns the machine that this JVM runs on. */
  public static Machine real() {
    return with(new RealDisk());
  }

  /** Returns the machine that this JVM runs on, with another disk. */
  public static Machine with(Disk disk) {
    return new Machine(disk, Clock.systemUTC(), new SecureRandom(), Machine::daemons);
  }

  /** Returns a fresh random UUID in its usual text form. */
  public String uuid() {
    long version4 = random.nextLong() & ~0xf000L | 0x4000L;
    long variant2 = random.nextLong() >>> 2 | 1L << 63;
    return new UUID(version4, variant2).toString();
  }

  private static ExecutorService daemons(String name, int size) {
    AtomicInteger number = new AtomicInteger();
    ThreadPoolExecutor pool =
        new ThreadPoolExecutor(
            size,
            size,
            IDLE_SECONDS,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(),
            task -> {
              Thread thread = new Thread(task, name + "-" + number.incrementAndGet());
              thread.setDaemon(true);
              return thread;
            });
    pool.allowCoreThreadTimeOut(true);
    return pool;
  }
}
