package io.duckpond;

import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A pond's own threads, in groups so that a caller that waits for a commit can never keep the
 * commit from running, nor its answer from arriving. They are made when first needed, end when
 * idle, and do not keep the JVM.
 */
final class Threads implements AutoCloseable {
  private static final long IDLE_SECONDS = 5;

  /** Syncs at a time: a disk does several at little more than the price of one. */
  private static final int SYNCS = 8;

  private final int cores = Runtime.getRuntime().availableProcessors();
  private final ThreadPoolExecutor callers = pool("pond-caller-", Math.max(4, 2 * cores));
  private final ThreadPoolExecutor replies = pool("pond-reply-", 2);
  private final ThreadPoolExecutor work = pool("pond-work-", Math.max(4, cores));

  private final ThreadPoolExecutor contents = pool("pond-content-", Math.max(SYNCS, cores));

  /** Runs functions of the pond's users. */
  Executor callers() {
    return callers;
  }

  /** Completes the futures of the pond's users, and runs what depends on them. */
  Executor replies() {
    return replies;
  }

  /** Runs what the pond itself does and what may wait for a disk; never waits for a caller. */
  Executor work() {
    return work;
  }

  /** Syncs and hashes contents beside whoever brings them. */
  Executor contents() {
    return contents;
  }

  /** Returns how many tasks of one scan run at a time. */
  int parallelism() {
    return cores;
  }

  private static ThreadPoolExecutor pool(String prefix, int size) {
    AtomicInteger number = new AtomicInteger();
    ThreadPoolExecutor pool =
        new ThreadPoolExecutor(
            size,
            size,
            IDLE_SECONDS,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(),
            task -> {
              Thread thread = new Thread(task, prefix + number.incrementAndGet());
              thread.setDaemon(true);
              return thread;
            });
    pool.allowCoreThreadTimeOut(true);
    return pool;
  }

  @Override
  public void close() {
    callers.shutdown();
    replies.shutdown();
    work.shutdown();
    contents.shutdown();
  }
}
