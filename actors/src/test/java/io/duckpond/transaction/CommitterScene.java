package io.duckpond.transaction;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.duckpond.CommitInfo;
import io.duckpond.CommitResult;
import io.duckpond.WorkingDirectory;
import io.duckpond.content.ContentStore;
import io.duckpond.directory.Directory;
import io.duckpond.directory.DirectoryState;
import io.duckpond.journal.disk.Sha256;
import io.duckpond.node.Attributes;
import io.duckpond.node.Entry;
import io.duckpond.node.NodeId;
import io.duckpond.node.NodeIds;
import io.duckpond.oplog.CommitReceipt;
import io.duckpond.oplog.DirectoryEvent;
import io.duckpond.oplog.Staging;
import io.duckpond.oplog.TransactionRow;
import io.duckpond.view.CommittedStates;
import io.duckpond.view.DirectorySource;
import io.duckpond.view.Lineage;
import io.duckpond.view.Published;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.BiFunction;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.persistence.testkit.javadsl.PersistenceTestKit;
import org.awaitility.Awaitility;

/**
 * A Committer over a log whose answers the test gives: a contribution waits until {@link #store} or
 * {@link #fail} is called for it. Directories persist to Pekko's journal for tests.
 */
final class CommitterScene implements AutoCloseable {
  static final int QUEUE_LIMIT = 3;

  /** A transaction that waits for the log's answer. */
  record Contribution(
      DirectoryEvent.Group group,
      List<DirectoryEvent> newborn,
      TransactionRow description,
      CompletableFuture<CommitReceipt> answer) {}

  final CommittedStates states;
  final List<NodeId> started = new ArrayList<>();
  final Queue<DirectoryEvent.Group> abandoned = new ConcurrentLinkedQueue<>();
  int catchUps;
  private final ActorTestKit kit;
  private final PersistenceTestKit journal;
  private final ActorRef<Committer.Command> committer;
  private final Map<String, Contribution> contributions = new LinkedHashMap<>();
  private final NodeIds ids = new NodeIds(Clock.systemUTC(), new Random(1));
  private final Log log = new Log();

  CommitterScene(ActorTestKit kit, int actorLimit) throws Exception {
    this(kit, actorLimit, Directory::create);
  }

  CommitterScene(
      ActorTestKit kit,
      int actorLimit,
      BiFunction<NodeId, DirectoryState, Behavior<Directory.Command>> directory)
      throws Exception {
    this.kit = kit;
    this.journal = PersistenceTestKit.create(kit.system());
    journal.clearAll();
    this.states = new CommittedStates(log, 0);
    BiFunction<NodeId, DirectoryState, Behavior<Directory.Command>> counted =
        (id, state) -> {
          started.add(id);
          return directory.apply(id, state);
        };
    Committer.Setting setting =
        new Committer.Setting(
            log,
            states,
            Runnable::run,
            Clock.systemUTC(),
            () -> UUID.randomUUID().toString(),
            counted,
            actorLimit,
            QUEUE_LIMIT);
    this.committer = kit.spawn(Committer.create(setting));
    commitRoot();
  }

  private void commitRoot() throws Exception {
    Changes.OfDirectory root =
        new Changes.OfDirectory(
            NodeId.ROOT, "/", true, List.of(), Optional.of(new Attributes(0755, 0)), List.of());
    CompletableFuture<CommitResult> answer =
        send(new Changes(0, List.of(root), List.of(), List.of(), new MemoryStaging(), 1, 0));
    store("", 1);
    answer.get(5, TimeUnit.SECONDS);
  }

  /** Changes the newest tree and stores it at once. */
  void given(Change change) throws Exception {
    CompletableFuture<CommitResult> answer = commit("given", change);
    store("given", states.txnSeq() + 1);
    answer.get(5, TimeUnit.SECONDS);
  }

  /** Changes to a tree. */
  interface Change {
    void apply(WorkingDirectory root) throws IOException;
  }

  /** Opens a workspace on the newest tree. */
  Workspace workspace() {
    return new Workspace(
        states.newest(),
        new ContentStore(new NoDisk(), Path.of("/none"), 1024),
        MemoryStaging::new,
        ids,
        Clock.systemUTC(),
        1 << 20);
  }

  /** Sends changes of the newest tree under a name. */
  CompletableFuture<CommitResult> commit(String name, Change change) throws IOException {
    Workspace workspace = workspace();
    change.apply(TreeWorkingDirectory.of(workspace));
    return send(name, workspace);
  }

