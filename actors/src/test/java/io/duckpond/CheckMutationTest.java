package io.duckpond;

import static org.assertj.core.api.Assertions.assertThat;

import io.duckpond.harness.Harness;
import io.duckpond.harness.MemoryDisk;
import io.duckpond.harness.Mutation;
import io.duckpond.journal.disk.Machine;
import io.duckpond.journal.disk.Sha256;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What a check and a repair make of single damages to a whole pond. */
final class CheckMutationTest {
  private final Harness harness = Harness.named("check-mutations");

  @Test
  void everyDamageIsFoundAndRepairedOrLeftAlone() throws Exception {
    DamageFixture fixture = DamageFixture.create();
    int mutations = Harness.size(24, 1_000);
    for (int step = 0; step < mutations; step++) {
      Random random = harness.random(step);
      MemoryDisk disk = fixture.disk().copy();
      Mutation mutation = Mutation.apply(random, disk, fixture.targets(), fixture.older());
      run(disk, mutation, harness.at(step) + ": " + mutation);
    }
    harness.count("mutations", mutations);
    harness.report();
  }

  /** The older one stands where the log begins, so that only the checkpoint there tells of it. */
  @Test
  void entriesThatWereExchangedLeaveNoDamageBehindOnceRepaired() throws Exception {
    MemoryDisk disk = DamageFixture.create().disk().copy();
    Path older = entry(DamageFixture.CHECKPOINT_EVERY);
    Path newer = entry(DamageFixture.CHECKPOINT_EVERY + 3);
    byte[] bytes = disk.bytes(older);
    disk.put(older, disk.bytes(newer));
    disk.put(newer, bytes);

    run(disk, new Mutation(Mutation.Kind.EXCHANGE, List.of(older, newer), "all"), "exchanged");
  }

  private static Path entry(int version) {
    return DamageFixture.FOLDER.resolve("oplog/_delta_log/%020d.json".formatted(version));
  }

  private void run(MemoryDisk disk, Mutation mutation, String at) throws IOException {
    Map<Path, Sha256> before = contents(disk);

    CheckReport found = check(disk, at);

    assertThat(contents(disk)).as(at).isEqualTo(before);
    if (!mayGoUnseen(mutation)) {
      assertThat(found.findings()).as(at).isNotEmpty();
    }
    harness.count(found.findings().isEmpty() ? "unseen" : "found", 1);

    RepairReport repaired =
        PondRepair.run(
            Machine.with(disk),
            DamageFixture.FOLDER,
            CheckMode.DEEP,
            RepairMode.ACCEPT_LOSS,
            DamageFixture.SETTINGS,
            Progress.NONE);

    Set<Sha256> kept = new HashSet<>(contents(disk).values());
    assertThat(kept).as(at).containsAll(before.values());
    if (repaired.refusal().isPresent()) {
      harness.count("beyond repair", 1);
      return;
    }
    assertThat(repaired.after().findings())
        .as(at)
        .allMatch(finding -> !finding.damage() || finding.subject().startsWith("contents/"));
    harness.count(repaired.cut() ? "cut" : "repaired", 1);
    writeMore(disk, at);
  }

  /**
   * Nothing tells of these: the lock's file means nothing, the newest log entry is not missed, and
   * of a checkpoint and the hint at it counts what they say, which may be what it was.
   */
  private static boolean mayGoUnseen(Mutation mutation) {
    return mutation.files().stream()
        .map(file -> String.valueOf(file.getFileName()))
        .anyMatch(
            name ->
                name.equals("_last_checkpoint")
                    || name.endsWith(".checkpoint.parquet")
                    || name.startsWith("write.lock")
                    || mutation.kind() == Mutation.Kind.DELETE);
  }

  private static CheckReport check(MemoryDisk disk, String at) {
    try {
      PondCheck.run(Machine.with(disk), DamageFixture.FOLDER, CheckMode.USUAL, Progress.NONE);
      return PondCheck.run(Machine.with(disk), DamageFixture.FOLDER, CheckMode.DEEP, Progress.NONE);
    } catch (IOException | RuntimeException e) {
      throw new AssertionError(at, e);
    }
  }

  private static Map<Path, Sha256> contents(MemoryDisk disk) throws IOException {
    Map<Path, Sha256> contents = new HashMap<>();
    for (Path file : disk.files()) {
      contents.put(file, Sha256.of(disk.bytes(file)));
    }
    return contents;
  }

  private static void writeMore(MemoryDisk disk, String at) {
    Machine machine = Machine.with(disk);
    try (Pond pond = Pond.open(machine, DamageFixture.FOLDER, DamageFixture.SETTINGS)) {
      pond.transact(root -> root.write("/more", DamageFixture.text("more")), 1);
    } catch (IOException | RuntimeException e) {
      throw new AssertionError(at, e);
    }
  }
}
