package io.duckpond.transaction;

import io.duckpond.CommitInfo;
import io.duckpond.CommitResult;
import io.duckpond.ConflictException;
import io.duckpond.directory.Directory;
import io.duckpond.directory.DirectoryState;
import io.duckpond.journal.disk.DamageException;
import io.duckpond.journal.disk.JournalException;
import io.duckpond.node.NodeId;
import io.duckpond.oplog.CommitReceipt;
import io.duckpond.oplog.DirectoryEvent;
import io.duckpond.view.CommittedStates;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.BiFunction;
import java.util.function.Supplier;
import org.apache.pekko.Done;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.ChildFailed;
import org.apache.pekko.actor.typed.Terminated;
import org.apache.pekko.actor.typed.javadsl.AbstractBehavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.Receive;
import org.apache.pekko.pattern.StatusReply;
import org.jspecify.annotations.Nullable;

/**
 * Through which all changes of a pond go, one per pond: it orders transactions, has them validated,
 * has them persisted, publishes them and answers.
 *
 * <pre>
 *   Commit -> waiting -> deciding -> persisting -> stored -> published -> answered
 *                           |            |          (held until those before it are published)
 *                        conflict     failure -> its directories' actors are stopped -> answered
 * </pre>
 *
 * <p>What may block (validation may have to load directories) runs on an executor, never here.
 */
public final class Committer extends AbstractBehavior<Committer.Command> {

  /** What is asked of a Committer. */
  public sealed interface Command {}

  /**
   * Asks for changes to be made durable as one transaction. The answer is an error of {@link
   * io.duckpond.ConflictException} if another transaction stands in the way, of {@link
   * JournalException} if the disk said no; then nothing was written.
   */
  public record Commit(
      Changes changes, CommitInfo info, ActorRef<StatusReply<CommitResult>> replyTo)
      implements Command {}

  /** The same from this JVM, which saves an actor and a thread per answer. */
  public record CommitHere(Changes changes, CommitInfo info, CompletableFuture<CommitResult> reply)
      implements Command {}

  /** Asks the Committer to take nothing more, to finish what it has, and to stop. */
  public record Finish(CompletableFuture<Done> done) implements Command {}

  private record Decided(
      Running transaction, boolean caughtUp, @Nullable Verdict verdict, @Nullable Throwable failure)
      implements Command {}

  private record Stored(
      Running transaction, @Nullable CommitReceipt receipt, @Nullable Throwable failure)
      implements Command {}

  private record CaughtUp(@Nullable Throwable failure) implements Command {}

  /**
   * What a Committer works with.
   *
   * @param blocking runs what may wait for a disk
   * @param clock by which callers are told how long it took
   * @param transactionIds makes the ids under which parts of a transaction find each other
   * @param directory makes a directory's actor from its committed state
   * @param actorLimit idle directory actors beyond this many are stopped
   * @param queueLimit a commit that finds this many waiting is refused
   */
  public record Setting(
      CommitLog log,
      CommittedStates states,
      Executor blocking,
      Clock clock,
      Supplier<String> transactionIds,
      BiFunction<NodeId, DirectoryState, Behavior<Directory.Command>> directory,
      int actorLimit,
      int queueLimit) {}

  /** A Committer with nothing to do. */
  public static Behavior<Command> create(Setting setting) {
    return Behaviors.setup(context -> new Committer(context, setting));
  }

  private final Setting setting;
  private final CommittedStates states;
  private final DirectoryActors actors;
  private final Admission<Request, NodeId> admission = new Admission<>();

  /** Who uses a directory now. */
  private final Map<NodeId, Running> users = new HashMap<>();

  /** Durable, but something before them is not published yet. */
  private final NavigableMap<Long, Running> held = new TreeMap<>();

  /**
   * The last transaction that brought nodes back, as far as it is this Committer's; who does so
   * runs alone, so that nobody asks while it changes.
   */
  private volatile long lastReturn;

  /** Whether the log may hold a transaction that was answered as failed. */
  private boolean suspect;

  private @Nullable CompletableFuture<Done> finishing;

  private Committer(ActorContext<Command> context, Setting setting) {
    super(context);
    this.setting = setting;
    this.states = setting.states();
    this.lastReturn = states.txnSeq();
    this.actors = new DirectoryActors(context, setting.directory(), setting.actorLimit());
  }

