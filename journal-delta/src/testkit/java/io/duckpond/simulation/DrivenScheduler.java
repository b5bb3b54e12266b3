package io.duckpond.simulation;

import com.typesafe.config.Config;
import java.time.Duration;
import java.util.concurrent.ThreadFactory;
import org.apache.pekko.actor.AbstractScheduler;
import org.apache.pekko.actor.Cancellable;
import org.apache.pekko.event.LoggingAdapter;
import scala.concurrent.ExecutionContext;
import scala.concurrent.duration.FiniteDuration;

/** Pekko's scheduler on the time of a simulation; made by Pekko, by name. */
public final class DrivenScheduler extends AbstractScheduler {
  private final PlayedThreads threads;

  /** Called by Pekko with the system's configuration. */
  public DrivenScheduler(Config config, LoggingAdapter log, ThreadFactory factory) {
    this.threads = DrivenPekko.threads(config);
  }

  @Override
  public Cancellable schedule(
      FiniteDuration initial, FiniteDuration interval, Runnable task, ExecutionContext executor) {
    Timer timer = new Timer();
    timer.start(
        initial.toNanos(),
        new Runnable() {
          @Override
          public void run() {
            timer.start(interval.toNanos(), this);
            executor.execute(task);
          }
        });
    return timer;
  }

  @Override
  public Cancellable scheduleOnce(FiniteDuration delay, Runnable task, ExecutionContext executor) {
    Timer timer = new Timer();
    timer.start(delay.toNanos(), () -> executor.execute(task));
    return timer;
  }

  @Override
  public double maxFrequency() {
    return 1000;
  }

  private final class Timer implements Cancellable {
    private PlayedThreads.Cancellation next = () -> false;
    private boolean cancelled;

    void start(long nanos, Runnable task) {
      next = threads.after(Duration.ofNanos(nanos), task);
    }

    @Override
    public boolean cancel() {
      boolean first = !cancelled && next.cancel();
      cancelled = cancelled || first;
      return first;
    }

    @Override
    public boolean isCancelled() {
      return cancelled;
    }
  }
}
