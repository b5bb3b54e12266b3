package io.duckpond.content;

import io.duckpond.journal.disk.JournalException;
import io.duckpond.journal.disk.Sha256;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.function.BooleanSupplier;

/**
 * Contents that are written but not yet synced and named. Many syncs at a time cost a disk little
 * more than one, so helpers do them while the next contents are being taken in. One that fails is
 * tried again by whoever needs it. Any thread.
 */
final class Publications implements AutoCloseable {
  /** Each holds a file open; beyond this many, whoever brings another waits for a sync himself. */
  private static final int LIMIT = 64;

  private final Executor helpers;

  /** Those that wait, run or have failed; of equal contents the last one brought. */
  private final Map<Sha256, Publication> publications = new ConcurrentHashMap<>();

  Publications(Executor helpers) {
    this.helpers = helpers;
  }

  /** One attempt to publish a content. */
  private final class Publication {
    private final Sha256 sha256;
    private final ContentWriter writer;
    private final Errand errand;

    Publication(Sha256 sha256, ContentWriter writer) {
      this.sha256 = sha256;
      this.writer = writer;
      this.errand = new Errand("content " + sha256.hex(), this::publish);
    }

    private void publish() {
      writer.publish();
      writer.close();
      publications.remove(sha256, this);
    }

    /** Gives up; nobody else may rely on it. */
    void forget() {
      publications.remove(sha256, this);
      writer.close();
    }
  }

  /** Has {@code writer} publish {@code sha256} and closes it, now or while others go on. */
  void add(Sha256 sha256, ContentWriter writer) {
    Publication publication = new Publication(sha256, writer);
    Publication earlier = publications.put(sha256, publication);
    if (earlier != null && earlier.errand.hasFailed()) {
      earlier.writer.close();
    }
    if (publications.size() > LIMIT) {
      publication.errand.run();
      if (publication.errand.hasFailed()) {
        publication.forget(); // whoever brought it is told
        publication.errand.await();
      }
    } else {
      publication.errand.start(helpers);
    }
  }

  /** Returns once a content is published; what has failed before is tried once more. */
  void await(Sha256 sha256) {
    Publication publication = publications.get(sha256);
    if (publication == null) {
      return;
    }
    if (publication.errand.hasFailed()) {
      Publication again = new Publication(sha256, publication.writer);
      if (!publications.replace(sha256, publication, again)) {
        await(sha256); // somebody else does it
        return;
      }
      publication = again;
    }
    publication.errand.await();
  }

  /**
   * The same for who only reads: a failure matters unless the content {@code isThere} all the same,
   * because equal bytes were stored before.
   */
  void finish(Sha256 sha256, BooleanSupplier isThere) {
    try {
      await(sha256);
    } catch (JournalException e) {
      if (!isThere.getAsBoolean()) {
        throw e;
      }
    }
  }

  /** Returns those that wait, run or have failed. */
  Collection<Sha256> pending() {
    return List.copyOf(publications.keySet());
  }

  /** Returns once none waits or runs that did so when this was called. */
  void settle() {
    for (Publication publication : publications.values()) {
      try {
        publication.errand.await();
      } catch (JournalException e) {
        continue; // for whoever needs it to be told
      }
    }
  }

  /** Gives up those that have failed; nobody is to need them any more. */
  @Override
  public void close() {
    for (Publication publication : publications.values()) {
      if (publication.errand.hasFailed()) {
        publication.forget();
      }
    }
  }
}
