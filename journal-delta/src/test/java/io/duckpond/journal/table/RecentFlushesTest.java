package io.duckpond.journal.table;

import static io.duckpond.journal.table.Records.event;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** How much of recent flushes is remembered, and which of them. */
final class RecentFlushesTest {
  private final RememberedFlush records =
      RememberedFlush.of(List.of(event("a", 1, 1), event("b", 1, 1)));
  private final long size = records.bytes();

  @Test
  void theOldestKeepTheirPlacesUntilTheyAreMerged() {
    RecentFlushes recent = new RecentFlushes(16 * size);
    for (int file = 1; file <= 20; file++) {
      recent.add("flush-" + file, records);
    }

    assertThat(recent.bytes()).isEqualTo(16 * size);
    assertThat(recent.of("flush-1")).contains(records);
    assertThat(recent.of("flush-16")).contains(records);
    assertThat(recent.of("flush-17")).isEmpty();

    recent.remove(List.of("flush-1", "flush-2"));
    recent.add("flush-21", records);
    assertThat(recent.of("flush-21")).contains(records);
    assertThat(recent.bytes()).isEqualTo(15 * size);
  }

  @Test
  void whatWasMergedGivesItsRoomBack() {
    RecentFlushes recent = new RecentFlushes(16 * size);
    recent.add("flush-1", records);
    recent.add("flush-2", records);

    recent.remove(List.of("flush-1", "merged-0"));

    assertThat(recent.of("flush-1")).isEmpty();
    assertThat(recent.bytes()).isEqualTo(size);
  }

  @Test
  void whatOthersHaveMergedGivesItsRoomBack() {
    RecentFlushes recent = new RecentFlushes(16 * size);
    recent.add("flush-1", records);
    recent.add("flush-2", records);

    recent.keepOnly(Set.of("flush-2", "merged-0"));

    assertThat(recent.of("flush-1")).isEmpty();
    assertThat(recent.of("flush-2")).contains(records);
    assertThat(recent.bytes()).isEqualTo(size);
  }

  @Test
  void thereIsRoomForOneFlushAsLongAsThereIsForAll() {
    RecentFlushes recent = new RecentFlushes(16 * size + 1);
    assertThat(recent.room()).isEqualTo(size);

    for (int file = 1; file <= 16; file++) {
      recent.add("flush-" + file, records);
    }
    assertThat(recent.room()).isEqualTo(1);
  }

  @Test
  void oneThatIsTooLargeIsNotRemembered() {
    RecentFlushes recent = new RecentFlushes(16 * size - 16);

    recent.add("flush-1", records);

    assertThat(recent.of("flush-1")).isEmpty();
    assertThat(recent.bytes()).isZero();
  }

  @Test
  void nothingIsRememberedIfNotWanted() {
    RecentFlushes recent = new RecentFlushes(0);

    recent.add("flush-1", records);

    assertThat(recent.of("flush-1")).isEmpty();
  }
}