  CompletableFuture<CommitResult> send(String name, Workspace workspace) {
    return send(name, workspace.changes());
  }

  private CompletableFuture<CommitResult> send(Changes changes) {
    return send("", changes);
  }

  private CompletableFuture<CommitResult> send(String name, Changes changes) {
    CompletableFuture<CommitResult> answer = new CompletableFuture<>();
    committer.tell(new Committer.CommitHere(changes, new CommitInfo(name, "", ""), answer));
    return answer;
  }

  ActorRef<Committer.Command> committer() {
    return committer;
  }

  /** Returns the transaction of that name once the log has been asked for it. */
  Contribution contribution(String name) {
    Awaitility.await().until(() -> isAsked(name));
    synchronized (contributions) {
      return Optional.ofNullable(contributions.get(name)).orElseThrow();
    }
  }

  boolean isAsked(String name) {
    synchronized (contributions) {
      return contributions.containsKey(name);
    }
  }

  /** Lets a transaction become durable as number {@code txnSeq}. */
  void store(String name, long txnSeq) {
    Contribution contribution = contribution(name);
    contribution
        .newborn()
        .forEach(event -> journal.persistForRecovery(event.own().node().hex(), List.of(event)));
    forget(name);
    contribution.answer().complete(new CommitReceipt(txnSeq, txnSeq * 1000, 1));
  }

  /** Lets a transaction fail. */
  void fail(String name, RuntimeException failure) {
    Contribution contribution = contribution(name);
    forget(name);
    contribution.answer().completeExceptionally(failure);
  }

  private void forget(String name) {
    synchronized (contributions) {
      contributions.remove(name);
    }
  }

  /** Lets the next write of a directory fail in the journal too. */
  void failNextPersist(String path) throws IOException {
    journal.failNextPersisted(idOf(path).hex());
  }

  NodeId idOf(String path) throws IOException {
    return root().metadata(path).child();
  }

  /** Returns the newest committed tree to read from. */
  WorkingDirectory root() {
    return TreeWorkingDirectory.of(states.newest());
  }

  /** Returns the names in a directory of the newest committed tree, joined by spaces. */
  String list(String path) throws IOException {
    List<String> names = new ArrayList<>();
    root().list(path).keySet().forEach(name -> names.add(name.value()));
    return String.join(" ", names);
  }

  static Throwable failureOf(CompletableFuture<?> answer) {
    return Optional.ofNullable(
            catchThrowableOfType(ExecutionException.class, () -> answer.get(5, TimeUnit.SECONDS)))
        .map(Throwable::getCause)
        .orElseThrow();
  }

  static InputStream text(String text) {
    return new ByteArrayInputStream(text.getBytes(UTF_8));
  }

  /** What the log holds is what the states were told; directories not in memory are an error. */
  private final class Log implements CommitLog, DirectorySource {
    @Override
    public void syncContents(Collection<Sha256> written) {}

    @Override
    public void catchUp() {
      catchUps++;
      onCatchUp.run();
    }

    @Override
    public CompletionStage<CommitReceipt> contribute(
        ActorSystem<?> system,
        DirectoryEvent.Group group,
        List<DirectoryEvent> newborn,
        Staging staging,
        TransactionRow description) {
      CompletableFuture<CommitReceipt> answer = new CompletableFuture<>();
      synchronized (contributions) {
        contributions.put(
            description.command(), new Contribution(group, newborn, description, answer));
      }
      return answer;
    }

    @Override
    public void abandon(ActorSystem<?> system, DirectoryEvent.Group group, RuntimeException cause) {
      abandoned.add(group);
    }

    @Override
    public Published load(NodeId directory, long asOf) {
      return Optional.ofNullable(foreign.get(directory))
          .orElseThrow(() -> new IllegalStateException("not in memory: " + directory));
    }

    @Override
    public Lineage lineage() {
      throw new IllegalStateException("nothing here asks for the past");
    }

    @Override
    public Map<NodeId, Published> loadAll(long asOf) {
      throw new IllegalStateException("nothing here loads all");
    }

    @Override
    public InputStream open(Entry.File entry, String path) {
      throw new IllegalStateException("nothing here reads files");
    }
  }

  /** States that the log has though this process has not published them. */
  final Map<NodeId, Published> foreign = new ConcurrentHashMap<>();

  Runnable onCatchUp = () -> {};

  @Override
  public void close() {
    kit.stop(committer);
    assertThat(contributions).isEmpty();
  }
}
