package io.duckpond.feed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.duckpond.CommitInfo;
import io.duckpond.Pond;
import io.duckpond.PondSettings;
import io.duckpond.Transaction;
import io.duckpond.journal.disk.Machine;
import io.duckpond.testkit.PondExtension;
import io.duckpond.testkit.PondTestKit;
import java.io.ByteArrayInputStream;
import java.nio.file.ClosedFileSystemException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.stream.javadsl.Sink;
import org.apache.pekko.stream.javadsl.SinkQueueWithCancel;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** One element per transaction, none missed and none doubled. */
@ExtendWith(PondExtension.class)
final class ChangeFeedTest {
  private PondTestKit kit;
  private ActorSystem<?> system;

  @BeforeEach
  void start(PondTestKit given, ActorTestKit actors) {
    kit = given;
    system = actors.system();
  }

  private static <T> T await(CompletionStage<T> stage) throws Exception {
    return stage.toCompletableFuture().get(30, TimeUnit.SECONDS);
  }

  private List<CommittedTransaction> current(long from) throws Exception {
    return await(kit.pond().feed().current(from).runWith(Sink.seq(), system));
  }

  /** Says what an element tells, a line a change. */
  private static List<String> told(CommittedTransaction transaction) {
    List<String> told = new ArrayList<>();
    for (Change change : transaction.changes()) {
      String from = change instanceof Change.Moved moved ? moved.from() + " -> " : "";
      told.add(change.getClass().getSimpleName() + " " + from + change.path());
    }
    return told;
  }

  @Test
  void anElementTellsWhoDidWhatToWhichPaths() throws Exception {
    try (Transaction transaction = kit.pond().begin()) {
      transaction.root().createDirectories("/a/b");
      transaction.root().touch("/a/b/f");
      transaction.root().touch("/gone");
      transaction.commit(new CommitInfo("cmd", "first", "me"));
      transaction.root().rename("/a/b", "/c");
      transaction.root().write("/c/g", new ByteArrayInputStream(new byte[100_000]));
      transaction.root().remove("/gone");
      transaction.commit();
      transaction.root().rename("/c/f", "/a/f2");
      transaction.commit();
      transaction.root().removeRecursively("/c");
      transaction.commit();
    }

    List<CommittedTransaction> all = current(1);

    assertThat(all).extracting(CommittedTransaction::txnSeq).containsExactly(1L, 2L, 3L, 4L, 5L);
    assertThat(all.get(1))
        .extracting(
            CommittedTransaction::command,
            CommittedTransaction::message,
            CommittedTransaction::user)
        .containsExactly("cmd", "first", "me");
    assertThat(all.get(1).instant()).isAfter(all.get(0).instant());
    assertThat(told(all.get(0))).isEmpty();
    assertThat(told(all.get(1))).containsExactly("Put /a", "Put /a/b", "Put /a/b/f", "Put /gone");
    assertThat(told(all.get(2))).containsExactly("Moved /a/b -> /c", "Put /c/g", "Removed /gone");
    assertThat(told(all.get(3))).containsExactly("Moved /c/f -> /a/f2");
    assertThat(told(all.get(4))).containsExactly("Removed /c");
    for (int from = 2; from <= 6; from++) {
      assertThat(current(from)).isEqualTo(all.subList(from - 1, 5));
    }
    assertThatThrownBy(() -> current(0)).hasMessageContaining("numbered from 1: 0");
  }

  @Test
  void aLiveFeedGoesOnWithWhatIsCommittedLaterAndAfterARestart() throws Exception {
    kit.put("/f0", "0");
    SinkQueueWithCancel<CommittedTransaction> queue =
        kit.pond().feed().live(1).runWith(Sink.queue(), system);
    List<Long> seen = new ArrayList<>();

    for (int i = 1; i <= 40; i++) {
      kit.put("/f" + i, "1");
      seen.add(await(queue.pull()).orElseThrow().txnSeq());
    }
    kit.restart();
    assertThatThrownBy(
            () -> {
              while (true) {
                seen.add(await(queue.pull()).orElseThrow().txnSeq());
              }
            })
        .hasCauseInstanceOf(ClosedFileSystemException.class);
    long from = seen.get(seen.size() - 1) + 1;
    kit.put("/last", "1");
    current(from).forEach(element -> seen.add(element.txnSeq()));

    assertThat(seen).containsExactlyElementsOf(LongStream.rangeClosed(1, 43).boxed().toList());
  }

  @Test
  void aFeedHearsOfAnotherProcess() throws Exception {
    Machine machine = Machine.with(kit.disk());
    try (Pond reader = Pond.open(machine, Path.of("/pond"), PondSettings.load())) {
      SinkQueueWithCancel<CommittedTransaction> queue =
          reader.feed().live(2).runWith(Sink.queue(), system);
      CompletionStage<Optional<CommittedTransaction>> first = queue.pull();

      kit.put("/theirs", "1");

      assertThat(told(await(first).orElseThrow())).containsExactly("Put /theirs");
      queue.cancel();
    }
  }

  @Test
  void aSubscriberGetsWhatItAsksForAndNoMore() throws Exception {
    for (int i = 0; i < 40; i++) {
      kit.put("/f" + i, "1");
    }
    BlockingQueue<Object> signals = new LinkedBlockingQueue<>();

    kit.pond().feed().currentPublisher(1).subscribe(new Teller(signals, 1));

    for (long number = 1; number <= 41; number++) {
      assertThat(signals.poll(30, TimeUnit.SECONDS)).isEqualTo(number);
    }
    assertThat(signals.poll(30, TimeUnit.SECONDS)).isEqualTo("complete");
    kit.pond().feed().livePublisher(41).subscribe(new Teller(signals, Long.MAX_VALUE));
    assertThat(signals.poll(30, TimeUnit.SECONDS)).isEqualTo(41L);
    kit.put("/next", "1");
    assertThat(signals.poll(30, TimeUnit.SECONDS)).isEqualTo(42L);
    kit.pond().close();
    assertThat(signals.poll(30, TimeUnit.SECONDS)).isInstanceOf(ClosedFileSystemException.class);
  }

  /** Notes numbers and the end. */
  private static final class Teller implements Flow.Subscriber<CommittedTransaction> {
    private final BlockingQueue<Object> signals;
    private final long atATime;
    private Optional<Flow.Subscription> subscription = Optional.empty();

    Teller(BlockingQueue<Object> signals, long atATime) {
      this.signals = signals;
      this.atATime = atATime;
    }

    @Override
    public void onSubscribe(Flow.Subscription given) {
      subscription = Optional.of(given);
      given.request(atATime);
    }

    @Override
    public void onNext(CommittedTransaction element) {
      signals.add(element.txnSeq());
      if (atATime < Long.MAX_VALUE) {
        subscription.orElseThrow().request(atATime);
      }
    }

    @Override
    public void onError(Throwable failure) {
      signals.add(failure);
    }

    @Override
    public void onComplete() {
      signals.add("complete");
    }
  }
}
