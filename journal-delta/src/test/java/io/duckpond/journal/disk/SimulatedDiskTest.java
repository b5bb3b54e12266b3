package io.duckpond.journal.disk;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.duckpond.journal.disk.SimulatedDisk.ProcessEnded;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.AccessDeniedException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/** The contract on the simulated disk, and what a crash leaves of it. */
class SimulatedDiskTest extends DiskContract {
  private static final int CUTS = 400;

  private final SimulatedDisk disk = new SimulatedDisk();

  @Override
  Disk disk() throws IOException {
    Directories.createAll(disk, directory);
    return disk;
  }

  private static DiskWriter write(Disk disk, String file, String text) throws IOException {
    DiskWriter writer = disk.create(Path.of(file));
    writer.write(ByteBuffer.wrap(text.getBytes(UTF_8)));
    return writer;
  }

  private static void synced(Disk disk, String file, String text) throws IOException {
    write(disk, file, text).sync();
    disk.syncDirectory(Path.of(file).resolveSibling("."));
  }

  private static String read(Disk disk, String file) {
    try {
      if (disk.stat(Path.of(file)).isEmpty()) {
        return "-";
      }
      try (DiskReader reader = disk.open(Path.of(file))) {
        ByteBuffer bytes = ByteBuffer.allocate((int) reader.size());
        assertThat(reader.read(bytes, 0)).isEqualTo(bytes.capacity() == 0 ? 0 : bytes.capacity());
        return new String(bytes.array(), UTF_8);
      }
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Returns how often which outcome is found after many power cuts. */
  private Map<String, Integer> outcomes(Function<SimulatedDisk, String> look) {
    Map<String, Integer> found = new HashMap<>();
    for (int seed = 0; seed < CUTS; seed++) {
      found.merge(look.apply(disk.afterPowerCut(new Random(seed))), 1, Integer::sum);
    }
    return found;
  }

  @Test
  void keepsWhatWasSyncedWithItsName() throws Exception {
    synced(disk, "/file", "text");

    assertThat(outcomes(cut -> read(cut, "/file"))).containsOnlyKeys("text");
  }

  @Test
  void losesANameThatWasNotSynced() throws Exception {
    write(disk, "/file", "text").sync();

    assertThat(outcomes(cut -> read(cut, "/file"))).containsOnlyKeys("text", "-");
  }

  @Test
  void tearsBytesThatWereNotSynced() throws Exception {
    DiskWriter writer = disk.create(Path.of("/file"));
    disk.syncDirectory(Path.of("/"));
    byte[] bytes = new byte[2048];
    java.util.Arrays.fill(bytes, (byte) 'x');
    writer.write(ByteBuffer.wrap(bytes, 0, 700));
    writer.sync();
    writer.write(ByteBuffer.wrap(bytes, 700, 1348));

    Map<String, Integer> found = outcomes(cut -> read(cut, "/file"));

    assertThat(found.keySet()).allSatisfy(text -> assertThat(text).startsWith("x".repeat(700)));
    assertThat(found).containsKeys("x".repeat(700), "x".repeat(2048));
    assertThat(found.keySet())
        .anySatisfy(text -> assertThat(text).endsWith("\0".repeat(512) + "x".repeat(512)));
    assertThat(found.keySet()).anySatisfy(text -> assertThat(text.length()).isBetween(701, 2047));
  }

  @Test
  void losesADirectoryWhoseOwnNameWasNotSynced() throws Exception {
    disk.createDirectory(Path.of("/d"));
    synced(disk, "/d/file", "text");

    assertThat(outcomes(cut -> read(cut, "/d/file"))).containsOnlyKeys("text", "-");
    disk.syncDirectory(Path.of("/"));
    assertThat(outcomes(cut -> read(cut, "/d/file"))).containsOnlyKeys("text");
  }

  @Test
  void keepsOrDropsEachNameForItself() throws Exception {
    write(disk, "/a", "a").sync();
    disk.link(Path.of("/a"), Path.of("/b"));

    assertThat(outcomes(cut -> read(cut, "/a") + read(cut, "/b")))
        .containsOnlyKeys("--", "a-", "-a", "aa");
  }

  @Test
  void aRemovedFileMayComeBackUntilItsDirectoryIsSynced() throws Exception {
    synced(disk, "/file", "text");
    disk.delete(Path.of("/file"));

    assertThat(outcomes(cut -> read(cut, "/file"))).containsOnlyKeys("text", "-");
    disk.syncDirectory(Path.of("/"));
    assertThat(outcomes(cut -> read(cut, "/file"))).containsOnlyKeys("-");
  }

  @Test
  void aRenameLosesNeitherTheOldNorTheNew() throws Exception {
    synced(disk, "/old", "old");
    synced(disk, "/new", "new");
    disk.rename(Path.of("/new"), Path.of("/old"));

    assertThat(outcomes(cut -> read(cut, "/old") + " " + read(cut, "/new")))
        .containsOnlyKeys("old new", "new new", "new -");
    disk.syncDirectory(Path.of("/"));
    assertThat(outcomes(cut -> read(cut, "/old") + " " + read(cut, "/new")))
        .containsOnlyKeys("new -");
  }

  @Test
  void aRenameBetweenDirectoriesNeedsBothSynced() throws Exception {
    disk.createDirectory(Path.of("/a"));
    disk.createDirectory(Path.of("/b"));
    disk.syncDirectory(Path.of("/"));
    synced(disk, "/a/file", "text");
    disk.rename(Path.of("/a/file"), Path.of("/b/file"));
    disk.syncDirectory(Path.of("/a"));

    assertThat(outcomes(cut -> read(cut, "/a/file") + " " + read(cut, "/b/file")))
        .containsOnlyKeys("text -", "text text", "- text");
    disk.syncDirectory(Path.of("/b"));
    disk.syncDirectory(Path.of("/a"));
    assertThat(outcomes(cut -> read(cut, "/a/file") + " " + read(cut, "/b/file")))
        .containsOnlyKeys("- text");
  }

  @Test
  void aKillLosesNothingAndAPowerCutAfterItDoes() throws Exception {
    write(disk, "/file", "text");
    assertThat(disk.tryLock(Path.of("/lock"))).isPresent();
    assertThat(disk.tryLock(Path.of("/lock"))).isEmpty();

    SimulatedDisk next = disk.afterKill();

    assertThat(read(next, "/file")).isEqualTo("text");
    assertThat(next.tryLock(Path.of("/lock"))).isPresent();
    assertThat(read(next.afterPowerCut(new Random(0)), "/file")).isNotNull();
    assertThat(outcomes(cut -> read(cut, "/file"))).containsKeys("-", "text", "");
  }

  @Test
  void cutsTheProcessOffAtAnOperation() throws Exception {
    disk.cutAfter(3);
    DiskWriter writer = write(disk, "/file", "text");

    assertThatThrownBy(writer::sync).isInstanceOf(ProcessEnded.class);
    assertThatThrownBy(() -> disk.stat(Path.of("/file"))).isInstanceOf(ProcessEnded.class);
    assertThat(disk.ended()).isTrue();
    assertThat(disk.operations()).isEqualTo(3);
    assertThat(read(disk.afterKill(), "/file")).isEqualTo("text");
  }

  @Test
  void aWriteCanEndHalfway() throws Exception {
    disk.cutAfter(2);

    assertThatThrownBy(() -> write(disk, "/file", "text")).isInstanceOf(ProcessEnded.class);
    assertThat(read(disk.afterKill(), "/file")).isEqualTo("te");
  }

  @Test
  void anotherProcessHasItsOwnLocksAndItsOwnEnd() throws Exception {
    SimulatedDisk other = disk.anotherProcess();
    assertThat(disk.tryLock(Path.of("/lock"))).isPresent();
    assertThat(other.tryLock(Path.of("/lock"))).isEmpty();

    disk.kill();

    assertThat(other.tryLock(Path.of("/lock"))).isPresent();
    assertThatThrownBy(() -> disk.names(Path.of("/"))).isInstanceOf(ProcessEnded.class);
    assertThat(other.names(Path.of("/"))).containsExactly("lock");
  }

  @Test
  void oneSeedLeavesTheSame() throws Exception {
    for (int i = 0; i < 20; i++) {
      write(disk, "/file" + i, "text".repeat(500));
    }

    for (int seed = 0; seed < 20; seed++) {
      SimulatedDisk one = disk.afterPowerCut(new Random(seed));
      SimulatedDisk two = disk.afterPowerCut(new Random(seed));
      assertThat(one.list(Path.of("/"))).isEqualTo(two.list(Path.of("/")));
      for (String name : one.names(Path.of("/"))) {
        assertThat(read(one, "/" + name)).isEqualTo(read(two, "/" + name));
      }
    }
  }

  @Test
  void directoriesLastThoughTheirFirstMakerWasKilled() throws Exception {
    Path below = Path.of("/a/b");
    for (int operation = 0; operation < 4; operation++) {
      SimulatedDisk first = new SimulatedDisk();
      first.cutAfter(operation);
      assertThatThrownBy(() -> Directories.createAll(first, below))
          .isInstanceOf(ProcessEnded.class);
      SimulatedDisk next = first.afterKill();

      Directories.createAll(next, below);

      for (int seed = 0; seed < 50; seed++) {
        assertThat(next.afterPowerCut(new Random(seed)).stat(below)).isPresent();
      }
    }
  }

  @Test
  void directoriesAreMadeBelowOneThatCannotBeRead() throws Exception {
    Directories.createAll(disk, Path.of("/home/me"));
    Disk guarded =
        new ForwardingDisk(disk) {
          @Override
          protected void before(String operation, Path path) throws IOException {
            if (operation.equals("sync") && path.equals(Path.of("/home"))) {
              throw new AccessDeniedException(path.toString());
            }
          }
        };

    Directories.createAll(guarded, Path.of("/home/me/pond"));

    assertThat(disk.stat(Path.of("/home/me/pond"))).isPresent();
  }
}
