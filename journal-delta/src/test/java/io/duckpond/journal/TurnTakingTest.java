package io.duckpond.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Many tasks, and somebody else who has one. */
final class TurnTakingTest {
  private final Queue<Runnable> queue = new ArrayDeque<>();
  private final List<String> done = new ArrayList<>();

  private void runAll() {
    for (Runnable next = queue.poll(); next != null; next = queue.poll()) {
      next.run();
    }
  }

  @Test
  void runsAllInTheirOrder() {
    Executor turns = new TurnTaking(queue::add);
    List<String> all = IntStream.range(0, 1_000).mapToObj(String::valueOf).toList();

    all.forEach(name -> turns.execute(() -> done.add(name)));
    runAll();
    turns.execute(() -> done.add("later"));
    runAll();

    assertThat(done).startsWith("0", "1").hasSize(1_001).endsWith("999", "later");
    assertThat(done.subList(0, 1_000)).isEqualTo(all);
  }

  @Test
  void othersWaitForAFewOnly() {
    Executor turns = new TurnTaking(queue::add);
    for (int i = 0; i < 1_000; i++) {
      turns.execute(() -> done.add("ours"));
    }
    queue.add(() -> done.add("theirs"));

    runAll();

    assertThat(done.indexOf("theirs")).isPositive().isLessThan(100);
    assertThat(done).hasSize(1_001);
  }

  @Test
  void aTaskThatFailsDoesNotEndTheOthers() {
    Executor turns = new TurnTaking(queue::add);
    turns.execute(
        () -> {
          throw new IllegalStateException("it failed");
        });
    turns.execute(() -> done.add("after it"));

    assertThatThrownBy(this::runAll).hasMessage("it failed");
    runAll();

    assertThat(done).containsExactly("after it");
  }

  @Test
  void runsAtOnceWhatAnEndedExecutorRefuses() {
    Executor turns =
        new TurnTaking(
            task -> {
              throw new RejectedExecutionException("ended");
            });

    turns.execute(() -> done.add("told"));

    assertThat(done).containsExactly("told");
  }
}
