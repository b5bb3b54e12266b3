package io.duckpond.journal.mutant;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.duckpond.harness.Harness;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Promise 15: the simulation of a table catches every fault that is planted below it. */
class MutantTest {
  private static final String TABLE = "io/duckpond/journal/table/";
  private static final String DISK = "io/duckpond/journal/disk/Disk";
  private static final String OUTPUT = "io/duckpond/journal/engine/DiskOutput";
  private static final String FILES = "io/duckpond/journal/engine/DurableFiles";
  private static final int CRASH_POINTS = 1_500;

  static List<Mutant> mutants() {
    return List.of(
        Mutant.replacing(
            "a data file is not synced",
            TABLE + "RecordFileWriter",
            "finish",
            OUTPUT,
            "sync",
            "drain"),
        Mutant.replacing(
            "the table's directory is not synced",
            TABLE + "FlushFiles",
            "write",
            DISK,
            "syncDirectory",
            "unsynced"),
        Mutant.replacing("a log entry is not synced", FILES, "publish", OUTPUT, "sync", "drain"),
        Mutant.replacing(
            "the log's directory is not synced",
            FILES,
            "publish",
            DISK,
            "syncDirectory",
            "unsynced"),
        Mutant.replacing(
            "a new directory's parent is not synced",
            "io/duckpond/journal/disk/Directories",
            "createAll",
            DISK,
            "syncDirectory",
            "unsynced"),
        Mutant.replacing(
            "a log entry is renamed, not linked", FILES, "publish", DISK, "link", "rename"));
  }

  @ParameterizedTest
  @MethodSource("mutants")
  void isCaught(Mutant mutant) throws Exception {
    Harness harness = Harness.named("mutants");

    assertThatThrownBy(() -> simulate(Optional.of(mutant), harness.seed(), CRASH_POINTS))
        .as(harness.at(mutant))
        .isInstanceOf(AssertionError.class);
  }

  @Test
  void codeWithoutAFaultPasses() throws Exception {
    Harness harness = Harness.named("mutants");

    assertThat(simulate(Optional.empty(), harness.seed(), 200)).isGreaterThanOrEqualTo(200);
  }

  /** Returns at how many points a table has crashed, or throws what the simulation throws. */
  private static long simulate(Optional<Mutant> mutant, long seed, int crashPoints)
      throws Exception {
    MutatingLoader loader = new MutatingLoader(MutantTest.class.getClassLoader(), mutant);
    loader.plant();
    Method run =
        loader
            .loadClass("io.duckpond.journal.table.TableSimulation")
            .getDeclaredMethod("crash", long.class, int.class);
    run.setAccessible(true);
    try {
      return (Long) run.invoke(null, seed, crashPoints);
    } catch (InvocationTargetException e) {
      if (e.getCause() instanceof AssertionError caught) {
        throw caught;
      }
      throw new AssertionError(String.valueOf(e.getCause()), e.getCause());
    }
  }
}
