package io.duckpond.transaction;

import static io.duckpond.transaction.CommitterScene.failureOf;
import static io.duckpond.transaction.CommitterScene.text;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.ConfigFactory;
import io.duckpond.CommitInfo;
import io.duckpond.CommitResult;
import io.duckpond.ConflictException;
import io.duckpond.directory.Directory;
import io.duckpond.journal.disk.JournalException;
import io.duckpond.node.NodeId;
import io.duckpond.view.Published;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.apache.pekko.Done;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.pattern.StatusReply;
import org.apache.pekko.persistence.testkit.javadsl.EventSourcedBehaviorTestKit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The rules of actors.md, "The Committer", one test or more for each. */
final class CommitterTest {
  private static final ActorTestKit KIT =
      ActorTestKit.create(
          EventSourcedBehaviorTestKit.config()
              .withFallback(ConfigFactory.load().getConfig("pond.system"))
              .withFallback(ConfigFactory.load()));

  private CommitterScene scene;

  @AfterAll
  static void stopActors() {
    KIT.shutdownTestKit();
  }

  @BeforeEach
  void makeDirectories() throws Exception {
    scene = new CommitterScene(KIT, 100);
    scene.given(
        root -> {
          root.createDirectory("/a");
          root.createDirectory("/b");
          root.createDirectories("/d/sub");
        });
  }

  @AfterEach
  void close() {
    scene.close();
  }

  @Test
  void transactionsOnDistinctDirectoriesAreUnderWayTogether() throws Exception {
    CompletableFuture<CommitResult> first =
        scene.commit("first", root -> root.createDirectory("/a/x"));
    CompletableFuture<CommitResult> second =
        scene.commit("second", root -> root.createDirectory("/b/x"));

    scene.contribution("first");
    scene.contribution("second");
    scene.store("first", 3);
    scene.store("second", 4);

    assertThat(first.get(5, SECONDS).txnSeq()).isEqualTo(3);
    assertThat(second.get(5, SECONDS).txnSeq()).isEqualTo(4);
  }

  @Test
  void oneDirectoryIsChangedFirstInFirstOut() throws Exception {
    CompletableFuture<CommitResult> first =
        scene.commit("first", root -> root.createDirectory("/a/x"));
    CompletableFuture<CommitResult> second =
        scene.commit("second", root -> root.createDirectory("/a/y"));

    scene.contribution("first");
    assertThat(scene.isAsked("second")).isFalse();
    scene.store("first", 3);
    first.get(5, SECONDS);
    scene.store("second", 4);

    assertThat(second.get(5, SECONDS).txnSeq()).isEqualTo(4);
    assertThat(scene.list("/a")).isEqualTo("x y");
  }

  @Test
  void whatWaitsForAHotDirectoryIsPersistedTogether() throws Exception {
    CompletableFuture<CommitResult> first =
        scene.commit("first", root -> root.createDirectory("/a/0"));
    scene.contribution("first");
    Workspace late = scene.workspace();
    TreeWorkingDirectory.of(late).createFile("/a/2", text("late"));
    List<CompletableFuture<CommitResult>> answers = new ArrayList<>();
    for (int i = 1; i <= 2; i++) {
      String name = "/a/" + i;
      answers.add(scene.commit("hot", root -> root.createFile(name, text("x"))));
    }
    CompletableFuture<CommitResult> conflict = scene.send("hot", late);
    scene.store("first", 3);
    first.get(5, SECONDS);

    CommitterScene.Contribution together = scene.contribution("hot");
    scene.store("hot", 4);

    assertThat(together.group().participants()).isEqualTo(2);
    assertThat(together.description().operations()).isEqualTo(2);
    assertThat(together.description().entries()).isEqualTo(3);
    for (CompletableFuture<CommitResult> answer : answers) {
      assertThat(answer.get(5, SECONDS).txnSeq()).isEqualTo(4);
      assertThat(answer.get(5, SECONDS).operations()).isEqualTo(1);
    }
    assertThat(failureOf(conflict))
        .isInstanceOf(ConflictException.class)
        .hasMessageStartingWith("/a/2: ");
    assertThat(scene.list("/a")).isEqualTo("0 1 2");
  }

