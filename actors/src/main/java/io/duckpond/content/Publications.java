package io.duckpond.content;

import io.duckpond.journal.disk.Sha256;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;

/**
 * Contents that are written but not yet synced and named. Many syncs at a time cost a disk little
 * more than one, so helpers do them while the next contents are being taken in. Any thread.
 */
final class Publications {
  /** Each holds a file open; beyond this many, whoever brings another waits for a sync himself. */
  private static final int LIMIT = 64;

  private final Executor helpers;

  /** Those that wait, run or have failed; of equal contents the last one brought. */
  private final Map<Sha256, Errand> errands = new ConcurrentHashMap<>();

  Publications(Executor helpers) {
    this.helpers = helpers;
  }

  /** Has {@code writer} publish {@code sha256} and closes it, now or while others go on. */
  void add(Sha256 sha256, ContentWriter writer) {
    Errand errand =
        new Errand(
            "content " + sha256.hex(),
            () -> {
              try (writer) {
                writer.publish();
              }
            },
            done -> errands.remove(sha256, done));
    errands.put(sha256, errand);
    if (errands.size() > LIMIT) {
      errand.run();
    } else {
      errand.start(helpers);
    }
    if (errand.hasFailed()) {
      errands.remove(sha256, errand); // whoever brought it is told, and nobody else relies on it
      errand.await();
    }
  }

  /** Returns once a content is published; throws if that failed, now and ever after. */
  void await(Sha256 sha256) {
    Errand errand = errands.get(sha256);
    if (errand != null) {
      errand.await();
    }
  }

  /** Returns those that wait, run or have failed. */
  Collection<Sha256> pending() {
    return List.copyOf(errands.keySet());
  }
}
