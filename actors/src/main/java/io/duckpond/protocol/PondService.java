package io.duckpond.protocol;

import io.duckpond.CommitResult;
import io.duckpond.ConflictException;
import io.duckpond.Pond;
import io.duckpond.async.AsyncTransaction;
import io.duckpond.protocol.PondProtocol.Command;
import io.duckpond.protocol.PondProtocol.Question;
import io.duckpond.protocol.PondProtocol.Transact;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.Behaviors;

/**
 * An actor that does with a pond what it is asked to, for actors of any JVM. It never waits: the
 * calls are done on the pond's threads, side by side, and answered from there as each is done; so
 * who wants one after another waits for the answer. It does not close the pond.
 */
public final class PondService {
  private final Pond pond;

  private PondService(Pond pond) {
    this.pond = pond;
  }

  /** Returns the behavior of an actor that serves {@code pond}, to be spawned by any system. */
  public static Behavior<Command> of(Pond pond) {
    PondService service = new PondService(pond);
    return Behaviors.receiveMessage(
        command -> {
          service.serve(command);
          return Behaviors.same();
        });
  }

  private void serve(Command command) {
    if (command instanceof Transact transact) {
      tell(transact(transact, 1), transact.replyTo());
    } else {
      answer((Question<?>) command);
    }
  }

  private <T extends Payload> void answer(Question<T> question) {
    CompletionStage<T> found =
        question.asOf().isPresent()
            ? pond.async()
                .asOf(question.asOf().getAsLong())
                .thenCompose(view -> view.root().call(question::answer))
            : pond.async().read(question::answer);
    tell(found, question.replyTo());
  }

  private CompletionStage<Payload.Committed> transact(Transact asked, int attempt) {
    return pond.async()
        .begin()
        .thenCompose(open -> commit(open, asked).whenComplete((done, failure) -> close(open)))
        .exceptionallyCompose(
            failure ->
                attempt < asked.attempts() && isConflict(failure)
                    ? transact(asked, attempt + 1)
                    : CompletableFuture.failedStage(failure));
  }

  private static CompletionStage<Payload.Committed> commit(AsyncTransaction open, Transact asked) {
    return open.call(
        transaction -> {
          asked.applyTo(transaction.root());
          CommitResult result = transaction.commit(asked.info());
          Instant instant = Instant.EPOCH.plus(result.timestampMicros(), ChronoUnit.MICROS);
          return new Payload.Committed(result.txnSeq(), instant);
        });
  }

  private static void close(AsyncTransaction open) {
    CompletionStage<?> unused = open.close(); // it is over anyway if the pond is closed
  }

  private static boolean isConflict(Throwable failure) {
    Throwable cause = failure.getCause();
    return failure instanceof ConflictException
        || failure instanceof CompletionException && cause instanceof ConflictException;
  }

  private static <T extends Payload> void tell(
      CompletionStage<T> stage, ActorRef<Answer<T>> replyTo) {
    CompletionStage<?> unused =
        stage.whenComplete(
            (value, failure) ->
                replyTo.tell(failure == null ? new Answer.Value<>(value) : Answer.of(failure)));
  }
}
