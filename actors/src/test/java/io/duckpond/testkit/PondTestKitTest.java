package io.duckpond.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;

import io.duckpond.Pond;
import io.duckpond.Transaction;
import io.duckpond.journal.disk.JournalException;
import java.io.ByteArrayInputStream;
import java.nio.file.NoSuchFileException;
import java.time.Duration;
import java.time.Instant;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The kit that services test with. */
@ExtendWith(PondExtension.class)
final class PondTestKitTest {

  @Test
  void committedFilesOutliveARestartAndUncommittedOnesDoNot(PondTestKit kit) throws Exception {
    kit.put("/a/b", "small");
    kit.put("/a/large", "x".repeat(100_000));
    Pond before = kit.pond();
    before.begin().root().createDirectory("/lost");

    Pond after = kit.restart();

    assertThat(after).isNotSameAs(before);
    assertThat(kit.tree())
        .containsExactly(
            entry("/a/", ""), entry("/a/b", "small"), entry("/a/large", "x".repeat(100_000)));
  }

  @Test
  void pastStatesAreReadByNumberAndByInstant(PondTestKit kit) throws Exception {
    kit.put("/f", "old");
    Instant then = kit.now();
    kit.putClockForward(Duration.ofDays(1));
    kit.put("/f", "new");

    assertThat(kit.text("/f")).isEqualTo("new");
    assertThat(kit.asOf(1).list("/")).isEmpty();
    assertThat(kit.asOf(2).readBytes("/f")).asString().isEqualTo("old");
    assertThat(kit.asOf(then.plusSeconds(60)).readBytes("/f")).asString().isEqualTo("old");
  }

  @Test
  void aFailedWriteLeavesTheTransactionToBeCommittedAgain(PondTestKit kit) throws Exception {
    try (Transaction transaction = kit.pond().begin()) {
      transaction.root().createDirectory("/d");
      kit.failNextWrites(1);

      assertThatThrownBy(transaction::commit).isInstanceOf(JournalException.class);
      assertThat(kit.tree()).isEmpty();
      assertThat(transaction.commit().txnSeq()).isEqualTo(2);
      assertThat(kit.tree()).containsExactly(entry("/d/", ""));
    }
  }

  @Test
  void aFailedReadIsToldAndTheNextOneSucceeds(PondTestKit kit) throws Exception {
    kit.put("/large", "x".repeat(100_000));
    kit.restart();
    kit.root().list("/");
    kit.failNextReads(1);

    assertThatThrownBy(() -> kit.text("/large")).hasMessageContaining("the test lets it fail");
    assertThat(kit.text("/large")).hasSize(100_000);
  }

  @Test
  void aKilledProcessLeavesWhatItHadCommitted(PondTestKit kit) throws Exception {
    kit.put("/kept", "1");
    Transaction open = kit.pond().begin();
    open.root().write("/lost", new ByteArrayInputStream(new byte[200_000]));

    kit.kill();
    kit.put("/next", "2");

    assertThat(kit.tree()).containsExactly(entry("/kept", "1"), entry("/next", "2"));
  }

  @Test
  void whatIsClearedIsGone(PondTestKit kit, Pond first) throws Exception {
    assertThat(kit.pond()).isSameAs(first);
    kit.put("/f", "1");

    Pond next = kit.clearAll();

    assertThat(next.view().txnSeq()).isEqualTo(1);
    assertThatThrownBy(() -> kit.text("/f"))
        .isInstanceOf(NoSuchFileException.class)
        .hasMessage("/f");
  }

  @Test
  void actorsOfTheServiceRunBesideThePond(Pond pond, ActorTestKit actors) {
    TestProbe<Long> probe = actors.createTestProbe();

    pond.readAsync(root -> (long) root.list("/").size()).thenAccept(probe.getRef()::tell);

    assertThat(probe.receiveMessage(Duration.ofSeconds(30))).isZero();
  }
}
