package io.duckpond.restore;

import static io.duckpond.oplog.TestLog.node;
import static io.duckpond.oplog.TestLog.put;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.duckpond.directory.DirectoryState;
import io.duckpond.journal.disk.DamageException;
import io.duckpond.node.NodeId;
import io.duckpond.oplog.DirectoryEntry;
import io.duckpond.oplog.LoggedEvent;
import io.duckpond.oplog.TestLog;
import io.duckpond.path.EntryName;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

final class ReplayTest {
  private static final NodeId DIRECTORY = node(1);

  static LongStream seeds() {
    long first = System.nanoTime();
    return LongStream.range(first, first + 20);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void anyOrderOfTheEventsRebuildsTheSameState(long seed) {
    List<LoggedEvent> events = new ArrayList<>();
    DirectoryState expected = DirectoryState.EMPTY;
    for (int i = 1; i <= 50; i++) {
      LoggedEvent event = logged(i, 3 * i, put("n" + i % 20, node(100 + i)));
      events.add(event);
      expected = expected.apply(event);
    }
    Collections.shuffle(events, new Random(seed));

    Replay replay = new Replay(DIRECTORY);
    events.forEach(replay::add);

    assertThat(replay.end().state()).isEqualTo(expected);
    assertThat(replay.end().txnSeq()).isEqualTo(150);
  }

  @Test
  void aMissingEventIsDamage() {
    Replay replay = new Replay(DIRECTORY);
    replay.add(logged(1, 1, put("a", node(2))));
    replay.add(logged(3, 3, put("c", node(3))));

    assertThatThrownBy(replay::end)
        .isInstanceOf(DamageException.class)
        .hasMessageContaining(DIRECTORY.hex())
        .hasMessageContaining("event [2] is missing");
  }

  @Test
  void aPartitionWithoutEventsIsDamage() {
    assertThatThrownBy(new Replay(DIRECTORY)::end).isInstanceOf(DamageException.class);
  }

  @Test
  void anEventThatStandsTwiceIsDamage() {
    Replay replay = new Replay(DIRECTORY);
    replay.add(logged(1, 1, put("a", node(2))));
    replay.add(logged(3, 3, put("c", node(3))));

    assertThatThrownBy(() -> replay.add(logged(1, 1, put("a", node(2)))))
        .isInstanceOf(DamageException.class)
        .hasMessageContaining("twice");
    assertThatThrownBy(() -> replay.add(logged(3, 3, put("c", node(3)))))
        .isInstanceOf(DamageException.class)
        .hasMessageContaining("twice");
  }

  @Test
  void transactionsThatGoBackInTimeAreDamage() {
    Replay replay = new Replay(DIRECTORY);
    replay.add(logged(1, 7, put("a", node(2))));

    assertThatThrownBy(() -> replay.add(logged(2, 6, put("b", node(3)))))
        .isInstanceOf(DamageException.class)
        .hasMessageContaining("transaction [6]");
  }

  @Test
  void anEventThatTakesAwayWhatIsNotThereIsDamage() {
    Replay replay = new Replay(DIRECTORY);
    DirectoryEntry absent =
        new DirectoryEntry.Remove(new EntryName("a"), put("a", node(2)).entry());

    assertThatThrownBy(() -> replay.add(logged(1, 1, absent)))
        .isInstanceOf(DamageException.class)
        .hasMessageContaining("'a'");
  }

  private static LoggedEvent logged(long seqNr, long txnSeq, DirectoryEntry change) {
    return new LoggedEvent(
        DIRECTORY, seqNr, txnSeq, 1000 + txnSeq, TestLog.event(DIRECTORY, List.of(change)));
  }
}
