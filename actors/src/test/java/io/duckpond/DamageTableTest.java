package io.duckpond;

import static org.assertj.core.api.Assertions.assertThat;

import io.duckpond.harness.DamageTable;
import io.duckpond.harness.DamageTable.Outcome;
import io.duckpond.harness.DamageTable.Row;
import io.duckpond.harness.MemoryDisk;
import io.duckpond.journal.disk.Machine;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The table of damage in reliability.md, row by row, each on the newest, a middle and the oldest.
 */
final class DamageTableTest {
  private static DamageFixture fixture;
  private static PondPicture reference;

  @BeforeAll
  static void fill() throws IOException {
    fixture = DamageFixture.create();
    reference = PondPicture.of(Machine.with(fixture.disk().copy()), DamageTableTest::isReading);
  }

  private static boolean isReading(String question) {
    return !question.equals("verify"); // which is asked by itself
  }

  static List<Row> rows() throws IOException {
    if (fixture == null) {
      fill();
    }
    return DamageTable.rows(fixture.disk(), DamageFixture.FOLDER);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("rows")
  void damageHasTheOutcomeOfItsRow(Row row) throws IOException {
    Outcome outcome = row.outcome();
    MemoryDisk disk = fixture.disk().copy();
    row.change().to(disk);

    PondPicture picture = PondPicture.of(Machine.with(disk), DamageTableTest::isReading);
    Optional<Throwable> verified =
        failureOf(disk, pond -> pond.restore(RestoreMode.VERIFY, Progress.NONE));
    Optional<Throwable> written =
        failureOf(disk.copy(), pond -> pond.transact(root -> root.createDirectory("/new"), 1));

    assertThat(picture.differenceFrom(reference)).isEmpty();
    picture.failures().values().forEach(failure -> assertDamage(failure, row));
    verified.ifPresent(failure -> assertDamage(failure, row));
    written.ifPresent(failure -> assertDamage(failure, row));
    assertThat(verified.isPresent()).isEqualTo(outcome != Outcome.HARMLESS);
    assertThat(written.isPresent())
        .isEqualTo(outcome != Outcome.HARMLESS && outcome != Outcome.FOUND);
    switch (outcome) {
      case REFUSED -> assertThat(picture.failures()).containsOnlyKeys("open");
      case CONTAINED -> assertThat(picture.failures()).isNotEmpty().doesNotContainKey("open");
      default -> assertThat(picture.failures()).isEmpty();
    }
    if (outcome == Outcome.CONTAINED) {
      assertThat(picture.answers()).hasSizeGreaterThan(10);
    }
  }

  /**
   * Opens the pond and has something done with it; returns with what that ended, if with anything.
   */
  private static Optional<Throwable> failureOf(MemoryDisk disk, Use use) {
    try (Pond pond = Pond.open(Machine.with(disk), DamageFixture.FOLDER, DamageFixture.SETTINGS)) {
      use.of(pond);
      return Optional.empty();
    } catch (IOException | RuntimeException e) {
      return Optional.of(e);
    }
  }

  private static void assertDamage(Throwable failure, Row row) {
    Failures.Failure classified = Failures.classify(failure);
    assertThat(classified.kind()).as(classified.line()).isEqualTo(Failures.Kind.DAMAGE);
    assertThat(classified.line()).contains(row.stem()).contains("expected").contains("found");
  }

  /** What is done with a pond. */
  @FunctionalInterface
  private interface Use {
    void of(Pond pond) throws IOException;
  }
}
