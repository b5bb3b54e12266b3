package io.duckpond.query;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.WeakHashMap;
import org.apache.calcite.DataContext;

/**
 * Gives every scan of one execution the same state. Any thread. An execution is known by its data
 * context, which Calcite makes afresh each time, and is forgotten with it.
 */
final class Executions {

  private final PondSource source;
  private final Map<DataContext, Execution> executions = new WeakHashMap<>();

  Executions(PondSource source) {
    this.source = source;
  }

  /** Returns the execution that a scan belongs to; the first to ask begins it. */
  synchronized Execution of(DataContext context) {
    Execution known = executions.get(context);
    if (known != null) {
      return known;
    }
    try {
      Execution begun = new Execution(source.state());
      executions.put(context, begun);
      return begun;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
