package io.duckpond.journal.commit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.function.IntSupplier;
import org.junit.jupiter.api.Test;

class GatheringTest {
  private final Gathering gathering = new Gathering();

  /** How many wait at each look; nobody comes after the last. */
  private static final class Arrivals implements IntSupplier {
    private final int[] waiting;
    private int looks;

    Arrivals(int... waiting) {
      this.waiting = waiting;
    }

    @Override
    public int getAsInt() {
      return waiting[Math.min(looks++, waiting.length - 1)];
    }
  }

  private int looks(int... waiting) {
    Arrivals arrivals = new Arrivals(waiting);
    gathering.await(arrivals);
    return arrivals.looks;
  }

  @Test
  void waitsUntilAsManyWaitAsWereAnswered() {
    gathering.answered(5);
    assertThat(looks(1, 2, 4, 5, 6, 7)).isEqualTo(4);
  }

  @Test
  void doesNotWaitWhereTheyHaveComeAlready() {
    gathering.answered(5);
    assertThat(looks(5)).isEqualTo(1);
  }

  @Test
  void givesUpWhenNobodyNewComes() {
    gathering.answered(5);
    assertThat(looks(2, 3, 3, 3, 4)).isEqualTo(4);
  }

  @Test
  void givesUpAfterAWhileThoughTheyStillCome() {
    gathering.answered(100);
    assertThat(looks(1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13)).isEqualTo(9);
  }

  @Test
  void waitsForNobodyAfterALoneWriterNorBeforeTheFirstFlush() {
    assertThat(looks(0)).isZero();
    gathering.answered(1);
    assertThat(looks(0)).isZero();
  }

  @Test
  void waitsOnceForThoseWhoWereAnswered() {
    gathering.answered(5);
    assertThat(looks(0)).isEqualTo(3);
    assertThat(looks(1)).isZero();
  }
}
