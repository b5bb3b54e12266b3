package io.duckpond.journal.check;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.duckpond.harness.Harness;
import io.duckpond.journal.check.TableRepair.Plan;
import io.duckpond.journal.disk.Disk;
import io.duckpond.journal.disk.DiskEntry;
import io.duckpond.journal.disk.Machine;
import io.duckpond.journal.disk.Quarantine;
import io.duckpond.journal.disk.Sha256;
import io.duckpond.journal.disk.SimulatedDisk;
import io.duckpond.journal.engine.DurableFiles;
import io.duckpond.journal.table.DataFileNames;
import io.duckpond.journal.table.LogTable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class TableRepairTest {
  private static final Path ROOT = Path.of("/pond");
  private static final Path TABLE = ROOT.resolve("t");
  private static final int FLUSHES = 14;

  private final AtomicInteger attempts = new AtomicInteger();

  /** What is done to a table of 14 transactions with a checkpoint of version 10. */
  private enum Damage {
    TORN_NEWEST(13) {
      @Override
      void plant(Scene scene) throws IOException {
        scene.replace(scene.entry(14), new byte[0]);
      }
    },
    TORN_BEFORE_THE_NEWEST(11) {
      @Override
      void plant(Scene scene) throws IOException {
        scene.replace(scene.entry(12), Arrays.copyOf(scene.bytes(scene.entry(12)), 100));
      }
    },
    FLIPPED_AT_A_CHECKPOINT(9) {
      @Override
      void plant(Scene scene) throws IOException {
        byte[] bytes = scene.bytes(scene.entry(10));
        bytes[50] ^= 1;
        scene.replace(scene.entry(10), bytes);
      }
    },
    GAP(12) {
      @Override
      void plant(Scene scene) throws IOException {
        scene.replace(scene.entry(13), null);
      }
    },
    FOREIGN(14) {
      @Override
      void plant(Scene scene) throws IOException {
        scene.replace(
            scene.entry(15), "{\"commitInfo\":{\"engineInfo\":\"x/1\"}}\n".getBytes(UTF_8));
      }
    },
    DATA_FILE_MISSING(12) {
      @Override
      void plant(Scene scene) throws IOException {
        scene.replace(scene.dataFile(13), null);
      }
    },
    DATA_FILE_FLIPPED(7) {
      @Override
      void plant(Scene scene) throws IOException {
        byte[] bytes = scene.bytes(scene.dataFile(8));
        bytes[bytes.length / 2] ^= 1;
        scene.replace(scene.dataFile(8), bytes);
      }
    },
    BAD_CHECKPOINT(14) {
      @Override
      void plant(Scene scene) throws IOException {
        scene.replace(scene.checkpoint(10), "half".getBytes(UTF_8));
      }
    },
    BAD_HINT(14) {
      @Override
      void plant(Scene scene) throws IOException {
        scene.replace(scene.log().resolve("_last_checkpoint"), "{".getBytes(UTF_8));
      }
    },
    LEFTOVERS(14) {
      @Override
      void plant(Scene scene) throws IOException {
        scene.replace(scene.table().resolve("flush-x.parquet"), "half".getBytes(UTF_8));
        scene.replace(scene.log().resolve(".x.tmp"), "half".getBytes(UTF_8));
        scene.replace(scene.log().resolve("00000000000000000099.crc"), "{}".getBytes(UTF_8));
      }
    };

    private final long kept;

    /** After a repair that accepts the loss, {@code kept} is the last transaction. */
    Damage(long kept) {
      this.kept = kept;
    }

    abstract void plant(Scene scene) throws IOException;

    boolean loses() {
      return kept < FLUSHES || this == FOREIGN;
    }
  }

  private static Scene scene(Disk disk) throws IOException {
    return Scene.of(Machine.with(disk), TABLE, FLUSHES, Map.of(LogTable.CHECKPOINT_INTERVAL, "10"));
  }

  private static TableReport check(Disk disk) throws IOException {
    return new Scene(Machine.with(disk), TABLE).check(CheckDepth.EVERY_BYTE);
  }

  /** Repairs as an application does. */
  private Plan repair(Disk disk, boolean acceptLoss) throws IOException {
    Quarantine quarantine =
        new Quarantine(disk, ROOT, ROOT.resolve("q" + attempts.incrementAndGet()));
    TableRepair repair = new TableRepair(Machine.with(disk), TABLE, quarantine);
    TableReport report = check(disk);
    Plan plan = repair.plan(report);
    if (plan instanceof Plan.Cut cut && acceptLoss) {
      repair.cut(report, cut.loss());
      report = check(disk);
    }
    if (report.logIsSound()) {
      repair.tidy(report);
    }
    return plan;
  }

  /** Returns the digests of all files, wherever they are. */
  private static Set<Sha256> contents(Disk disk, Path directory) throws IOException {
    Set<Sha256> contents = new HashSet<>();
    for (DiskEntry entry : disk.list(directory)) {
      Path path = directory.resolve(entry.name());
      if (entry.kind() == DiskEntry.Kind.DIRECTORY) {
        contents.addAll(contents(disk, path));
      } else {
        contents.add(DurableFiles.digest(disk, path));
      }
    }
    return contents;
  }

  @ParameterizedTest
  @EnumSource(Damage.class)
  void losesNothingUnlessThatIsAccepted(Damage damage) throws Exception {
    SimulatedDisk disk = new SimulatedDisk();
    Scene scene = scene(disk);
    damage.plant(scene);
    long readable = check(disk).txnSeq();
    Set<Sha256> before = contents(disk, ROOT);

    Plan plan = repair(disk, false);

    assertThat(plan instanceof Plan.Cut).isEqualTo(damage.loses());
    assertThat(check(disk).txnSeq()).isEqualTo(readable);
    assertThat(check(disk).damaged()).isEqualTo(damage.loses());
    assertThat(contents(disk, ROOT)).containsAll(before);
  }

  @ParameterizedTest
  @EnumSource(Damage.class)
  void acceptedLossLeavesATableThatIsReadAndWrittenAgain(Damage damage) throws Exception {
    SimulatedDisk disk = new SimulatedDisk();
    Scene scene = scene(disk);
    damage.plant(scene);
    Set<Sha256> before = contents(disk, ROOT);

    repair(disk, true);

    TableReport after = check(disk);
    assertThat(after.findings()).isEmpty();
    assertThat(after.txnSeq()).isEqualTo(damage.kept);
    assertThat(contents(disk, ROOT)).containsAll(before);
    scene.append((int) damage.kept + 1, (int) damage.kept + 8);
    assertThat(check(disk).findings()).isEmpty();
    assertThat(check(disk).txnSeq()).isEqualTo(damage.kept + 8);
  }

  @Test
  void crashAtAnyStepLeavesWhatARepairFinishes() throws Exception {
    Harness harness = Harness.named("repair-crash");
    Random random = new Random(harness.seed());
    int rounds = Harness.size(1, 40);
    for (int i = 0; i < rounds * Damage.values().length; i++) {
      Damage damage = Damage.values()[i / rounds];
      SimulatedDisk disk = new SimulatedDisk();
      damage.plant(scene(disk));
      Set<Sha256> before = contents(disk, ROOT);
      long[] step = {0};
      disk.beforeEach(
          (operation, path) -> {
            String at = harness.at(damage + " " + step[0]++ + " " + operation + " " + path);
            if (random.nextInt(Harness.size(3, 1)) > 0) {
              return; // a third of the steps, others in each run
            }
            boolean kill = random.nextInt(4) == 0;
            finish(kill ? disk.afterKill() : disk.afterPowerCut(random), damage, before, at);
            harness.count("crash points", 1);
          });
      repair(disk, true);
    }
    assertThat(harness.report()).contains("crash points");
  }

  private void finish(Disk disk, Damage damage, Set<Sha256> before, String at) {
    try {
      assertThat(contents(disk, ROOT)).as(at).containsAll(before);
      repair(disk, true);
      assertThat(check(disk).findings()).as(at).isEmpty();
      assertThat(check(disk).txnSeq()).as(at).isEqualTo(damage.kept);
      assertThat(contents(disk, ROOT)).as(at).containsAll(before);
    } catch (IOException e) {
      throw new UncheckedIOException(at, e);
    }
  }

  @Test
  void saysWhichTransactionsAndPartitionsWouldBeLost() throws Exception {
    SimulatedDisk disk = new SimulatedDisk();
    Scene scene = scene(disk);
    Damage.TORN_BEFORE_THE_NEWEST.plant(scene);

    Plan plan = repair(disk, false);

    assertThat(plan)
        .isEqualTo(
            new Plan.Cut(
                new Loss(
                    11,
                    11,
                    OptionalLong.of(14),
                    List.of(
                        "_delta_log/00000000000000000012.json",
                        "_delta_log/00000000000000000013.json",
                        "_delta_log/00000000000000000014.json"),
                    Set.of("all", "p13", "p14"))));
  }

  @Test
  void logThatBeginsAtACheckpointIsCutAfterItAndNotBefore() throws Exception {
    SimulatedDisk disk = new SimulatedDisk();
    Scene scene =
        Scene.of(Machine.with(disk), TABLE, 18, Map.of(LogTable.CHECKPOINT_INTERVAL, "5"));
    assertThat(disk.stat(scene.entry(0))).isEmpty();
    assertThat(check(disk).findings()).isEmpty();
    List<String> entries =
        disk.names(scene.log()).stream()
            .filter(name -> name.matches("\\d{20}\\.json"))
            .sorted()
            .toList();
    Path newest = scene.log().resolve(entries.get(entries.size() - 1));
    Path oldest = scene.log().resolve(entries.get(0));
    byte[] first = scene.bytes(oldest);

    scene.replace(oldest, new byte[3]);
    repair(disk, false);
    assertThat(check(disk).findings()).noneMatch(Finding::damage); // the newer checkpoint covers it
    assertThat(check(disk).txnSeq()).isEqualTo(18);
    scene.replace(oldest, first);

    scene.replace(newest, new byte[3]);
    assertThat(repair(disk, true)).isInstanceOf(Plan.Cut.class);
    assertThat(check(disk).findings()).isEmpty();
    assertThat(check(disk).txnSeq()).isBetween(16L, 18L);

    scene.replace(DataFileNames.inCommitOrder(disk, TABLE).get(0), null);
    assertThat(repair(disk, true)).isInstanceOf(Plan.Hopeless.class);
    assertThat(check(disk).logIsSound()).isTrue();
  }

  @Test
  void doesNothingWhereNothingCouldStayOrTheDiskFails() throws Exception {
    SimulatedDisk disk = new SimulatedDisk();
    Scene scene = Scene.of(Machine.with(disk), TABLE, 3);
    byte[] bytes = scene.bytes(scene.entry(0));
    scene.replace(scene.entry(0), new byte[0]);
    assertThat(repair(disk, true)).isInstanceOf(Plan.Hopeless.class);
    scene.replace(scene.entry(0), bytes);
    scene.replace(scene.dataFile(1), null);
    assertThat(repair(disk, true)).isInstanceOf(Plan.Hopeless.class);
  }
}
