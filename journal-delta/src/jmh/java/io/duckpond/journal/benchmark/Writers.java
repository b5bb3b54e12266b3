package io.duckpond.journal.benchmark;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;

/** Many writers, each of which waits for its event to be durable before it writes the next. */
final class Writers {

  /** Makes an event of a writer durable on the thread that calls it. */
  @FunctionalInterface
  interface Blocking {
    void write(int writer, long event) throws Exception;
  }

  /** Begins to make an event of a writer durable. */
  @FunctionalInterface
  interface Asynchronous {
    CompletableFuture<?> write(int writer, long event);
  }

  private Writers() {}

  /** Returns the events that became durable in a second, with a thread for each writer. */
  static double threadsEventsPerSecond(int writers, Duration time, Blocking write)
      throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(writers);
    LongAdder events = new LongAdder();
    CountDownLatch begin = new CountDownLatch(1);
    long[] end = {Long.MAX_VALUE};
    List<Future<?>> all = new ArrayList<>();
    for (int i = 0; i < writers; i++) {
      int writer = i;
      all.add(
          threads.submit(
              () -> {
                begin.await();
                for (long event = 0; System.nanoTime() < end[0]; event++) {
                  write.write(writer, event);
                  events.increment();
                }
                return null;
              }));
    }
    long start = System.nanoTime();
    end[0] = start + time.toNanos();
    begin.countDown();
    for (Future<?> thread : all) {
      thread.get();
    }
    double seconds = (System.nanoTime() - start) / 1e9;
    threads.shutdown();
    threads.awaitTermination(1, TimeUnit.MINUTES);
    return events.sum() / seconds;
  }

  /** Returns the same, where no thread waits. */
  static double eventsPerSecond(int writers, Duration time, Asynchronous write) throws Exception {
    LongAdder events = new LongAdder();
    long start = System.nanoTime();
    long end = start + time.toNanos();
    List<CompletableFuture<Void>> all = new ArrayList<>();
    for (int i = 0; i < writers; i++) {
      CompletableFuture<Void> done = new CompletableFuture<>();
      all.add(done);
      next(i, 0, end, write, events, done);
    }
    CompletableFuture.allOf(all.toArray(CompletableFuture[]::new)).get(5, TimeUnit.MINUTES);
    return events.sum() / ((System.nanoTime() - start) / 1e9);
  }

  private static void next(
      int writer,
      long event,
      long end,
      Asynchronous write,
      LongAdder events,
      CompletableFuture<Void> done) {
    CompletableFuture<?> unused =
        write
            .write(writer, event)
            .whenComplete(
                (written, failure) -> {
                  if (failure != null) {
                    done.completeExceptionally(failure);
                    return;
                  }
                  events.increment();
                  if (System.nanoTime() < end) {
                    next(writer, event + 1, end, write, events, done);
                  } else {
                    done.complete(null);
                  }
                });
  }
}
