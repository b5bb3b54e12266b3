package io.duckpond.simulation;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.duckpond.harness.Harness;
import io.duckpond.mutant.Mutant;
import io.duckpond.mutant.Mutants;
import io.duckpond.transaction.CommitterSubstitutes;
import io.duckpond.view.ViewSubstitutes;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Promise 15 for what stands above the journal: each of these faults is caught. */
final class MutantTest {
  private static final String TRIALS = "io.duckpond.simulation.PondTrials.";
  private static final String COMMITTER = "io/duckpond/transaction/Committer";
  private static final String STATES = "io/duckpond/view/CommittedStates";

  static List<Mutant> mutants() {
    return List.of(
        Mutant.of("contents are not synced before the commit that refers to them")
            .replacing(
                COMMITTER,
                "decide",
                "io/duckpond/transaction/CommitLog",
                "syncContents",
                CommitterSubstitutes.class,
                "unsynced")
            .caughtBy(TRIALS + "crashes"),
        Mutant.of("a transaction is published before its receipt")
            .replacing(COMMITTER, "decide", STATES, "newest", CommitterSubstitutes.class, "noted")
            .replacing(
                COMMITTER,
                "onDecided",
                "io/duckpond/transaction/Running",
                "decided",
                CommitterSubstitutes.class,
                "show")
            .caughtBy(TRIALS + "failedCommit"),
        Mutant.of("a committed state is mutable")
            .replacing(
                STATES,
                "publish",
                "io/duckpond/view/Published",
                "after",
                ViewSubstitutes.class,
                "inPlace")
            .caughtBy(TRIALS + "pinnedView"));
  }

  @ParameterizedTest
  @MethodSource("mutants")
  void isCaught(Mutant mutant) {
    Harness harness = Harness.named("actors-mutants");

    assertThatThrownBy(() -> Mutants.run(mutant.catcher(), Optional.of(mutant), harness.seed()))
        .as(harness.at(mutant))
        .isInstanceOf(AssertionError.class);
  }

  /** Crashes of code without a fault are {@code PondSimulationTest}'s. */
  @ParameterizedTest
  @ValueSource(strings = {"failedCommit", "pinnedView"})
  void codeWithoutAFaultPasses(String trial) {
    Harness harness = Harness.named("actors-mutants");

    assertThatCode(() -> Mutants.run(TRIALS + trial, Optional.empty(), harness.seed()))
        .as(harness.at(trial))
        .doesNotThrowAnyException();
  }
}
