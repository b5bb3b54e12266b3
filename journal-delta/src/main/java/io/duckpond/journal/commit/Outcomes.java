package io.duckpond.journal.commit;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** What became of the grouped transactions seen last. Guarded by the queue's lock. */
final class Outcomes {
  private sealed interface Outcome {
    record Durable(Receipt receipt) implements Outcome {}

    record Failed(RuntimeException cause) implements Outcome {}
  }

  private final Map<String, Outcome> outcomes;

  Outcomes(int capacity) {
    this.outcomes =
        new LinkedHashMap<>() {
          @Override
          protected boolean removeEldestEntry(Map.Entry<String, Outcome> eldest) {
            return size() > capacity;
          }
        };
  }

  void durable(String txnId, Receipt receipt) {
    outcomes.put(txnId, new Outcome.Durable(receipt));
  }

  void failed(String txnId, RuntimeException cause) {
    outcomes.put(txnId, new Outcome.Failed(cause));
  }

  /** Returns why a transaction takes no participant any more; empty if it does. */
  Optional<RuntimeException> refusal(String txnId) {
    Outcome outcome = outcomes.get(txnId);
    if (outcome instanceof Outcome.Failed failed) {
      return Optional.of(failed.cause());
    }
    return outcome == null
        ? Optional.empty()
        : Optional.of(new IllegalStateException("transaction [" + txnId + "] is durable already"));
  }

  Optional<Receipt> receipt(String txnId) {
    return outcomes.get(txnId) instanceof Outcome.Durable durable
        ? Optional.of(durable.receipt())
        : Optional.empty();
  }
}
