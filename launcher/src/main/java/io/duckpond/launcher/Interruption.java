package io.duckpond.launcher;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Ctrl-C and SIGTERM: the process ends at once, with 130 or 143, and says nothing. A pond needs no
 * goodbye, as it survives a kill at any moment. Only who leaves something on the host that nobody
 * else collects, as an unfinished file, is given a moment to take it away: it opens a {@link
 * Section} and asks {@link #check} now and then. Signals are the process's, and so is this.
 */
public final class Interruption {
  private static final long GRACE_NANOS = TimeUnit.SECONDS.toNanos(2);

  private static final ReentrantLock LOCK = new ReentrantLock();
  private static final Condition CHANGED = LOCK.newCondition();
  private static int sections;
  private static volatile boolean requested;
  private static boolean ended;

  private Interruption() {}

  /** A time in which an interrupted run is waited for. */
  public static final class Section implements AutoCloseable {
    private boolean open = true;

    private Section() {}

    /** Ends it; again has no effect. */
    @Override
    public void close() {
      LOCK.lock();
      try {
        sections -= open ? 1 : 0;
        open = false;
        CHANGED.signalAll();
      } finally {
        LOCK.unlock();
      }
    }
  }

  /** Thrown to unwind an interrupted run; nobody is told of it. */
  static final class InterruptedRunException extends RuntimeException {
    private static final long serialVersionUID = 1;

    InterruptedRunException() {
      super("interrupted");
    }
  }

  /** Begins a time in which something has to be taken away if the run is interrupted. */
  public static Section section() {
    LOCK.lock();
    try {
      sections++;
      return new Section();
    } finally {
      LOCK.unlock();
    }
  }

  /** Throws what unwinds the run if it was interrupted. */
  public static void check() {
    if (requested) {
      throw new InterruptedRunException();
    }
  }

  /** Returns whether the run was interrupted: from then on there is nothing to say. */
  static boolean isRequested() {
    return requested;
  }

  /** Has the end of the process, unless {@link #ended} came first, mean that it is interrupted. */
  static void watch() {
    Runtime.getRuntime()
        .addShutdownHook(new Thread(Interruption::awaitSections, "pond-interruption"));
  }

  /** Says that the run has come to its own end. */
  static void ended() {
    LOCK.lock();
    try {
      ended = true;
    } finally {
      LOCK.unlock();
    }
  }

  private static void awaitSections() {
    LOCK.lock();
    try {
      if (ended) {
        return;
      }
      requested = true;
      long left = GRACE_NANOS;
      while (sections > 0 && left > 0) {
        left = CHANGED.awaitNanos(left);
      }
    } catch (InterruptedException nobodyWaits) {
      Thread.currentThread().interrupt();
    } finally {
      LOCK.unlock();
    }
  }
}
