package io.duckpond.journal;

import com.typesafe.config.Config;
import io.duckpond.journal.commit.CommitQueues;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.apache.pekko.actor.ExtendedActorSystem;
import org.apache.pekko.persistence.AtomicWrite;
import org.apache.pekko.persistence.PersistentRepr;
import org.apache.pekko.persistence.journal.japi.AsyncWriteJournal;
import scala.PartialFunction;
import scala.concurrent.Future;
import scala.runtime.BoxedUnit;

/**
 * The journal plugin that Pekko loads: it translates Pekko's calls and leaves all the work to its
 * store. If its table cannot be opened, every call fails with the reason.
 */
public final class DeltaJournal extends AsyncWriteJournal {
  /** So many messages that wait are handled between two of others. */
  private static final int PATIENT_AT_ONCE = 16;

  private final PluginResources resources = new PluginResources();
  private final PatientMessages patient = new PatientMessages();
  private final CompletableFuture<JournalStore> store;

  /** Called by Pekko with the plugin's section and the path of it. */
  public DeltaJournal(Config config, String configPath) {
    ExtendedActorSystem system = (ExtendedActorSystem) context().system();
    this.store = open(system, config, configPath);
    CommitQueues.get(system).register(configPath, config, store.thenApply(JournalStore::queue));
  }

  private CompletableFuture<JournalStore> open(
      ExtendedActorSystem system, Config config, String configPath) {
    try {
      return CompletableFuture.completedFuture(
          new JournalOpening(system, config, configPath, resources).open());
    } catch (Exception e) {
      resources.close();
      return CompletableFuture.failedFuture(e);
    }
  }

  /** Tells this actor to go on with what waits. */
  private enum GoOn {
    GO_ON
  }

  @Override
  public void aroundReceive(PartialFunction<Object, BoxedUnit> receive, Object message) {
    if (message == GoOn.GO_ON) {
      for (int handled = 0; handled < PATIENT_AT_ONCE && !patient.isEmpty(); handled++) {
        patient.next().ifPresent(next -> super.aroundReceive(receive, next));
      }
    } else {
      boolean waits = !patient.isEmpty();
      if (!patient.take(message)) {
        super.aroundReceive(receive, message);
        return;
      }
      if (waits) {
        return; // it has been told to go on
      }
    }
    if (!patient.isEmpty()) {
      self().tell(GoOn.GO_ON, self());
    }
  }

  /** Ends the last flush before it returns: a next journal finds the table free. */
  @Override
  public void postStop() {
    resources.close();
  }

  @Override
  public Future<Iterable<Optional<Exception>>> doAsyncWriteMessages(Iterable<AtomicWrite> writes) {
    return ScalaFutures.of(store.thenCompose(opened -> opened.append(writes)));
  }

  @Override
  public Future<Void> doAsyncDeleteMessagesTo(String persistenceId, long toSequenceNr) {
    return ScalaFutures.of(store.thenCompose(opened -> opened.delete(persistenceId, toSequenceNr)));
  }

  @Override
  public Future<Void> doAsyncReplayMessages(
      String persistenceId,
      long fromSequenceNr,
      long toSequenceNr,
      long max,
      Consumer<PersistentRepr> sink) {
    return ScalaFutures.of(
        store.thenCompose(
            opened -> opened.replay(persistenceId, fromSequenceNr, toSequenceNr, max, sink)));
  }

  @Override
  public Future<Long> doAsyncReadHighestSequenceNr(String persistenceId, long fromSequenceNr) {
    return ScalaFutures.of(
        store.thenCompose(opened -> opened.highest(persistenceId, fromSequenceNr)));
  }
}