  @Test
  void whatUnlinksADirectoryRunsAlone() throws Exception {
    CompletableFuture<CommitResult> before =
        scene.commit("before", root -> root.createDirectory("/a/x"));
    CompletableFuture<CommitResult> removal =
        scene.commit("removal", root -> root.removeRecursively("/d"));
    CompletableFuture<CommitResult> behind =
        scene.commit("behind", root -> root.createDirectory("/b/x"));

    scene.contribution("before");
    assertThat(scene.isAsked("removal")).isFalse();
    assertThat(scene.isAsked("behind")).isFalse();
    scene.store("before", 3);
    before.get(5, SECONDS);
    scene.contribution("removal");
    assertThat(scene.isAsked("behind")).isFalse();
    scene.store("removal", 4);
    removal.get(5, SECONDS);
    scene.store("behind", 5);

    assertThat(behind.get(5, SECONDS).txnSeq()).isEqualTo(5);
  }

  @Test
  void participantsAreTheExistingDirectoriesAndTheCommitter() throws Exception {
    CompletableFuture<CommitResult> answer =
        scene.commit(
            "three",
            root -> {
              root.createDirectory("/a/new");
              root.createFile("/a/new/file", text("1"));
              root.createDirectory("/b/new");
            });

    CommitterScene.Contribution asked = scene.contribution("three");
    scene.store("three", 3);

    assertThat(asked.group().participants()).isEqualTo(3);
    assertThat(asked.newborn()).hasSize(2);
    assertThat(asked.description().partitions()).isEqualTo(4);
    assertThat(answer.get(5, SECONDS).operations()).isEqualTo(3);
    assertThat(scene.started)
        .containsExactlyInAnyOrder(NodeId.ROOT, scene.idOf("/a"), scene.idOf("/b"));
  }

  @Test
  void nothingIsShownBeforeTheLogHasAnswered() throws Exception {
    CompletableFuture<CommitResult> answer =
        scene.commit("slow", root -> root.createDirectory("/a/x"));

    scene.contribution("slow");
    assertThat(scene.list("/a")).isEmpty();
    assertThat(scene.states.txnSeq()).isEqualTo(2);
    scene.store("slow", 3);
    answer.get(5, SECONDS);

    assertThat(scene.list("/a")).isEqualTo("x");
    assertThat(scene.states.txnSeq()).isEqualTo(3);
  }

  @Test
  void transactionsAreShownInTheOrderOfTheLog() throws Exception {
    CompletableFuture<CommitResult> first =
        scene.commit("first", root -> root.createDirectory("/a/x"));
    CompletableFuture<CommitResult> second =
        scene.commit("second", root -> root.createDirectory("/b/x"));
    scene.contribution("first");

    scene.store("second", 4);
    CompletableFuture<CommitResult> conflict =
        scene.commit("probe", root -> root.createDirectory("/d/probe"));
    scene.contribution("probe"); // by then the receipt of the second has been seen

    assertThat(second).isNotDone();
    assertThat(scene.list("/b")).isEmpty();
    scene.store("first", 3);
    assertThat(first.get(5, SECONDS).txnSeq()).isEqualTo(3);
    assertThat(second.get(5, SECONDS).txnSeq()).isEqualTo(4);
    assertThat(scene.list("/b")).isEqualTo("x");
    scene.store("probe", 5);
    conflict.get(5, SECONDS);
  }

  @Test
  void aConflictNamesThePathAndWritesNothing() throws Exception {
    Workspace late = scene.workspace();
    TreeWorkingDirectory.of(late).createFile("/a/x", text("late"));
    scene.given(root -> root.createFile("/a/x", text("early")));

    CompletableFuture<CommitResult> answer = scene.send("late", late);

    assertThat(failureOf(answer))
        .isInstanceOf(ConflictException.class)
        .hasMessageStartingWith("/a/x: ");
    assertThat(scene.isAsked("late")).isFalse();
    assertThat(late.dirty()).containsExactly("/a/x");
  }

