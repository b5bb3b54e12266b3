package io.duckpond.oplog;

import com.typesafe.config.ConfigFactory;
import io.duckpond.journal.disk.Machine;
import io.duckpond.journal.disk.Sha256;
import io.duckpond.node.Attributes;
import io.duckpond.node.ContentLocator;
import io.duckpond.node.Entry;
import io.duckpond.node.NodeId;
import io.duckpond.node.NodeType;
import io.duckpond.path.EntryName;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.pekko.actor.BootstrapSetup;
import org.apache.pekko.actor.setup.ActorSystemSetup;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.persistence.typed.EventAdapter;
import org.apache.pekko.persistence.typed.PersistenceId;
import org.apache.pekko.persistence.typed.javadsl.CommandHandler;
import org.apache.pekko.persistence.typed.javadsl.EventHandler;
import org.apache.pekko.persistence.typed.javadsl.EventSourcedBehavior;
import org.apache.pekko.util.ByteString;

/** A log in a folder with an actor system that writes it, and short names for what goes in. */
public final class TestLog implements AutoCloseable {
  public static final Attributes ATTRIBUTES = new Attributes(0755, 1_000_000_007L);

  private final Oplog oplog;
  private final ActorTestKit actors;

  private TestLog(Oplog oplog) {
    this.oplog = oplog;
    BootstrapSetup config =
        BootstrapSetup.create(
            ConfigFactory.parseString(
                    """
                    pekko.persistence.journal.plugin = pekko.persistence.delta.journal
                    pekko.persistence.delta.journal.gapless = on
                    pekko.loglevel = WARNING
                    """)
                .withFallback(ConfigFactory.load()));
    this.actors =
        ActorTestKit.create(
            ActorSystem.create(
                Behaviors.empty(), "log", ActorSystemSetup.create(config, oplog.setup())));
  }

  /** Creates a log in an absent directory. */
  public static TestLog create(Path directory) throws IOException {
    return new TestLog(Oplog.create(Machine.real(), directory, "the-pond", 100, 0));
  }

  /** Returns the log. */
  public Oplog oplog() {
    return oplog;
  }

  /** Commits first events of directories and whatever was staged. */
  public CommitReceipt commit(Staging staging, DirectoryEvent... newborn) {
    return contribute(UUID.randomUUID().toString(), 1, staging, newborn);
  }

  /** Commits one more event of a directory that has some. */
  public CommitReceipt change(DirectoryEvent event) {
    String id = UUID.randomUUID().toString();
    actors
        .spawn(new Persister(event.own().node()))
        .tell(new DirectoryEvent(new DirectoryEvent.Group(id, 2), event.entries()));
    return contribute(id, 2, oplog.stage());
  }

  private CommitReceipt contribute(
      String id, int participants, Staging staging, DirectoryEvent... newborn) {
    TransactionRow description =
        new TransactionRow(0, 0, "put 'ä' /f", "why", "me", 3, newborn.length, 7, 1L << 40);
    try {
      return oplog
          .contribute(
              actors.system(),
              new DirectoryEvent.Group(id, participants),
              List.of(newborn),
              staging,
              description)
          .toCompletableFuture()
          .orTimeout(30, TimeUnit.SECONDS)
          .join();
    } catch (CompletionException e) {
      throw e.getCause() instanceof RuntimeException cause ? cause : e;
    }
  }

  /** Stops the actors and closes the log. */
  @Override
  public void close() {
    actors.shutdownTestKit();
    oplog.close();
  }

  /** Returns node number {@code n}. */
  public static NodeId node(long n) {
    return new NodeId(0x0192d3a000007000L, 0x8000000000000000L | n);
  }

  /** Returns an event of a directory. */
  public static DirectoryEvent event(
      NodeId directory, List<DirectoryEntry> changes, OplogEntry... contents) {
    OplogEntry own =
        new OplogEntry.DirectoryChanged(
            directory,
            changes,
            directory.equals(NodeId.ROOT) ? Optional.of(ATTRIBUTES) : Optional.empty());
    return new DirectoryEvent(
        DirectoryEvent.Group.STORED,
        Stream.concat(Stream.of(own), Arrays.stream(contents)).toList());
  }

  /** Returns the first version of a small file. */
  public static OplogEntry.SmallFile small(NodeId node, String text) {
    ByteString bytes = ByteString.fromString(text);
    Sha256 sha256 = Sha256.of(bytes.toArray());
    return new OplogEntry.SmallFile(node, NodeType.FILE, 1, sha256, bytes);
  }

  /** Returns the entry of a small file whose row stands at {@code place}. */
  public static DirectoryEntry put(
      String name, OplogEntry.SmallFile file, ContentLocator.Logged place) {
    return new DirectoryEntry.Put(
        new EntryName(name),
        new Entry.File(
            file.node(),
            file.type(),
            ATTRIBUTES,
            file.version(),
            file.bytes().length(),
            file.sha256(),
            place));
  }

  /** Returns the entry of a directory. */
  public static DirectoryEntry put(String name, NodeId directory) {
    return new DirectoryEntry.Put(new EntryName(name), new Entry.Directory(directory, ATTRIBUTES));
  }

  /** Persists what it is told, and knows nothing. */
  private static final class Persister
      extends EventSourcedBehavior<DirectoryEvent, DirectoryEvent, Long> {
    Persister(NodeId directory) {
      super(PersistenceId.ofUniqueId(directory.hex()));
    }

    @Override
    public Long emptyState() {
      return 0L;
    }

    @Override
    public CommandHandler<DirectoryEvent, DirectoryEvent, Long> commandHandler() {
      return (state, event) -> Effect().persist(event);
    }

    @Override
    public EventHandler<Long, DirectoryEvent> eventHandler() {
      return (state, event) -> state + 1;
    }

    @Override
    public EventAdapter<DirectoryEvent, ?> eventAdapter() {
      return new DirectoryEventAdapter();
    }
  }
}
