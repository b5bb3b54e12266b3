package io.duckpond.node;

import static org.assertj.core.api.Assertions.assertThat;

import io.duckpond.journal.disk.Machine;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class NodeIdsTest {

  private static final Instant NOW = Instant.parse("2026-11-22T13:00:00.123Z");

  @Test
  void idIsAUuidOfVersion7ThatHoldsTheTime() {
    NodeIds ids = new NodeIds(Clock.fixed(NOW, ZoneOffset.UTC), new Random(1));

    for (int i = 0; i < 10_000; i++) {
      NodeId id = ids.next();
      UUID uuid = new UUID(id.high(), id.low());
      assertThat(uuid.version()).isEqualTo(7);
      assertThat(uuid.variant()).isEqualTo(2);
      // A millisecond holds at least 2,048 ids; then the next one is borrowed.
      assertThat(id.high() >>> 16).isBetween(NOW.toEpochMilli(), NOW.toEpochMilli() + 5);
    }
  }

  @Test
  void idsIncreaseThoughTheClockStandsStillOrRunsBack() {
    Random jumps = new Random(2);
    NodeIds ids = new NodeIds(new JumpingClock(jumps), new Random(3));

    List<NodeId> made = new ArrayList<>();
    for (int i = 0; i < 50_000; i++) {
      made.add(ids.next());
    }

    assertThat(made).isSorted().doesNotHaveDuplicates();
  }

  @Test
  void sameTimeAndRandomnessMakeTheSameIds() {
    Clock clock = Clock.fixed(NOW, ZoneOffset.UTC);

    assertThat(new NodeIds(clock, new Random(4)).next())
        .isEqualTo(new NodeIds(clock, new Random(4)).next());
    assertThat(NodeId.parse(NodeIds.of(Machine.real()).next().hex()).hex()).hasSize(32);
  }

  private static final class JumpingClock extends Clock {
    private final Random jumps;

    JumpingClock(Random jumps) {
      this.jumps = jumps;
    }

    @Override
    public Instant instant() {
      return NOW.plusMillis(jumps.nextInt(3));
    }

    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      return this;
    }
  }
}