  @Test
  void aFailedTransactionLeavesTheWorkspaceAndMayBeRepeated() throws Exception {
    scene.given(root -> root.createDirectory("/a/before"));
    Workspace workspace = scene.workspace();
    TreeWorkingDirectory.of(workspace).createDirectory("/a/x");
    scene.failNextPersist("/a");
    int startedBefore = scene.started.size();

    CompletableFuture<CommitResult> answer = scene.send("fails", workspace);
    scene.fail("fails", JournalException.notStored("no space", new IOException("no space")));

    assertThat(failureOf(answer)).isInstanceOf(JournalException.class).hasMessage("no space");
    assertThat(scene.list("/a")).isEqualTo("before");
    assertThat(workspace.dirty()).containsExactly("/a/x");
    CompletableFuture<CommitResult> again = scene.send("again", workspace);
    scene.store("again", 4);
    assertThat(again.get(5, SECONDS).txnSeq()).isEqualTo(4);
    assertThat(scene.list("/a")).isEqualTo("before x");
    // Its actor had applied what was never stored: another has taken its place.
    assertThat(scene.started.subList(startedBefore, scene.started.size()))
        .containsExactly(scene.idOf("/a"));
  }

  @Test
  void afterAFailureTheLogIsLookedAtBeforeTheNextDecision() throws Exception {
    CompletableFuture<CommitResult> lost =
        scene.commit("lost", root -> root.createDirectory("/a/x"));
    scene.failNextPersist("/a");
    scene.fail("lost", JournalException.unknown("who knows", new IOException("EIO")));
    assertThat(failureOf(lost)).isInstanceOf(JournalException.class);
    assertThat(scene.catchUps).isZero();

    CompletableFuture<CommitResult> next =
        scene.commit("next", root -> root.createDirectory("/b/x"));
    scene.store("next", 3);
    next.get(5, SECONDS);

    assertThat(scene.catchUps).isEqualTo(1);
  }

  @Test
  void aTransactionThatWasStoredThoughItFailedIsFoundInTheLog() throws Exception {
    NodeId a = scene.idOf("/a");
    NodeId child = new NodeId(1, 1);
    CompletableFuture<CommitResult> lost =
        scene.commit("lost", root -> root.createDirectory("/a/x"));
    CompletableFuture<CommitResult> other =
        scene.commit("other", root -> root.createDirectory("/b/x"));
    scene.contribution("lost");
    scene.contribution("other");
    Published stored =
        Published.loaded(
            3, 0, scene.states.newest().directory(a).apply(TestEvents.put(a, "found", child)));
    scene.onCatchUp =
        () -> {
          scene.foreign.put(a, stored);
          scene.states.skipTo(4, Set.of(a, idOf("/b")));
        };
    scene.foreign.put(
        idOf("/b"),
        Published.loaded(
            4,
            0,
            scene
                .states
                .newest()
                .directory(idOf("/b"))
                .apply(TestEvents.put(idOf("/b"), "x", child))));

    scene.fail("lost", JournalException.unknown("who knows", new IOException("EIO")));
    scene.store("other", 4);

    assertThat(failureOf(lost)).isInstanceOf(JournalException.class);
    assertThat(other.get(5, SECONDS).txnSeq()).isEqualTo(4);
    assertThat(scene.list("/a")).isEqualTo("found");
    assertThat(scene.list("/b")).isEqualTo("x");
  }

  @Test
  void aParticipantThatCrashesFailsItsTransactionAndNobodyElse() throws Exception {
    scene.close();
    NodeId[] crashing = new NodeId[1];
    scene =
        new CommitterScene(
            KIT,
            100,
            (id, state) ->
                id.equals(crashing[0])
                    ? Behaviors.receiveMessage(
                        command -> {
                          throw new IllegalStateException("partition [" + id + "] is broken");
                        })
                    : Directory.create(id, state));
    scene.given(
        root -> {
          root.createDirectory("/a");
          root.createDirectory("/b");
        });
    crashing[0] = scene.idOf("/a");

    CompletableFuture<CommitResult> broken =
        scene.commit("broken", root -> root.createDirectory("/a/x"));
    CompletableFuture<CommitResult> healthy =
        scene.commit("healthy", root -> root.createDirectory("/b/x"));
    scene.store("healthy", 3);
    healthy.get(5, SECONDS);
    Awaitility.await().until(() -> scene.abandoned.contains(scene.contribution("broken").group()));
    scene.fail("broken", JournalException.notStored("1 of 2 came", new IOException()));

    assertThat(failureOf(broken))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("is broken");
    assertThat(scene.list("/a")).isEmpty();
    crashing[0] = NodeId.ROOT;
    CompletableFuture<CommitResult> again =
        scene.commit("again", root -> root.createDirectory("/a/x"));
    scene.store("again", 4);
    assertThat(again.get(5, SECONDS).txnSeq()).isEqualTo(4);
  }