  @Override
  public Receive<Command> createReceive() {
    return newReceiveBuilder()
        .onMessage(Commit.class, this::onCommit)
        .onMessage(CommitHere.class, this::onCommitHere)
        .onMessage(Finish.class, this::onFinish)
        .onMessage(Decided.class, this::onDecided)
        .onMessage(Stored.class, this::onStored)
        .onMessage(CaughtUp.class, this::onCaughtUp)
        .onSignal(ChildFailed.class, failed -> onEnded(failed, failed.getCause()))
        .onSignal(Terminated.class, ended -> onEnded(ended, null))
        .build();
  }

  private Behavior<Command> onCommit(Commit commit) {
    CompletableFuture<CommitResult> reply = new CompletableFuture<>();
    CompletionStage<CommitResult> unused =
        reply.whenComplete(
            (result, failure) ->
                commit
                    .replyTo()
                    .tell(
                        failure == null
                            ? StatusReply.success(result)
                            : StatusReply.error(failure)));
    return take(commit.changes(), commit.info(), reply);
  }

  private Behavior<Command> onCommitHere(CommitHere commit) {
    return take(commit.changes(), commit.info(), commit.reply());
  }

  private Behavior<Command> take(
      Changes changes, CommitInfo info, CompletableFuture<CommitResult> reply) {
    Request request = new Request(changes, info, reply, setting.clock());
    if (finishing != null) {
      return refuse(request, "the pond is being closed");
    }
    if (admission.waiting() >= setting.queueLimit()) {
      return refuse(request, admission.waiting() + " transactions wait already; try again later");
    }
    admission.enqueue(request, request.touched(), request.reliedOn(), request.runsAlone());
    return admit();
  }

  private Behavior<Command> refuse(Request request, String why) {
    request.answerFailure(
        JournalException.notStored(
            "nothing was committed: " + why, new IllegalStateException(why)));
    return this;
  }

  private Behavior<Command> admit() {
    for (List<Request> together : admission.start(Request::joins)) {
      Running transaction = new Running(together);
      transaction.touched().forEach(directory -> users.put(directory, transaction));
      boolean unsure = suspect;
      List<Changes> asked = transaction.asked();
      getContext()
          .pipeToSelf(
              call(() -> decide(asked, unsure)),
              (verdict, failure) -> new Decided(transaction, unsure, verdict, failure));
    }
    if (finishing != null && admission.running() == 0) {
      finishing.complete(Done.getInstance());
      return Behaviors.stopped();
    }
    return this;
  }

  private Verdict decide(List<Changes> asked, boolean unsure) throws Exception {
    if (unsure) {
      setting.log().catchUp();
    }
    long returned = unsure ? states.txnSeq() : lastReturn;
    for (Changes changes : asked) {
      if (!changes.returned().isEmpty() && changes.pin() < returned) {
        // It may have brought back the same, at another place.
        throw new ConflictException("/", "another transaction has brought back what was removed");
      }
    }
    for (Changes changes : asked) {
      setting.log().syncContents(changes.largeContents());
      changes.staging().demandThere();
    }
    return Verdict.on(asked, states.newest(), setting.transactionIds().get());
  }

  private Behavior<Command> onDecided(Decided decided) {
    Running transaction = decided.transaction();
    if (decided.verdict() == null) {
      return fail(transaction, decided.failure());
    }
    suspect = suspect && !decided.caughtUp();
    transaction.decided(decided.verdict());
    if (!transaction.hasDecision()) {
      release(transaction);
      return publish();
    }
    getContext()
        .pipeToSelf(
            contribute(transaction),
            (receipt, failure) -> new Stored(transaction, receipt, failure));
    for (Decision.OfDirectory part : transaction.decision().directories()) {
      if (!part.newborn()) {
        Directory.Persist persist =
            new Directory.Persist(
                part.before().seqNr(), part.event(), getContext().getSystem().ignoreRef());
        actors.persist(part.directory(), part.before(), persist);
      }
    }
    return this;
  }

  private CompletionStage<CommitReceipt> contribute(Running transaction) {
    Decision decision = transaction.decision();
    List<DirectoryEvent> newborn =
        decision.directories().stream()
            .filter(Decision.OfDirectory::newborn)
            .map(Decision.OfDirectory::event)
            .toList();
    try {
      return setting
          .log()
          .contribute(
              getContext().getSystem(),
              decision.group(),
              newborn,
              transaction.verdict().changes().staging(),
              transaction.description());
    } catch (RuntimeException e) {
      return CompletableFuture.failedFuture(e); // one transaction's, not the Committer's end
    }
  }

  private Behavior<Command> onStored(Stored stored) {
    Running transaction = stored.transaction();
    if (stored.receipt() == null) {
      suspect = true;
      return fail(transaction, stored.failure());
    }
    transaction.stored(stored.receipt());
    held.put(stored.receipt().txnSeq(), transaction);
    return publish();
  }

