package io.duckpond.directory;

import io.duckpond.node.NodeId;
import io.duckpond.oplog.DirectoryEvent;
import io.duckpond.oplog.DirectoryEventAdapter;
import org.apache.pekko.Done;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.pattern.StatusReply;
import org.apache.pekko.persistence.typed.EventAdapter;
import org.apache.pekko.persistence.typed.PersistenceId;
import org.apache.pekko.persistence.typed.RecoveryCompleted;
import org.apache.pekko.persistence.typed.SnapshotSelectionCriteria;
import org.apache.pekko.persistence.typed.javadsl.CommandHandlerWithReply;
import org.apache.pekko.persistence.typed.javadsl.EventHandler;
import org.apache.pekko.persistence.typed.javadsl.EventSourcedBehaviorWithEnforcedReplies;
import org.apache.pekko.persistence.typed.javadsl.Recovery;
import org.apache.pekko.persistence.typed.javadsl.ReplyEffect;
import org.apache.pekko.persistence.typed.javadsl.SignalHandler;

/**
 * One directory of the pond: logs what transactions do to it and keeps the entry map.
 *
 * <p>It decides nothing: the Committer has validated what arrives, and is the only one to start and
 * stop it. It never publishes its state, because Pekko applies an event before the journal has
 * answered. It is not restarted: whoever needs it after a failure starts it afresh from what is
 * committed.
 */
public final class Directory
    extends EventSourcedBehaviorWithEnforcedReplies<
        Directory.Command, DirectoryEvent, DirectoryState> {

  /** What is asked of a directory. */
  public sealed interface Command {}

  /**
   * Logs {@code event} as its transaction's share of this directory; acknowledged once the whole
   * transaction is durable. If it does not become so, the actor stops without an answer.
   *
   * @param base the sequence number that the event was decided against
   */
  public record Persist(long base, DirectoryEvent event, ActorRef<StatusReply<Done>> replyTo)
      implements Command {}

  /** Asks for the durable state, for those who want messages; reads use the view. */
  public record Read(ActorRef<StatusReply<DirectoryState>> replyTo) implements Command {}

  /**
   * A directory that goes on from a committed state without reading its events again. From {@link
   * DirectoryState#EMPTY} it replays all of them.
   */
  public static Behavior<Command> create(NodeId id, DirectoryState committed) {
    return Behaviors.setup(context -> new Directory(context, id, committed));
  }

  private final ActorContext<Command> context;
  private final NodeId id;
  private final DirectoryState committed;

  private Directory(ActorContext<Command> context, NodeId id, DirectoryState committed) {
    super(PersistenceId.ofUniqueId(id.hex()));
    this.context = context;
    this.id = id;
    this.committed = committed;
  }

  @Override
  public DirectoryState emptyState() {
    return committed;
  }

  @Override
  public Recovery recovery() {
    return committed.equals(DirectoryState.EMPTY)
        ? Recovery.withSnapshotSelectionCriteria(SnapshotSelectionCriteria.none())
        : Recovery.disabled();
  }

  @Override
  public EventAdapter<DirectoryEvent, Object> eventAdapter() {
    return new DirectoryEventAdapter();
  }

  @Override
  public CommandHandlerWithReply<Command, DirectoryEvent, DirectoryState> commandHandler() {
    return newCommandHandlerWithReplyBuilder()
        .forAnyState()
        .onCommand(Persist.class, this::onPersist)
        .onCommand(Read.class, this::onRead)
        .build();
  }

  @Override
  public EventHandler<DirectoryState, DirectoryEvent> eventHandler() {
    return DirectoryState::apply;
  }

  @Override
  public SignalHandler<DirectoryState> signalHandler() {
    return newSignalHandlerBuilder()
        .onSignal(RecoveryCompleted.instance(), this::onRecoveryCompleted)
        .build();
  }

  private ReplyEffect<DirectoryEvent, DirectoryState> onPersist(
      DirectoryState state, Persist persist) {
    if (persist.base() != state.seqNr()) {
      throw new IllegalStateException(
          "partition [%s]: event of [%s] was decided against sequence number %d, but it is at %d"
              .formatted(
                  id,
                  persist.event().group().txnId(),
                  persist.base(),
                  lastSequenceNumber(context)));
    }
    return Effect()
        .persist(persist.event())
        .thenReply(persist.replyTo(), after -> StatusReply.ack());
  }

  private ReplyEffect<DirectoryEvent, DirectoryState> onRead(DirectoryState state, Read read) {
    return Effect().reply(read.replyTo(), StatusReply.success(state));
  }

  /** Pekko takes the number from the journal, whatever the state is: they must agree. */
  private void onRecoveryCompleted(DirectoryState state) {
    long logged = lastSequenceNumber(context);
    if (logged != state.seqNr()) {
      throw new IllegalStateException(
          "partition [%s]: the log is at sequence number %d, the state at %d"
              .formatted(id, logged, state.seqNr()));
    }
  }
}
