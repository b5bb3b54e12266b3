package io.duckpond.journal.mutant;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.duckpond.harness.Harness;
import io.duckpond.mutant.Mutant;
import io.duckpond.mutant.Mutants;
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
  private static final String CRASHES = ROOT + "table.FaultTrials.crashes";

  static List<Mutant> mutants() {
    return List.of(
        Mutant.of("a data file is not synced")
            .replacing(
                TABLE + "RecordFileWriter", "finish", OUTPUT, "sync", Substitutes.class, "drain")
            .caughtBy(CRASHES),
        Mutant.of("the table's directory is not synced")
            .replacing(
                TABLE + "FlushFiles", "add", DISK, "syncDirectory", Substitutes.class, "unsynced")
            .caughtBy(CRASHES),
        Mutant.of("a log entry is not synced")
            .replacing(FILES, "publish", OUTPUT, "sync", Substitutes.class, "drain")
            .caughtBy(CRASHES),
        Mutant.of("the log's directory is not synced")
            .replacing(FILES, "publish", DISK, "syncDirectory", Substitutes.class, "unsynced")
            .caughtBy(CRASHES),
        Mutant.of("a new directory's parent is not synced")
            .replacing(
                "io/duckpond/journal/disk/Directories",
                "createAll",
                DISK,
                "syncDirectory",
                Substitutes.class,
                "unsynced")
            .caughtBy(CRASHES),
        Mutant.of("a log entry is renamed, not linked")
            .replacing(FILES, "publish", DISK, "link", Substitutes.class, "rename")
            .caughtBy(ROOT + "table.FaultTrials.twoWriters"),
        Mutant.of("an entry's trailer is not checked")
            .skipping("io/duckpond/journal/engine/LogEntry", "verify")
            .caughtBy(ROOT + "table.DamageTrials.flippedEntry"),
        Mutant.of("a data file's hash is not checked")
            .skipping(TABLE + "FileScan", "verify")
            .caughtBy(ROOT + "table.DamageTrials.flippedDataFile"),
        Mutant.of("a record's hash is not checked")
            .skipping(TABLE + "RowGroupRecords", "verify")
            .caughtBy(ROOT + "table.DamageTrials.wrongRecord"),
        Mutant.of("the chain of entries is not checked")
            .replacing(
                TABLE + "LogChain",
                "verify",
                TABLE + "LoggedEntry",
                "follows",
                Substitutes.class,
                "anything")
            .caughtBy(ROOT + "table.DamageTrials.entryOfAFork"),
        Mutant.of("a failed commit's outcome is guessed")
            .replacing(TABLE + "LogWriter", "outcome", DISK, "stat", Substitutes.class, "nothing")
            .caughtBy(ROOT + "table.FaultTrials.unseenSuccess"),
        Mutant.of("a checkpoint is published unverified")
            .skipping(TABLE + "Checkpoints", "verify")
            .skipping("io/duckpond/journal/engine/DiskParquetHandler", "verify")
            .caughtBy(ROOT + "table.DamageTrials.rottenCheckpoint"),
        Mutant.of("what was merged is not compared")
            .skipping(TABLE + "Merge", "verify")
            .caughtBy(ROOT + "table.FaultTrials.damagedMerge"),
        Mutant.of("a merged file's name is not synced")
            .replacing(
                TABLE + "FlushFiles", "link", DISK, "syncDirectory", Substitutes.class, "unsynced")
            .caughtBy(ROOT + "table.FaultTrials.mergeAndPowerCut"),
        Mutant.of("files are merged that are listed no more")
            .skipping(LOG_TABLE, "requireListed")
            .caughtBy(ROOT + "table.FaultTrials.mergeBesideASuccessor"),
        Mutant.of("a failed sync is tried again")
            .replacing(OUTPUT, "sync", WRITER, "sync", Substitutes.class, "syncAgain")
            .caughtBy(ROOT + "table.FaultTrials.failedSync"),
        Mutant.of("a transaction is acknowledged before its commit")
            .replacing(
                "io/duckpond/journal/commit/CommitLoop",
                "append",
                LOG_TABLE,
                "append",
                Substitutes.class,
                "later")
            .caughtBy(ROOT + "commit.CommitTrials.powerCutAtTheReceipt"));
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

    assertThatThrownBy(() -> Mutants.run(mutant.catcher(), Optional.of(mutant), harness.seed()))
        .as(harness.at(mutant))
        .isInstanceOf(AssertionError.class);
  }

  @ParameterizedTest
  @MethodSource("catchers")
  void codeWithoutAFaultPasses(String catcher) {
    Harness harness = Harness.named("mutants");

    assertThatCode(() -> Mutants.run(catcher, Optional.empty(), harness.seed()))
        .as(harness.at(catcher))
        .doesNotThrowAnyException();
  }
}
