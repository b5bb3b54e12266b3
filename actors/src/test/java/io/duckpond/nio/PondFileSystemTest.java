package io.duckpond.nio;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.nio.file.StandardOpenOption.APPEND;
import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.CREATE_NEW;
import static java.nio.file.StandardOpenOption.DELETE_ON_CLOSE;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.TRUNCATE_EXISTING;
import static java.nio.file.StandardOpenOption.WRITE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.duckpond.ConflictException;
import io.duckpond.Transaction;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.FileSystem;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.ReadOnlyFileSystemException;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.nio.file.spi.FileSystemProvider;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.ServiceLoader;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PondFileSystemTest {
  private MemoryPond pond;

  @BeforeEach
  void create() throws IOException {
    pond = new MemoryPond();
  }

  @AfterEach
  void close() throws IOException {
    pond.close();
  }

  private long version(Path path) throws IOException {
    return Files.readAttributes(path, PondFileAttributes.class).version();
  }

  @Test
  void eachChangeIsOneTransaction() throws IOException {
    long before = pond.pond().view().txnSeq();

    Files.createDirectory(pond.path("/d"));
    Files.writeString(pond.path("/d/f"), "one");
    Files.writeString(pond.path("/d/f"), "two");

    assertThat(pond.pond().view().txnSeq()).isEqualTo(before + 3);
    assertThat(version(pond.path("/d/f"))).isEqualTo(2);
    assertThat(pond.pond().view().root().readBytes("/d/f")).asString().isEqualTo("two");
  }

  @Test
  void whatAChannelWritesIsOneVersion() throws IOException {
    Path file = pond.path("/f");
    try (FileChannel channel = FileChannel.open(file, CREATE_NEW, WRITE)) {
      for (int i = 0; i < 5; i++) {
        channel.write(bytes("0123456789"), 10L * (4 - i));
      }
    }

    assertThat(version(file)).isEqualTo(1);
    assertThat(Files.readString(file)).isEqualTo("0123456789".repeat(5));
  }

  @Test
  void aChannelThatWroteNothingMakesNoVersion() throws IOException {
    Path file = pond.path("/f");
    Files.writeString(file, "as it is");

    try (FileChannel channel = FileChannel.open(file, READ, WRITE)) {
      channel.write(bytes(""));
      channel.truncate(100);
      channel.force(true);
    }

    assertThat(version(file)).isEqualTo(1);
  }

  @Test
  void forceMakesAVersionOfWhatWasWritten() throws IOException {
    Path file = pond.path("/f");
    try (FileChannel channel = FileChannel.open(file, CREATE, WRITE)) {
      channel.write(bytes("one"));
      channel.force(false);
      assertThat(Files.readString(file)).isEqualTo("one");
      channel.write(bytes("two"));
      assertThat(Files.readString(file)).isEqualTo("one");
    }

    assertThat(Files.readString(file)).isEqualTo("onetwo");
    assertThat(version(file)).isEqualTo(2);
  }

  @Test
  void aFileThatIsBeingMadeIsFoundByWhoeverLooks() throws IOException {
    Path file = pond.path("/d/f");
    Files.createDirectory(pond.path("/d"));
    try (FileChannel channel = FileChannel.open(file, CREATE_NEW, WRITE)) {
      channel.write(bytes("text"));

      assertThat(list("/d")).containsExactly("/d/f");
      assertThat(Files.size(file)).isZero();
      assertThatThrownBy(() -> Files.createFile(file)).hasMessage("/d/f");
    }
    assertThat(Files.readString(file)).isEqualTo("text");
  }

  private List<String> list(String directory) throws IOException {
    try (Stream<Path> paths = Files.list(pond.path(directory))) {
      return paths.map(Path::toString).toList();
    }
  }

  @Test
  void whatIsWrittenFollowsAMovedFileAndForgetsARemovedOne() throws IOException {
    Files.createDirectories(pond.path("/d/e"));
    try (FileChannel moved = FileChannel.open(pond.path("/d/e/moved"), CREATE, WRITE);
        FileChannel removed = FileChannel.open(pond.path("/d/removed"), CREATE, WRITE)) {
      moved.write(bytes("moved"));
      removed.write(bytes("removed"));
      Files.move(pond.path("/d"), pond.path("/x"));
      Files.delete(pond.path("/x/removed"));
    }

    assertThat(list("/x")).containsExactly("/x/e");
    assertThat(Files.readString(pond.path("/x/e/moved"))).isEqualTo("moved");
  }

  @Test
  void aReaderKeepsTheVersionThatItOpened() throws IOException {
    Path file = pond.path("/f");
    Files.writeString(file, "old");
    try (FileChannel channel = FileChannel.open(file)) {
      Files.writeString(file, "newer");
      Files.delete(file);

      ByteBuffer read = ByteBuffer.allocate(10);
      assertThat(channel.read(read, 1)).isEqualTo(2);
      assertThat(UTF_8.decode(read.flip()).toString()).isEqualTo("ld");
    }
  }

  @Test
  void twoWhoChangeTheSameVersionAreAConflict() throws IOException {
    Path file = pond.path("/f");
    Files.writeString(file, "0123456789");
    FileChannel one = FileChannel.open(file, WRITE);
    FileChannel two = FileChannel.open(file, WRITE);
    one.write(bytes("a"));
    two.write(bytes("b"), 5);
    one.close();

    assertThatThrownBy(two::close)
        .isInstanceOf(ConflictException.class)
        .hasMessageContaining("/f: ");
    assertThat(Files.readString(file)).isEqualTo("a123456789");
  }

  @Test
  void allThatIsAppendedIsKept() throws IOException {
    Path file = pond.path("/f");
    Files.writeString(file, "0");
    FileChannel one = FileChannel.open(file, APPEND);
    FileChannel two = FileChannel.open(file, APPEND);
    one.write(bytes("a"), 0);
    two.write(bytes("b"));
    two.force(true);
    one.close();
    two.write(bytes("c"));
    two.close();

    assertThat(Files.readString(file)).isEqualTo("0bac");
  }

  @Test
  void aFileToBeDeletedOnCloseGoes() throws IOException {
    Path old = pond.path("/old");
    Files.writeString(old, "x");

    FileChannel.open(old, WRITE, DELETE_ON_CLOSE).close();
    FileChannel.open(pond.path("/new"), CREATE, WRITE, DELETE_ON_CLOSE).close();

    assertThat(list("/")).isEmpty();
  }

  @Test
  void truncatingIsAChange() throws IOException {
    Path file = pond.path("/f");
    Files.writeString(file, "text");

    FileChannel.open(file, WRITE, TRUNCATE_EXISTING).close();
    FileChannel.open(file, WRITE, TRUNCATE_EXISTING).close();

    assertThat(Files.size(file)).isZero();
    assertThat(version(file)).isEqualTo(2);
  }

  @Test
  void locksThatOverlapAreRefused() throws IOException {
    Path file = pond.path("/lock");
    try (FileChannel one = FileChannel.open(file, CREATE, READ, WRITE);
        FileChannel two = FileChannel.open(file, READ, WRITE)) {
      FileLock lock = one.tryLock(0, 10, false);
      assertThat(lock.isValid()).isTrue();
      assertThatThrownBy(() -> two.tryLock(9, 1, true))
          .isInstanceOf(OverlappingFileLockException.class);
      assertThat(two.lock(10, 5, true).isShared()).isTrue();
      lock.release();
      assertThat(two.tryLock(0, 10, false).isValid()).isTrue();
      two.close();
      assertThat(one.lock().isValid()).isTrue();
    }
  }

  @Test
  void aTransactionsChangesAreCommittedByItsOwner() throws IOException {
    try (Transaction transaction = pond.pond().begin();
        FileSystem inside = PondFileSystems.of(transaction)) {
      Files.writeString(inside.getPath("/f"), "one");
      Files.writeString(inside.getPath("/f"), "two");
      assertThat(Files.exists(pond.path("/f"))).isFalse();
      transaction.commit();
    }

    assertThat(Files.readString(pond.path("/f"))).isEqualTo("two");
    assertThat(version(pond.path("/f"))).isEqualTo(1);
  }

  @Test
  void aPastStateIsReadOnly() throws IOException {
    Files.writeString(pond.path("/f"), "old");
    FileSystem past = PondFileSystems.of(pond.pond(), pond.pond().view());
    Files.writeString(pond.path("/f"), "new");
    Path file = past.getPath("/f");

    assertThat(Files.readString(file)).isEqualTo("old");
    assertThat(Files.isWritable(file)).isFalse();
    assertThatThrownBy(() -> Files.writeString(file, "x"))
        .isInstanceOf(ReadOnlyFileSystemException.class);
    assertThatThrownBy(() -> Files.createDirectory(past.getPath("/d")))
        .isInstanceOf(ReadOnlyFileSystemException.class);
    Files.copy(file, pond.path("/f"), StandardCopyOption.REPLACE_EXISTING);
    assertThat(Files.readString(pond.path("/f"))).isEqualTo("old");
  }

  @Test
  void everyPathIsFoundAgainByItsUri() throws IOException {
    Path hostile = pond.path("/a b/%41?#!é\ud83d\ude00\n/+;&=:@");

    assertThat(found(hostile)).isEqualTo(hostile);
    assertThat(hostile.toUri().toString()).startsWith("pond:/memory/pond-");
    Path past = PondFileSystems.of(pond.pond(), pond.pond().view()).getPath("/x");
    assertThat(past.toUri().toString()).endsWith("!/x?as-of=1");
    assertThat(found(past)).isEqualTo(past);
  }

  /** As {@code Path.of(uri)}, wherever the test's class loader is. */
  private static Path found(Path path) {
    return path.getFileSystem().provider().getPath(path.toUri());
  }

  @Test
  void theJdkFindsTheProvider() {
    assertThat(
            ServiceLoader.load(
                    FileSystemProvider.class, PondFileSystemProvider.class.getClassLoader())
                .stream()
                .map(ServiceLoader.Provider::type))
        .contains(PondFileSystemProvider.class);
  }

  @Test
  void aLargeFileIsPutTogetherOnDisk() throws IOException {
    Path file = pond.path("/large");
    byte[] block = new byte[100_000];
    try (FileChannel channel = FileChannel.open(file, CREATE, READ, WRITE)) {
      for (int i = 30; i > 0; i--) {
        Arrays.fill(block, (byte) i);
        channel.write(ByteBuffer.wrap(block), i * 100_000L);
      }
      channel.truncate(3_000_000);
      ByteBuffer read = ByteBuffer.allocate(2);
      channel.read(read, 1_999_999);
      assertThat(read.array()).containsExactly(19, 20);
    }

    byte[] all = Files.readAllBytes(file);
    assertThat(all).hasSize(3_000_000);
    for (int i = 0; i < 30; i++) {
      assertThat(all[i * 100_000 + 50_000]).isEqualTo((byte) i);
    }
    assertThat(pond.machine().disk().names(pond.pond().directory().resolve("contents")))
        .noneMatch(name -> name.startsWith("tmp-") && !name.contains("-taken-"));
  }

  @Test
  void aTimeThatIsSetBeforeTheFileIsClosedStays() throws IOException {
    Path file = pond.path("/timed");
    FileTime time = FileTime.from(Instant.parse("2001-09-09T01:46:40Z"));
    for (String text : List.of("first", "second")) {
      try (FileChannel channel = FileChannel.open(file, CREATE, WRITE, TRUNCATE_EXISTING)) {
        channel.write(ByteBuffer.wrap(text.getBytes(UTF_8)));
        Files.setLastModifiedTime(file, time);
      }
      assertThat(Files.readString(file)).isEqualTo(text);
      assertThat(Files.getLastModifiedTime(file)).isEqualTo(time);
    }
    Files.writeString(file, "third");
    assertThat(Files.getLastModifiedTime(file)).isGreaterThan(time);
  }

  @Test
  void whatIsMissingIsNamed() {
    assertThatThrownBy(() -> Files.readString(pond.path("/a/b")))
        .isInstanceOf(NoSuchFileException.class)
        .hasMessage("/a/b");
  }

  private static ByteBuffer bytes(String text) {
    return ByteBuffer.wrap(text.getBytes(UTF_8));
  }
}