  @Test
  void tooManyThatWaitAreRefusedAtOnce() throws Exception {
    CompletableFuture<CommitResult> first =
        scene.commit("first", root -> root.createDirectory("/a/0"));
    scene.contribution("first");
    for (int i = 1; i <= CommitterScene.QUEUE_LIMIT; i++) {
      String name = "/a/" + i;
      scene.commit(name, root -> root.createDirectory(name));
    }

    CompletableFuture<CommitResult> refused =
        scene.commit("refused", root -> root.createDirectory("/a/x"));

    assertThat(failureOf(refused))
        .isInstanceOf(JournalException.class)
        .hasMessageContaining("3 transactions wait already");
    scene.store("first", 3);
    first.get(5, SECONDS);
    for (int i = 1; i <= CommitterScene.QUEUE_LIMIT; i++) {
      scene.store("/a/" + i, 3 + i);
    }
  }

  @Test
  void idleDirectoriesBeyondTheLimitLoseTheirActors() throws Exception {
    scene.close();
    scene = new CommitterScene(KIT, 1);
    scene.given(
        root -> {
          root.createDirectory("/a");
          root.createDirectory("/b");
        });

    scene.given(root -> root.createDirectory("/a/1"));
    scene.given(root -> root.createDirectory("/b/1"));
    scene.given(root -> root.createDirectory("/a/2"));
    scene.given(root -> root.createDirectory("/a/3"));

    NodeId a = scene.idOf("/a");
    assertThat(scene.started).containsExactly(NodeId.ROOT, a, scene.idOf("/b"), a);
    assertThat(scene.list("/a")).isEqualTo("1 2 3");
  }

  @Test
  void finishingWaitsForWhatIsInFlightAndTakesNothingMore() throws Exception {
    CompletableFuture<CommitResult> inFlight =
        scene.commit("in flight", root -> root.createDirectory("/a/x"));
    scene.contribution("in flight");
    CompletableFuture<Done> done = new CompletableFuture<>();

    scene.committer().tell(new Committer.Finish(done));
    CompletableFuture<CommitResult> late =
        scene.commit("late", root -> root.createDirectory("/b/x"));

    assertThat(failureOf(late)).hasMessageContaining("being closed");
    assertThat(done).isNotDone();
    scene.store("in flight", 3);
    done.get(5, SECONDS);
    assertThat(inFlight).isCompleted();
    KIT.createTestProbe().expectTerminated(scene.committer());
  }

  @Test
  void answersByMessageToo() throws Exception {
    TestProbe<StatusReply<CommitResult>> probe = KIT.createTestProbe();
    Workspace workspace = scene.workspace();
    TreeWorkingDirectory.of(workspace).createDirectory("/a/x");

    scene
        .committer()
        .tell(
            new Committer.Commit(
                workspace.changes(), new CommitInfo("asked", "", ""), probe.getRef()));
    scene.store("asked", 3);

    assertThat(probe.receiveMessage().getValue().txnSeq()).isEqualTo(3);
    TreeWorkingDirectory.of(workspace).createDirectory("/b/x");
    scene
        .committer()
        .tell(new Committer.Commit(workspace.changes(), CommitInfo.NONE, probe.getRef()));
    assertThat(probe.receiveMessage().getError()).isInstanceOf(ConflictException.class);
  }

  private NodeId idOf(String path) {
    try {
      return scene.idOf(path);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }
}
