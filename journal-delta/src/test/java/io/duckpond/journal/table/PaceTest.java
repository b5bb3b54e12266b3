package io.duckpond.journal.table;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

/** After work comes rest, by a clock that may be set meanwhile. */
final class PaceTest {
  private final HandClock clock = new HandClock();
  private final Pace pace = new Pace(clock);

  @Test
  void restsSixTimesAsLongAsTheWorkTook() {
    assertThat(pace.left()).isZero();

    pace.worked(Duration.ofMillis(50));

    assertThat(pace.left()).isEqualTo(Duration.ofMillis(300));
    clock.pass(Duration.ofMillis(290));
    assertThat(pace.left()).isEqualTo(Duration.ofMillis(10));
    clock.pass(Duration.ofMillis(20));
    assertThat(pace.left()).isZero();
  }

  @Test
  void aClockThatIsSetHoldsNothingUpForLong() {
    pace.worked(Duration.ofDays(1));
    assertThat(pace.left()).isEqualTo(Pace.MOST);

    pace.worked(Duration.ofMillis(50));
    clock.pass(Duration.ofDays(-1));
    assertThat(pace.left()).isEqualTo(Duration.ofMillis(300));
  }
}
