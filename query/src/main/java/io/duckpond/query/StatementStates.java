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
final class StatementStates {

  private final PondSource source;
  private final Map<DataContext, PondState> states = new WeakHashMap<>();

  StatementStates(PondSource source) {
    this.source = source;
  }

  synchronized PondState of(DataContext execution) {
    PondState known = states.get(execution);
    if (known != null) {
      return known;
    }
    try {
      PondState fresh = source.state();
      states.put(execution, fresh);
      return fresh;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
