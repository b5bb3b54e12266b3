package io.duckpond.journal.mutant;

import static io.duckpond.journal.mutant.Mutant.replacing;
import static io.duckpond.journal.mutant.Mutant.skipping;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.duckpond.harness.Harness;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Promise 15: each of these faults, planted in the code, is caught. The table says what is planted
 * (in which method; what it does instead) and which harness call catches it.
 */
class MutantTest {
  private static final String ROOT = "io.duckpond.journal.";
  private static final String TABLE = "io/duckpond/journal/table/";
  private static final String LOG_TABLE = TABLE + "LogTable";
  private static final String DISK = "io/duckpond/journal/disk/Disk";
  private static final String WRITER = "io/duckpond/journal/disk/DiskWriter";
  private static final String OUTPUT = "io/duckpond/journal/engine/DiskOutput";
  private static final String FILES = "io/duckpond/journal/engine/DurableFiles";
  private static final String CRASHES = "table.FaultTrials.crashes";

  static List<Mutant> mutants() {
    return List.of(
        replacing(
                "a data file is not synced",
                TABLE + "RecordFileWriter",
                "finish",
                OUTPUT,
                "sync",
                "drain")
            .caughtBy(CRASHES),
        replacing(
                "the table's directory is not synced",
                TABLE + "FlushFiles",
                "add",
                DISK,
                "syncDirectory",
                "unsynced")
            .caughtBy(CRASHES),
        replacing("a log entry is not synced", FILES, "publish", OUTPUT, "sync", "drain")
            .caughtBy(CRASHES),
        replacing(
                "the log's directory is not synced",
                FILES,
                "publish",
                DISK,
                "syncDirectory",
                "unsynced")
            .caughtBy(CRASHES),
        replacing(
                "a new directory's parent is not synced",
                "io/duckpond/journal/disk/Directories",
                "createAll",
                DISK,
                "syncDirectory",
                "unsynced")
            .caughtBy(CRASHES),
        replacing("a log entry is renamed, not linked", FILES, "publish", DISK, "link", "rename")
            .caughtBy("table.FaultTrials.twoWriters"),
        skipping(
                "an entry's trailer is not checked",
                "io/duckpond/journal/engine/LogEntry",
                "verify")
            .caughtBy("table.DamageTrials.flippedEntry"),
        skipping("a data file's hash is not checked", TABLE + "FileScan", "verify")
            .caughtBy("table.DamageTrials.flippedDataFile"),
        skipping("a record's hash is not checked", TABLE + "RowGroupRecords", "verify")
            .caughtBy("table.DamageTrials.wrongRecord"),
        replacing(
                "the chain of entries is not checked",
                TABLE + "LogChain",
                "verify",
                TABLE + "LoggedEntry",
                "follows",
                "anything")
            .caughtBy("table.DamageTrials.entryOfAFork"),
        replacing(
                "a failed commit's outcome is guessed",
                LOG_TABLE,
                "outcome",
                DISK,
                "stat",
                "nothing")
            .caughtBy("table.FaultTrials.unseenSuccess"),
        replacing("a failed sync is tried again", OUTPUT, "sync", WRITER, "sync", "syncAgain")
            .caughtBy("table.FaultTrials.failedSync"),
        replacing(
                "a transaction is acknowledged before its commit",
                "io/duckpond/journal/commit/CommitLoop",
                "append",
                LOG_TABLE,
                "append",
                "later")
            .caughtBy("commit.CommitTrials.powerCutAtTheReceipt"));
  }

  /** Crashes of code without a fault are {@code TableSimulationTest}'s, and many more. */
  static Stream<String> catchers() {
    return mutants().stream()
        .map(Mutant::catcher)
        .filter(catcher -> !catcher.equals(CRASHES))
        .distinct();
  }

  @ParameterizedTest
  @MethodSource("mutants")
  void isCaught(Mutant mutant) throws Exception {
    Harness harness = Harness.named("mutants");

    assertThatThrownBy(() -> run(mutant.catcher(), Optional.of(mutant), harness.seed()))
        .as(harness.at(mutant))
        .isInstanceOf(AssertionError.class);
  }

  @ParameterizedTest
  @MethodSource("catchers")
  void codeWithoutAFaultPasses(String catcher) {
    Harness harness = Harness.named("mutants");

    assertThatCode(() -> run(catcher, Optional.empty(), harness.seed()))
        .as(harness.at(catcher))
        .doesNotThrowAnyException();
  }

  /** Throws an {@link AssertionError} if the catcher fails, whatever it fails with. */
  private static void run(String catcher, Optional<Mutant> mutant, long seed) throws Exception {
    MutatingLoader loader = new MutatingLoader(MutantTest.class.getClassLoader(), mutant);
    loader.plant();
    int dot = catcher.lastIndexOf('.');
    Method run =
        loader
            .loadClass(ROOT + catcher.substring(0, dot))
            .getDeclaredMethod(catcher.substring(dot + 1), long.class);
    run.setAccessible(true);
    try {
      run.invoke(null, seed);
    } catch (InvocationTargetException e) {
      Throwable cause = e.getCause();
      if (cause instanceof LinkageError) {
        throw new IllegalStateException("badly planted: " + mutant, cause); // and so not caught
      }
      throw cause instanceof AssertionError caught
          ? caught
          : new AssertionError(String.valueOf(cause), cause);
    }
  }
}
