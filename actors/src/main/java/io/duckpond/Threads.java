package io.duckpond;

import io.duckpond.journal.disk.Machine;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;

/**
 * A pond's own threads, in groups so that a caller that waits for a commit can never keep the
 * commit from running, nor its answer from arriving.
 */
final class Threads implements AutoCloseable {
  /** Syncs at a time: a disk does several at little more than the price of one. */
  private static final int SYNCS = 8;

  private final Machine.Threads machine;
  private final int cores;
  private final ExecutorService callers;
  private final ExecutorService replies;
  private final ExecutorService work;
  private final ExecutorService contents;
  private final ExecutorService snapshots;
  private final ExecutorService feed;

  Threads(Machine.Threads threads) {
    this.machine = threads;
    this.cores = threads.cores();
    this.callers = threads.pool("pond-caller", Math.max(4, 2 * cores));
    this.replies = threads.pool("pond-reply", 2);
    this.work = threads.pool("pond-work", Math.max(4, cores));
    this.contents = threads.pool("pond-content", Math.max(SYNCS, cores));
    this.snapshots = threads.pool("pond-snapshot", 1);
    this.feed = threads.pool("pond-feed", 1);
  }

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

  /** Writes snapshots of directories, beside all else. */
  Executor snapshots() {
    return snapshots;
  }

  /** Lets time pass for those who follow other processes' commits. */
  Executor feed() {
    return feed;
  }

  /** Waits for a future; throws what it failed with. */
  <T> T await(CompletableFuture<T> future) throws IOException {
    return Stages.await(future, machine);
  }

  /** Returns how many tasks of one scan run at a time. */
  int parallelism() {
    return cores;
  }

  @Override
  public void close() {
    callers.shutdown();
    replies.shutdown();
    work.shutdown();
    contents.shutdown();
    snapshots.shutdown();
    feed.shutdown();
  }
}
