package io.duckpond.journal.disk;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import java.io.IOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RealDiskTest {
  @TempDir private Path directory;

  private final Disk disk = new RealDisk();

  private void write(Path file, String text) throws IOException {
    try (DiskWriter writer = disk.create(file)) {
      writer.write(ByteBuffer.wrap(text.getBytes(UTF_8)));
      assertThat(writer.position()).isEqualTo(text.length());
      writer.sync();
    }
  }

  private DiskEntry stat(Path path) throws IOException {
    return disk.stat(path).orElseThrow();
  }

  @Test
  void createsAFileOnceForItsOwnerOnly() throws Exception {
    Path file = directory.resolve("file");

    write(file, "text");

    assertThat(stat(file))
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
    }
  }

  @Test
  void linkRefusesATakenNameAndRenameReplacesIt() throws Exception {
    write(directory.resolve("a"), "a");
    write(directory.resolve("b"), "b");

    assertThatThrownBy(() -> disk.link(directory.resolve("a"), directory.resolve("b")))
        .isInstanceOf(FileAlreadyExistsException.class);
    disk.link(directory.resolve("a"), directory.resolve("c"));
    assertThat(stat(directory.resolve("c")).fileKey())
        .isEqualTo(stat(directory.resolve("a")).fileKey());
    disk.rename(directory.resolve("b"), directory.resolve("a"));

    assertThat(directory.resolve("a")).hasContent("b");
    assertThat(directory.resolve("c")).hasContent("a");
  }

  @Test
  void keepsModesAndNanoseconds() throws Exception {
    Path file = directory.resolve("file");
    write(file, "");
    disk.createDirectory(directory.resolve("d"));
    assertThat(stat(directory.resolve("d")).mode()).isEqualTo(0700);

    for (Path path : List.of(file, directory.resolve("d"))) {
      for (long nanos : new long[] {1_234_567_890_123_456_789L, 1, -3_000_000_000L}) {
        disk.setModified(path, nanos);
        assertThat(stat(path).modifiedNanos()).isEqualTo(nanos);
      }
      for (int mode : new int[] {0777, 0, 0421, 0600}) {
        disk.setMode(path, mode);
        assertThat(stat(path).mode()).isEqualTo(mode);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "plain",
        "a//b",
        "a//b//c/d",
        "a/",
        "/",
        "/x//y/",
        "../..",
        "a b\n%41#?",
        "ü😀//é",
        ".",
        "-x"
      })
  void keepsALinkTargetByteForByte(String target) throws Exception {
    Path link = directory.resolve("link");

    disk.createSymbolicLink(link, target);

    assertThat(disk.readSymbolicLink(link)).isEqualTo(target);
    assertThat(stat(link))
        .returns(DiskEntry.Kind.SYMLINK, DiskEntry::kind)
        .returns((long) target.getBytes(UTF_8).length, DiskEntry::size);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "//", "//a", "a//  ", "a///b", "nul\0"})
  void refusesALinkTargetThatItCannotMake(String target) {
    Path link = directory.resolve("link");

    assertThatThrownBy(() -> disk.createSymbolicLink(link, target.strip()))
        .isInstanceOf(FileSystemException.class)
        .hasMessageContaining("link");
    assertThat(link).doesNotExist();
  }

  @Test
  void doesNotFollowALinkWhenItChangesOrRemoves() throws Exception {
    Path target = directory.resolve("target");
    Path link = directory.resolve("link");
    write(target, "text");
    disk.setModified(target, 5_000_000_000L);
    disk.createSymbolicLink(link, "target");

    disk.setModified(link, 7_000_000_000L);
    assertThat(stat(link).modifiedNanos()).isEqualTo(7_000_000_000L);
    assertThatThrownBy(() -> disk.setMode(link, 0777)).isInstanceOf(FileSystemException.class);
    disk.delete(link);

    assertThat(stat(target))
        .returns(5_000_000_000L, DiskEntry::modifiedNanos)
        .returns(0600, DiskEntry::mode);
  }

  @Test
  void namesThatAreNotUtf8AreListedAsOther() throws Exception {
    // The directory's path is plain ASCII, so its URI is the path itself.
    Path bad = Path.of(URI.create("file://" + directory + "/bad%FF"));
    Files.createFile(bad);
    write(directory.resolve("good-ü\uFFFD"), "");

    assertThat(disk.list(directory))
        .extracting(DiskEntry::name, DiskEntry::kind)
        .containsExactlyInAnyOrder(
            tuple("bad\uFFFD", DiskEntry.Kind.OTHER), tuple("good-ü\uFFFD", DiskEntry.Kind.FILE));
    Files.createSymbolicLink(directory.resolve("link"), bad);
    assertThatThrownBy(() -> disk.readSymbolicLink(directory.resolve("link")))
        .isInstanceOf(FileSystemException.class)
        .hasMessageContaining("not UTF-8");
  }

  @Test
  void opensNothingButRegularFiles() throws Exception {
    assertThatThrownBy(() -> disk.open(directory)).isInstanceOf(FileSystemException.class);
    assertThatThrownBy(() -> disk.open(directory.resolve("absent")))
        .isInstanceOf(NoSuchFileException.class);
    assertThatThrownBy(() -> disk.open(Path.of("/dev/null")))
        .isInstanceOf(FileSystemException.class);
    assertThat(stat(Path.of("/dev/null")).kind()).isEqualTo(DiskEntry.Kind.OTHER);
  }

  @Test
  void findsNothingWhereThereIsNothing() throws Exception {
    write(directory.resolve("file"), "");

    assertThat(disk.stat(directory.resolve("absent"))).isEmpty();
    assertThat(disk.stat(directory.resolve("file/below"))).isEmpty();
    assertThatThrownBy(() -> disk.delete(directory.resolve("absent")))
        .isInstanceOf(NoSuchFileException.class);
    assertThatThrownBy(() -> disk.delete(directory)).isInstanceOf(DirectoryNotEmptyException.class);
    assertThatThrownBy(() -> disk.list(directory.resolve("absent")))
        .isInstanceOf(NoSuchFileException.class);
  }

  @Test
  void lockIsHeldOnceAndNeverThroughASecondChannel() throws Exception {
    Path file = directory.resolve("write.lock");
    Path sameFile = directory.resolve("x").resolve("..").resolve("write.lock");
    disk.createDirectory(directory.resolve("x"));

    try (DiskLock lock = disk.tryLock(file).orElseThrow()) {
      assertThat(lock).isNotNull();
      assertThat(disk.tryLock(file)).isEmpty();
      assertThat(new RealDisk().tryLock(sameFile)).isEmpty();
    }

    DiskLock again = disk.tryLock(sameFile).orElseThrow();
    again.close();
    again.close();
    disk.tryLock(file).orElseThrow().close();
  }

  @Test
  void makesDirectoriesAndSyncsEveryParent() throws Exception {
    TapeDisk tape = new TapeDisk(disk);

    Directories.createAll(tape, directory.resolve("a/b"));
    Directories.createAll(tape, directory.resolve("a/b"));

    assertThat(tape.take().stream().filter(step -> !step.startsWith("stat")))
        .containsExactly("mkdir a", "sync " + directory.getFileName(), "mkdir b", "sync a");
    write(directory.resolve("file"), "");
    assertThatThrownBy(() -> Directories.createAll(disk, directory.resolve("file/x")))
        .isInstanceOf(FileSystemException.class);
  }
}
