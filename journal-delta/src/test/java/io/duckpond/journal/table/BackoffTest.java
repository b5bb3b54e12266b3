package io.duckpond.journal.table;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** What fails is tried ever more seldom, what succeeds on every occasion. */
final class BackoffTest {
  private final Backoff backoff = new Backoff();

  /** Returns how many occasions pass before one is due. */
  private int skipped() {
    int skipped = 0;
    while (!backoff.isDue()) {
      skipped++;
    }
    return skipped;
  }

  @Test
  void skipsTwiceAsManyOccasionsAfterEachFailureUpToAThousand() {
    assertThat(skipped()).isZero();
    int[] expected = {1, 3, 7, 15, 31, 63, 127, 255, 511, 1023, 1023};
    for (int occasions : expected) {
      backoff.failed();
      assertThat(skipped()).isEqualTo(occasions);
    }
  }

  @Test
  void aSuccessMakesEveryOccasionDueAgain() {
    backoff.failed();
    backoff.failed();
    backoff.succeeded();

    assertThat(skipped()).isZero();
    backoff.failed();
    assertThat(skipped()).isEqualTo(1);
  }
}
