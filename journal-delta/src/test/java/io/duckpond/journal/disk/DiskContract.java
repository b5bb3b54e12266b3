package io.duckpond.journal.disk;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What every disk does, the real one and those of the tests. */
abstract class DiskContract {
  /** An empty directory, which exists on the disk under test. */
  @TempDir Path directory;

  abstract Disk disk() throws IOException;

  private Path at(String path) {
    return directory.resolve(path);
  }

  private static void write(Disk disk, Path file, String text) throws IOException {
    try (DiskWriter writer = disk.create(file)) {
      writer.write(ByteBuffer.wrap(text.getBytes(UTF_8)));
      assertThat(writer.position()).isEqualTo(text.length());
      writer.sync();
    }
  }

  private static String read(Disk disk, Path file) throws IOException {
    try (DiskReader reader = disk.open(file)) {
      ByteBuffer bytes = ByteBuffer.allocate((int) reader.size());
      while (bytes.hasRemaining() && reader.read(bytes, bytes.position()) >= 0) {
        assertThat(bytes.position()).isPositive();
      }
      return new String(bytes.array(), UTF_8);
    }
  }

  private static DiskEntry stat(Disk disk, Path path) throws IOException {
    return disk.stat(path).orElseThrow();
  }

  @Test
  void createsAFileOnceForItsOwnerOnly() throws Exception {
    Disk disk = disk();
    Path file = at("file");

    write(disk, file, "text");

    assertThat(stat(disk, file))
        .returns(DiskEntry.Kind.FILE, DiskEntry::kind)
        .returns("file", DiskEntry::name)
        .returns(4L, DiskEntry::size)
        .returns(0600, DiskEntry::mode);
    assertThatThrownBy(() -> disk.create(file)).isInstanceOf(FileAlreadyExistsException.class);
    try (DiskReader reader = disk.open(file)) {
      ByteBuffer bytes = ByteBuffer.allocate(10);
      assertThat(reader.size()).isEqualTo(4);
      assertThat(reader.read(bytes, 1)).isEqualTo(3);
      assertThat(reader.read(bytes, 4)).isEqualTo(-1);
      assertThat(bytes.position()).isEqualTo(3);
    }
  }

  @Test
  void writesPieceAfterPiece() throws Exception {
    Disk disk = disk();
    byte[] piece = new byte[100_000];

    try (DiskWriter writer = disk.create(at("file"))) {
      for (int i = 0; i < 5; i++) {
        java.util.Arrays.fill(piece, (byte) ('a' + i));
        writer.write(ByteBuffer.wrap(piece, 10, 70_000));
      }
      assertThat(writer.position()).isEqualTo(350_000);
    }

    String text = read(disk, at("file"));
    assertThat(text).hasSize(350_000).startsWith("aa").endsWith("ee");
    assertThat(text.substring(69_999, 70_001)).isEqualTo("ab");
  }

  @Test
  void anOpenFileOutlivesItsName() throws Exception {
    Disk disk = disk();
    write(disk, at("file"), "text");

    try (DiskReader reader = disk.open(at("file"))) {
      disk.delete(at("file"));
      write(disk, at("file"), "other");

      ByteBuffer bytes = ByteBuffer.allocate(4);
      assertThat(reader.read(bytes, 0)).isEqualTo(4);
      assertThat(bytes.array()).asString(UTF_8).isEqualTo("text");
    }
  }

  @Test
  void linkRefusesATakenNameAndRenameReplacesIt() throws Exception {
    Disk disk = disk();
    write(disk, at("a"), "a");
    write(disk, at("b"), "b");

    assertThatThrownBy(() -> disk.link(at("a"), at("b")))
        .isInstanceOf(FileAlreadyExistsException.class);
    assertThatThrownBy(() -> disk.link(at("absent"), at("d")))
        .isInstanceOf(NoSuchFileException.class);
    disk.link(at("a"), at("c"));
    assertThat(stat(disk, at("c")).fileKey()).isEqualTo(stat(disk, at("a")).fileKey());
    disk.rename(at("b"), at("a"));

    assertThat(read(disk, at("a"))).isEqualTo("b");
    assertThat(read(disk, at("c"))).isEqualTo("a");
    assertThat(disk.stat(at("b"))).isEmpty();
  }

  @Test
  void renamesDirectoriesWithWhatIsInThem() throws Exception {
    Disk disk = disk();
    disk.createDirectory(at("a"));
    disk.createDirectory(at("b"));
    disk.createDirectory(at("full"));
    write(disk, at("a/file"), "text");
    write(disk, at("full/file"), "text");

    assertThatThrownBy(() -> disk.rename(at("a"), at("full")))
        .isInstanceOf(FileSystemException.class);
    assertThatThrownBy(() -> disk.rename(at("a"), at("a/below")))
        .isInstanceOf(FileSystemException.class);
    assertThatThrownBy(() -> disk.rename(at("absent"), at("c")))
        .isInstanceOf(NoSuchFileException.class);
    disk.rename(at("a"), at("b/c"));

    assertThat(read(disk, at("b/c/file"))).isEqualTo("text");
    assertThat(read(disk, at("b/c/../../full/file"))).isEqualTo("text");
    assertThat(disk.names(directory)).containsExactlyInAnyOrder("b", "full");
  }

