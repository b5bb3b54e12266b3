package io.duckpond.simulation;

import com.typesafe.config.Config;
import java.util.concurrent.ThreadFactory;
import org.apache.pekko.dispatch.DispatcherPrerequisites;
import org.apache.pekko.dispatch.ExecutorServiceConfigurator;
import org.apache.pekko.dispatch.ExecutorServiceFactory;

/** Gives a dispatcher threads of a simulation; made by Pekko, by name. */
public final class DrivenDispatcher extends ExecutorServiceConfigurator {
  private final PlayedThreads threads;

  /** Called by Pekko with the dispatcher's section. */
  public DrivenDispatcher(Config config, DispatcherPrerequisites prerequisites) {
    super(config, prerequisites);
    this.threads = DrivenPekko.threads(prerequisites.settings().config());
  }

  @Override
  public ExecutorServiceFactory createExecutorServiceFactory(String id, ThreadFactory factory) {
    return () -> threads.pool(id, threads.cores());
  }
}
