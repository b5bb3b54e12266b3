package io.duckpond.journal.disk;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.nio.file.StandardOpenOption.WRITE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The contract on the real disk, and what only a real one has. */
class RealDiskTest extends DiskContract {
  private final Disk disk = new RealDisk();

  @Override
  Disk disk() {
    return disk;
  }

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
  void aFailingReadOrWriteNamesItsFile() throws Exception {
    Path full = Path.of("/dev/full");
    Path file = directory.resolve("file");
    write(file, "text");

    try (DiskWriter writer = new ChannelWriter(full, FileChannel.open(full, WRITE))) {
      assertThatThrownBy(() -> writer.write(ByteBuffer.wrap("text".getBytes(UTF_8))))
          .isInstanceOf(FileSystemException.class)
          .hasMessage("/dev/full: No space left on device");
    }
    try (DiskReader reader = disk.open(file)) {
      Thread.currentThread().interrupt();
      assertThatThrownBy(() -> reader.read(ByteBuffer.allocate(4), 0))
          .isInstanceOf(InterruptedIOException.class)
          .hasMessage(file + ": the thread was interrupted");
    }
    assertThat(Thread.interrupted()).isTrue();
    try (DiskReader reader = disk.open(file)) {
      assertThat(reader.read(ByteBuffer.allocate(4), 0)).isEqualTo(4);
    }
  }

  @Test
  void makesDirectoriesAndSyncsEveryParent() throws Exception {
    TapeDisk tape = new TapeDisk(disk);

    Directories.createAll(tape, directory.resolve("a/b"));
    Directories.createAll(tape, directory.resolve("a/b"));

    assertThat(tape.take().stream().filter(step -> !step.startsWith("stat")))
        .containsExactly(
            "sync " + directory.resolveSibling(".").normalize().getFileName(),
            "mkdir a",
            "sync " + directory.getFileName(),
            "mkdir b",
            "sync a",
            "sync a");
    write(directory.resolve("file"), "");
    assertThatThrownBy(() -> Directories.createAll(disk, directory.resolve("file/x")))
        .isInstanceOf(FileSystemException.class);
  }
}
