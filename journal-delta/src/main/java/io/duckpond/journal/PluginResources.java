package io.duckpond.journal;

import java.util.ArrayDeque;
import java.util.Deque;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What a plugin holds open, closed in reverse order. For one thread. */
final class PluginResources implements AutoCloseable {
  private static final Logger logger = LoggerFactory.getLogger(PluginResources.class);

  private final Deque<AutoCloseable> open = new ArrayDeque<>();

  <T extends AutoCloseable> T add(T resource) {
    open.push(resource);
    return resource;
  }

  /** Closes all; one that fails keeps none of the others open. */
  @Override
  public void close() {
    while (!open.isEmpty()) {
      AutoCloseable next = open.pop();
      try {
        next.close();
      } catch (Exception e) {
        logger.error("closing [{}]", next.getClass().getSimpleName(), e);
      }
    }
  }
}
