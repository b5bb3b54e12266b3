package io.duckpond;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.duckpond.harness.MemoryDisk;
import io.duckpond.journal.disk.Machine;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The table of damage in reliability.md, row by row, each on the newest, a middle and the oldest.
 */
final class DamageTableTest {
  private static final Path LOG = DamageFixture.FOLDER.resolve("oplog/_delta_log");
  private static DamageFixture fixture;
  private static PondPicture reference;

  /** What must be the case afterwards. */
  private enum Outcome {
    /** Nothing can be read nor written; what is lost is named. */
    REFUSED,
    /** What it concerns is named, all else is read, nothing is written. */
    CONTAINED,
    /** All is read and nothing written. */
    READ_ONLY,
    /** All is read, and writing goes on; verifying finds it. */
    FOUND,
    /** Nobody need care. */
    HARMLESS
  }

  /** Damages a file's bytes; null for a file that is taken away. */
  @FunctionalInterface
  private interface Change {
    void to(MemoryDisk disk) throws IOException;
  }

  @BeforeAll
  static void fill() throws IOException {
    fixture = DamageFixture.create();
    reference = PondPicture.of(Machine.with(fixture.disk().copy()), txn -> true);
  }

  private static Path entry(int version) {
    return LOG.resolve(String.format("%020d.json", version));
  }

  private static Path checkpoint(int version) {
    return LOG.resolve(String.format("%020d.checkpoint.parquet", version));
  }

  private static Path dataFile(int index) {
    List<Path> files =
        fixture.targets().stream()
            .filter(file -> String.valueOf(file.getFileName()).startsWith("flush-"))
            .toList();
    return files.get(Math.floorMod(index, files.size()));
  }

  private static Change cut(Path file, double share) {
    return disk -> {
      byte[] bytes = disk.bytes(file);
      disk.put(file, Arrays.copyOf(bytes, (int) (bytes.length * share)));
    };
  }

  private static Change cutAfterLine(Path file) {
    return disk -> {
      String text = new String(disk.bytes(file), UTF_8);
      disk.put(file, text.substring(0, text.indexOf('\n') + 1).getBytes(UTF_8));
    };
  }

  private static Change delete(Path file) {
    return disk -> disk.delete(file);
  }

  private static Change put(Path file, String text) {
    return disk -> disk.put(file, text.getBytes(UTF_8));
  }

