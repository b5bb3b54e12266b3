package io.duckpond;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.duckpond.harness.MemoryDisk;
import io.duckpond.journal.disk.Machine;
import io.duckpond.node.Attributes;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * A small pond with every kind of file that a pond may have, and the states of its disk after each
 * transaction.
 *
 * <pre>
 *   /notes.txt          several versions
 *   /empty  /link -> notes.txt
 *   /docs/a/b/deep.txt
 *   /many/f00 … f13     one commit, random bytes: a data file of more than one window
 *   /staged/s00 … s15   more than the staging threshold: a staged file
 *   /large/one          one block in contents/
 *   /large/two          two blocks, and the digests beside them
 *   /gone               removed, its history stays
 * </pre>
 */
final class DamageFixture {
  static final Path FOLDER = Path.of("/pond");
  static final int CHECKPOINT_EVERY = 5;
  static final int TRANSACTIONS = 12;

  /** Of those who read it: they look at snapshots wherever there are some. */
  static final PondSettings SETTINGS = settings(SnapshotScene.EAGER.snapshots());

  /** Of who makes it: snapshots are written at the end, when nothing else is going on. */
  private static final PondSettings MAKING =
      settings(new PondSettings.Snapshots(Integer.MAX_VALUE, 0));

  private final MemoryDisk disk = new MemoryDisk();
  private List<Path> targets = List.of();
  private final List<MemoryDisk> states = new ArrayList<>();
  private final Random random = new Random(20_261_123);

  private DamageFixture() {}

  private static PondSettings settings(PondSettings.Snapshots snapshots) {
    PondSettings settings = PondSettings.load();
    return new PondSettings(
        8 << 10,
        120 << 10,
        settings.queueLimit(),
        settings.actorLimit(),
        CHECKPOINT_EVERY,
        /* mergeFanIn= */ 0,
        snapshots,
        settings.lockWait(),
        settings.command(),
        settings.system());
  }

  static DamageFixture create() throws IOException {
    DamageFixture fixture = new DamageFixture();
    fixture.fill();
    return fixture;
  }

  /** Returns the disk as the last transaction left it. */
  MemoryDisk disk() {
    return states.get(states.size() - 1);
  }

  /** Returns the disks as the transactions before left them, oldest first. */
  List<MemoryDisk> older() {
    return states.subList(0, states.size() - 1);
  }

  /** Returns the version of the newest log entry; a fence has one too, but no transaction. */
  int newestVersion() {
    return targets.stream()
        .map(file -> String.valueOf(file.getFileName()))
        .filter(name -> name.matches("\\d{20}\\.json"))
        .mapToInt(name -> Integer.parseInt(name.substring(0, 20)))
        .max()
        .orElseThrow();
  }

  /** Returns every file of the pond. */
  List<Path> targets() {
    return targets;
  }

  static InputStream text(String text) {
    return new ByteArrayInputStream(text.getBytes(UTF_8));
  }

  private InputStream noise(int length) {
    byte[] bytes = new byte[length];
    random.nextBytes(bytes);
    return new ByteArrayInputStream(bytes);
  }

  private void fill() throws IOException {
    Machine machine = Machine.with(disk);
    try (Pond pond = Pond.create(machine, FOLDER, MAKING, CommitInfo.NONE)) {
      states.add(disk.copy());
      step(pond, root -> root.write("/notes.txt", text("first\n")));
      step(pond, root -> root.createSymlink("/link", "notes.txt"));
      step(
          pond,
          root -> {
            root.createDirectories("/docs/a/b");
            root.write("/docs/a/b/deep.txt", text("deep down\n"));
            return root.write("/empty", text(""));
          });
      step(
          pond,
          root -> {
            root.createDirectory("/many");
            for (int i = 0; i < 14; i++) {
              root.write("/many/f%02d".formatted(i), noise(8000));
            }
            return root;
          });
      step(
          pond,
          root -> {
            root.createDirectory("/staged");
            for (int i = 0; i < 16; i++) {
              root.write("/staged/s%02d".formatted(i), noise(8000));
            }
            return root;
          });
      step(pond, root -> root.write("/gone", text("not for ever\n")));
      step(
          pond,
          root -> {
            root.createDirectory("/large");
            root.write("/large/one", noise(20_000));
            return root.write("/large/two", noise((1 << 20) + 20_000));
          });
      step(pond, root -> root.write("/notes.txt", text("second\n")));
      step(
          pond,
          root -> {
            root.remove("/gone");
            return root;
          });
      step(
          pond,
          root -> {
            root.rename("/docs/a", "/docs/moved");
            root.setAttributes("/empty", new Attributes(0600, 1_000_000_000L));
            return root;
          });
      step(pond, root -> root.write("/notes.txt", text("third\n")));
    }
    states.remove(states.size() - 1);
    states.add(disk.copy()); // with snapshots, without the lock's holder, as nobody writes now
    targets = disk().files();
    if (states.size() != TRANSACTIONS) {
      throw new IllegalStateException("[" + states.size() + "] transactions");
    }
  }

  private void step(Pond pond, Pond.Change<?> change) throws IOException {
    pond.transact(change, 1);
    states.add(disk.copy());
  }
}