  @Test
  void keepsModesAndNanoseconds() throws Exception {
    Disk disk = disk();
    Path file = at("file");
    write(disk, file, "");
    disk.createDirectory(at("d"));
    assertThat(stat(disk, at("d")).mode()).isEqualTo(0700);

    for (Path path : List.of(file, at("d"))) {
      for (long nanos : new long[] {1_234_567_890_123_456_789L, 1, -3_000_000_000L}) {
        disk.setModified(path, nanos);
        assertThat(stat(disk, path).modifiedNanos()).isEqualTo(nanos);
      }
      for (int mode : new int[] {0777, 0, 0421, 0600}) {
        disk.setMode(path, mode);
        assertThat(stat(disk, path).mode()).isEqualTo(mode);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"plain", "a//b", "a/", "/", "/x//y/", "../..", "ü😀//é", ".", "-x"})
  void keepsALinkTargetByteForByte(String target) throws Exception {
    Disk disk = disk();
    Path link = at("link");

    disk.createSymbolicLink(link, target);

    assertThat(disk.readSymbolicLink(link)).isEqualTo(target);
    assertThat(stat(disk, link))
        .returns(DiskEntry.Kind.SYMLINK, DiskEntry::kind)
        .returns((long) target.getBytes(UTF_8).length, DiskEntry::size);
  }

  @Test
  void followsLinksOnTheWayAndInTheEndOnlyToRead() throws Exception {
    Disk disk = disk();
    disk.createDirectory(at("d"));
    write(disk, at("d/file"), "text");
    disk.setModified(at("d/file"), 5_000_000_000L);
    disk.createSymbolicLink(at("way"), "d/.");
    disk.createSymbolicLink(at("file"), at("way/file").toString());
    disk.createSymbolicLink(at("loop"), "loop");

    assertThat(read(disk, at("way/file"))).isEqualTo("text");
    assertThat(read(disk, at("file"))).isEqualTo("text");
    assertThat(disk.names(at("way"))).containsExactly("file");
    assertThatThrownBy(() -> disk.open(at("loop"))).isInstanceOf(FileSystemException.class);
    assertThatThrownBy(() -> disk.setMode(at("file"), 0777))
        .isInstanceOf(FileSystemException.class);
    disk.setModified(at("file"), 7_000_000_000L);
    assertThat(stat(disk, at("file")).modifiedNanos()).isEqualTo(7_000_000_000L);
    disk.delete(at("file"));

    assertThat(stat(disk, at("d/file")).modifiedNanos()).isEqualTo(5_000_000_000L);
  }

  @Test
  void opensNothingButRegularFiles() throws Exception {
    Disk disk = disk();
    write(disk, at("file"), "");

    assertThatThrownBy(() -> disk.open(directory)).isInstanceOf(FileSystemException.class);
    assertThatThrownBy(() -> disk.open(at("absent"))).isInstanceOf(NoSuchFileException.class);
    assertThatThrownBy(() -> disk.readSymbolicLink(at("file")))
        .isInstanceOf(FileSystemException.class);
  }

  @Test
  void findsNothingWhereThereIsNothing() throws Exception {
    Disk disk = disk();
    write(disk, at("file"), "");

    assertThat(disk.stat(at("absent"))).isEmpty();
    assertThat(disk.stat(at("file/below"))).isEmpty();
    assertThatThrownBy(() -> disk.delete(at("absent"))).isInstanceOf(NoSuchFileException.class);
    assertThatThrownBy(() -> disk.delete(directory)).isInstanceOf(DirectoryNotEmptyException.class);
    assertThatThrownBy(() -> disk.list(at("absent"))).isInstanceOf(NoSuchFileException.class);
    assertThatThrownBy(() -> disk.names(at("file"))).isInstanceOf(NotDirectoryException.class);
    assertThatThrownBy(() -> disk.create(at("absent/file")))
        .isInstanceOf(NoSuchFileException.class);
    assertThatThrownBy(() -> disk.syncDirectory(at("absent")))
        .isInstanceOf(NoSuchFileException.class);
    assertThatThrownBy(() -> disk.createDirectory(at("file")))
        .isInstanceOf(FileAlreadyExistsException.class);
  }

  @Test
  void listsWhatIsThere() throws Exception {
    Disk disk = disk();
    write(disk, at("file"), "text");
    disk.createDirectory(at("d"));
    disk.createSymbolicLink(at("link"), "file");
    disk.syncDirectory(directory);

    assertThat(disk.names(directory)).containsExactlyInAnyOrder("file", "d", "link");
    for (DiskEntry entry : disk.list(directory)) {
      assertThat(disk.stat(at(entry.name()))).contains(entry);
    }
  }

  @Test
  void aLockIsHeldOnce() throws Exception {
    Disk disk = disk();
    Path file = at("write.lock");
    Path sameFile = at("x").resolve("..").resolve("write.lock");
    disk.createDirectory(at("x"));

    try (DiskLock lock = disk.tryLock(file).orElseThrow()) {
      assertThat(lock).isNotNull();
      assertThat(disk.tryLock(file)).isEmpty();
      assertThat(disk.tryLock(sameFile)).isEmpty();
    }

    DiskLock again = disk.tryLock(sameFile).orElseThrow();
    again.close();
    again.close();
    disk.tryLock(file).orElseThrow().close();
    assertThat(stat(disk, file).size()).isZero();
  }

  @Test
  void whoAsksWhetherAFileIsLockedNeitherLocksNorMakesIt() throws Exception {
    Disk disk = disk();
    Path file = at("write.lock");

    assertThat(disk.isLocked(file)).isFalse();
    assertThat(disk.stat(file)).isEmpty();
    assertThat(disk.isLocked(at("none").resolve("write.lock"))).isFalse();
    try (DiskLock lock = disk.tryLock(file).orElseThrow()) {
      assertThat(lock).isNotNull();
      assertThat(disk.isLocked(file)).isTrue();
      assertThat(disk.tryLock(file)).isEmpty();
    }

    assertThat(disk.isLocked(file)).isFalse();
    disk.tryLock(file).orElseThrow().close();
  }
}