  static Stream<Arguments> rows() throws IOException {
    if (fixture == null) {
      fill();
    }
    int newest = fixture.newestVersion();
    int middle = newest - 1;
    int oldest = DamageFixture.CHECKPOINT_EVERY + 1; // before the checkpoint that is read
    Path hint = LOG.resolve("_last_checkpoint");
    Path orphan = DamageFixture.FOLDER.resolve("oplog/flush-0.parquet");
    return Stream.of(
        row("newest entry empty", Outcome.REFUSED, entry(newest), cut(entry(newest), 0)),
        row("middle entry empty", Outcome.REFUSED, entry(middle), cut(entry(middle), 0)),
        row("oldest entry empty", Outcome.FOUND, entry(oldest), cut(entry(oldest), 0)),
        row(
            "newest entry cut at a line",
            Outcome.REFUSED,
            entry(newest),
            cutAfterLine(entry(newest))),
        row(
            "middle entry cut at a line",
            Outcome.REFUSED,
            entry(middle),
            cutAfterLine(entry(middle))),
        row(
            "oldest entry cut at a line",
            Outcome.FOUND,
            entry(oldest),
            cutAfterLine(entry(oldest))),
        row("newest entry cut", Outcome.REFUSED, entry(newest), cut(entry(newest), 0.5)),
        row("middle entry cut", Outcome.REFUSED, entry(middle), cut(entry(middle), 0.5)),
        row("oldest entry cut", Outcome.FOUND, entry(oldest), cut(entry(oldest), 0.5)),
        row("middle entry missing", Outcome.REFUSED, entry(middle), delete(entry(middle))),
        row("oldest entry missing", Outcome.HARMLESS, entry(oldest), delete(entry(oldest))),
        row(
            "gap ahead",
            Outcome.REFUSED,
            entry(newest + 1),
            disk -> disk.put(entry(newest + 2), disk.bytes(entry(newest)))),
        row("checkpoint's own entry cut", Outcome.READ_ONLY, entry(10), cut(entry(10), 0.5)),
        row("newest data file missing", Outcome.CONTAINED, dataFile(-1), delete(dataFile(-1))),
        row("middle data file missing", Outcome.CONTAINED, dataFile(6), delete(dataFile(6))),
        row("oldest data file missing", Outcome.CONTAINED, dataFile(0), delete(dataFile(0))),
        row("newest data file empty", Outcome.CONTAINED, dataFile(-1), cut(dataFile(-1), 0)),
        row("middle data file empty", Outcome.CONTAINED, dataFile(6), cut(dataFile(6), 0)),
        row("oldest data file empty", Outcome.CONTAINED, dataFile(0), cut(dataFile(0), 0)),
        row("newest data file shorter", Outcome.CONTAINED, dataFile(-1), cut(dataFile(-1), 0.9)),
        row("middle data file shorter", Outcome.CONTAINED, dataFile(6), cut(dataFile(6), 0.9)),
        row("oldest data file shorter", Outcome.CONTAINED, dataFile(0), cut(dataFile(0), 0.9)),
        row("newest checkpoint cut", Outcome.FOUND, checkpoint(10), cut(checkpoint(10), 0.5)),
        row("oldest checkpoint cut", Outcome.FOUND, checkpoint(5), cut(checkpoint(5), 0.5)),
        row("hint garbage", Outcome.HARMLESS, hint, put(hint, "garbage")),
        row("hint at nothing", Outcome.HARMLESS, hint, put(hint, "{\"version\":99,\"size\":1}")),
        row(
            ".crc ahead of the log",
            Outcome.HARMLESS,
            LOG,
            put(LOG.resolve(String.format("%020d.crc", newest + 7)), "{}")),
        row(
            "leftover temporary",
            Outcome.HARMLESS,
            LOG,
            put(LOG.resolve("." + entry(newest + 1).getFileName() + ".x.tmp"), "{")),
        row("leftover data file", Outcome.HARMLESS, orphan, put(orphan, "PAR1")));
  }

  private static Arguments row(String name, Outcome outcome, Path file, Change change) {
    return Arguments.of(name, outcome, file, change);
  }

  @ParameterizedTest(name = "{0}: {1}")
  @MethodSource("rows")
  void damageHasTheOutcomeOfItsRow(String name, Outcome outcome, Path file, Change change)
      throws IOException {
    MemoryDisk disk = fixture.disk().copy();
    change.to(disk);

    PondPicture picture = PondPicture.of(Machine.with(disk), txn -> true);
    Optional<Throwable> verified =
        failureOf(disk, pond -> pond.restore(RestoreMode.VERIFY, Progress.NONE));
    Optional<Throwable> written =
        failureOf(disk.copy(), pond -> pond.transact(root -> root.createDirectory("/new"), 1));

    assertThat(picture.differenceFrom(reference)).isEmpty();
    picture.failures().values().forEach(failure -> assertDamage(failure, file));
    verified.ifPresent(failure -> assertDamage(failure, file));
    written.ifPresent(failure -> assertDamage(failure, file));
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

  private static void assertDamage(Throwable failure, Path file) {
    Failures.Failure classified = Failures.classify(failure);
    assertThat(classified.kind()).as(classified.line()).isEqualTo(Failures.Kind.DAMAGE);
    assertThat(classified.line())
        .contains(String.valueOf(file.getFileName()).split("\\.", 2)[0])
        .contains("expected")
        .contains("found");
  }

  /** What is done with a pond. */
  @FunctionalInterface
  private interface Use {
    void of(Pond pond) throws IOException;
  }
}
