package io.duckpond.dynamic;

/**
 * Makes the nodes of one kind. Found by its name through {@link java.util.ServiceLoader}: list the
 * class in {@code META-INF/services/io.duckpond.dynamic.DynamicFactory}. Any thread.
 */
public interface DynamicFactory {

  /** Returns the name by which definitions ask for it. */
  String name();

  /**
   * Returns the node of a configuration. Called when a definition is written, to check it, and
   * again for each reading; so it only looks at the configuration, and the node reads what it needs
   * when it is asked.
   *
   * @throws IllegalArgumentException if the configuration makes no sense, with what is wrong
   */
  DynamicNode create(Configuration configuration, DynamicContext context);
}
