package io.duckpond.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.duckpond.harness.Harness;
import java.nio.file.Path;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The whole product against a plain model: random scripts on a pond whose process ends at any of
 * its operations on the disk, in recovery too.
 */
final class PondSimulationTest {

  @Test
  void whatWasAcknowledgedIsThereAfterEveryCrashAndNothingIsThereInPart() {
    Harness harness = Harness.named("actors-simulation");
    PondSimulation simulation = new PondSimulation(harness, UnaryOperator.identity());
    int wanted = Harness.size(200, 5_000);

    simulation.play(harness.seed(), 2, Integer.MAX_VALUE); // at every operation of a short script
    for (long round = 1; harness.counted("crash points") < wanted; round++) {
      simulation.play(harness.seed() + round, 8, 12);
    }

    harness.count("lost, partial or unreadable", 0);
    harness.report();
    assertThat(harness.counted("crash points")).isGreaterThanOrEqualTo(wanted);
  }

  static Stream<Arguments> forgottenSyncs() {
    Predicate<Path> contents = path -> path.toString().contains("/contents/");
    Predicate<Path> file = path -> path.toString().contains("/tmp-");
    Predicate<Path> staged = path -> path.toString().contains("/.staged-");
    return Stream.of(
        Arguments.of("bytes of a large content", contents.and(file)),
        Arguments.of("names of large contents", contents.and(file.negate())),
        Arguments.of("staged small contents", staged),
        Arguments.of("names in the pond", Predicate.isEqual(SimulatedProcess.POND)));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("forgottenSyncs")
  void aForgottenSyncIsNoticed(String what, Predicate<Path> forgotten) {
    Harness harness = Harness.named("actors-simulation-mutants");
    PondSimulation simulation =
        new PondSimulation(harness, disk -> new ForgetfulDisk(disk, forgotten));

    assertThatThrownBy(
            () -> {
              for (long round = 0; round < 40; round++) {
                simulation.play(harness.seed() + round, 6, 8);
              }
            })
        .as(what)
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("power cut");
  }
}
