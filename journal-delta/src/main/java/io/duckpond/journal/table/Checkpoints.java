package io.duckpond.journal.table;

import io.delta.kernel.hook.PostCommitHook;
import io.duckpond.journal.disk.Machine;
import io.duckpond.journal.disk.SystemErrors;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes checkpoints beside the commits. A checkpoint only makes opening quicker: one that fails is
 * logged, and the next is written a hundred commits later.
 */
final class Checkpoints {
  private static final Logger LOG = LoggerFactory.getLogger(Checkpoints.class);
  private static final long CLOSE_SECONDS = 60;

  private final Path directory;
  private final Machine.Threads threads;
  private final AtomicBoolean finished = new AtomicBoolean();
  private Optional<ExecutorService> executor = Optional.empty();

  Checkpoints(Path directory, Machine.Threads threads) {
    this.directory = directory;
    this.threads = threads;
  }

  synchronized void start(KernelTable kernel, PostCommitHook hook, long version) {
    if (executor.isEmpty()) {
      executor = Optional.of(threads.pool("delta-checkpoint", 1));
    }
    executor.get().execute(() -> write(kernel, hook, version));
  }

  private void write(KernelTable kernel, PostCommitHook hook, long version) {
    try {
      kernel.checkpoint(hook);
      finished.set(true);
      LOG.debug("checkpoint of [{}] at version [{}]", directory, version);
    } catch (IOException | RuntimeException e) {
      LOG.warn(
          "no checkpoint of [{}] at version [{}]: {}", directory, version, SystemErrors.message(e));
      LOG.debug("no checkpoint of [{}] at version [{}]", directory, version, e);
    }
  }

  /** Returns whether one was finished since the last call. */
  boolean takeFinished() {
    return finished.getAndSet(false);
  }

  synchronized void close() {
    if (executor.isPresent()) {
      executor.get().shutdown();
      try {
        if (!executor.get().awaitTermination(CLOSE_SECONDS, TimeUnit.SECONDS)) {
          LOG.warn("a checkpoint of [{}] is still being written", directory);
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