  /** Shows and answers, in the order of the log, what is durable and has nothing missing before. */
  private Behavior<Command> publish() {
    while (!held.isEmpty() && held.firstKey() <= states.txnSeq() + 1) {
      Running transaction = held.pollFirstEntry().getValue();
      long txnSeq = transaction.receipt().txnSeq();
      if (!transaction.verdict().changes().returned().isEmpty()) {
        lastReturn = txnSeq;
      }
      if (txnSeq > states.txnSeq()) {
        states.publish(
            txnSeq,
            transaction.receipt().timestampMicros(),
            transaction.decision().directories().stream()
                .map(Decision.OfDirectory::published)
                .toList());
        setting
            .log()
            .published(
                transaction.decision().directories().stream()
                    .map(Decision.OfDirectory::directory)
                    .toList());
      }
      release(transaction);
      transaction.answer();
    }
    if (!held.isEmpty() && held.size() == admission.running()) {
      // Nobody is left to fill the gap: a transaction answered as failed is durable after all.
      getContext()
          .pipeToSelf(
              call(
                  () -> {
                    setting.log().catchUp();
                    return Done.getInstance();
                  }),
              (done, failure) -> new CaughtUp(failure));
    }
    return admit();
  }

  private Behavior<Command> onCaughtUp(CaughtUp caughtUp) {
    if (caughtUp.failure() == null) {
      return publish();
    }
    Throwable failure = causeOf(caughtUp.failure());
    // They are durable, yet cannot be shown before those that they follow are known.
    getContext().getLog().warn("cannot read the log's end: [{}]", failure.toString());
    held.values()
        .forEach(
            transaction -> {
              release(transaction);
              transaction.failed(
                  JournalException.unknown(
                      "the transaction is stored, but the log cannot be read back: "
                          + failure.getMessage(),
                      failure));
              transaction.answerFailure();
            });
    held.clear();
    suspect = true;
    return admit();
  }

  /** Actors that were to take part hold what was never stored: they are stopped first. */
  private Behavior<Command> fail(Running transaction, @Nullable Throwable failure) {
    transaction.failed(causeOf(failure));
    for (NodeId directory : transaction.touched()) {
      if (transaction.hasDecision() && actors.stop(directory)) {
        transaction.stopping().add(directory);
      }
    }
    return transaction.stopping().isEmpty() ? failed(transaction) : this;
  }

  private Behavior<Command> failed(Running transaction) {
    release(transaction);
    transaction.answerFailure();
    return publish();
  }

  private void release(Running transaction) {
    transaction.touched().forEach(users::remove);
    actors.release(transaction.touched());
    admission.finish(transaction.touched(), transaction.reliedOn());
  }

  private Behavior<Command> onEnded(Terminated ended, @Nullable Throwable cause) {
    NodeId directory = actors.ended(ended.getRef()).orElse(null);
    Running user = directory == null ? null : users.get(directory);
    if (directory == null || user == null) {
      return this;
    }
    if (cause != null) {
      user.participantFailed(cause);
      abandon(user, cause);
    }
    boolean last = user.stopping().remove(directory) && user.stopping().isEmpty();
    return last ? failed(user) : this;
  }

  /** The journal would wait for the participant until its time-out. */
  private void abandon(Running transaction, Throwable cause) {
    setting
        .log()
        .abandon(getContext().getSystem(), transaction.decision().group(), notStored(cause));
  }

  /** What ended a directory's actor: damage as it is, all else in the words of its first cause. */
  private static RuntimeException notStored(Throwable cause) {
    Throwable root = cause;
    for (Throwable next = cause; next != null; next = next.getCause()) {
      if (next instanceof DamageException damage) {
        return damage;
      }
      root = next;
    }
    return JournalException.notStored("nothing was committed: " + root.getMessage(), cause);
  }

  private Behavior<Command> onFinish(Finish finish) {
    finishing = finish.done();
    return admit();
  }

  private static Throwable causeOf(@Nullable Throwable failure) {
    if (failure == null) {
      return new IllegalStateException("a stage ended without a result");
    }
    Throwable cause = failure.getCause();
    return failure instanceof CompletionException && cause != null ? causeOf(cause) : failure;
  }

  private <T> CompletionStage<T> call(Callable<T> work) {
    return CompletableFuture.supplyAsync(
        () -> {
          try {
            return work.call();
          } catch (Exception e) {
            throw new CompletionException(e);
          }
        },
        setting.blocking());
  }
}
