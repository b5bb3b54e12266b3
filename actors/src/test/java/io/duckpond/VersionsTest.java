package io.duckpond;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.duckpond.harness.MemoryDisk;
import io.duckpond.journal.disk.DamageException;
import io.duckpond.journal.disk.Machine;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Versions of files and ranges of their bytes. */
class VersionsTest {
  private static final Path FOLDER = Path.of("/pond");

  private final MemoryDisk disk = new MemoryDisk();
  private Pond pond;

  @BeforeEach
  void create() throws IOException {
    disk.createDirectory(FOLDER);
    pond =
        Pond.create(
            Machine.with(disk), FOLDER, PondSettings.load(), new CommitInfo("init", "", ""));
  }

  @AfterEach
  void close() {
    pond.close();
  }

  private static InputStream text(String text) {
    return new ByteArrayInputStream(text.getBytes(UTF_8));
  }

  private static String version(WorkingDirectory root, String path, long version)
      throws IOException {
    try (InputStream in = root.readVersion(path, version)) {
      return new String(in.readAllBytes(), UTF_8);
    }
  }

  @Test
  void versionsFollowAFileThroughItsMoves() throws Exception {
    try (Transaction transaction = pond.begin()) {
      WorkingDirectory root = transaction.root();
      root.createDirectories("/a/deep");
      root.createDirectories("/b");
      root.createFile("/a/deep/f", text("one"));
      transaction.commit();
      root.write("/a/deep/f", text("two"));
      transaction.commit();
      root.rename("/a/deep/f", "/b/g");
      root.removeRecursively("/a");
      transaction.commit();
      root.write("/b/g", text("three"));
      transaction.commit();
      root.rename("/b/g", "/h");
      root.write("/h", text("pending"));

      assertThat(root.versions("/h"))
          .extracting(FileVersion::number, FileVersion::size, FileVersion::txnSeq)
          .containsExactly(
              org.assertj.core.groups.Tuple.tuple(1L, 3L, 2L),
              org.assertj.core.groups.Tuple.tuple(2L, 3L, 3L),
              org.assertj.core.groups.Tuple.tuple(3L, 5L, 5L),
              org.assertj.core.groups.Tuple.tuple(4L, 7L, 0L));
      assertThat(version(root, "/h", 1) + version(root, "/h", 2) + version(root, "/h", 3))
          .isEqualTo("onetwothree");
      assertThat(version(root, "/h", 4)).isEqualTo("pending");
      assertThat(version(pond.view().root(), "/b/g", 1)).isEqualTo("one");
      assertThatThrownBy(() -> root.readVersion("/h", 5))
          .isInstanceOf(FileSystemException.class)
          .hasMessage("/h: there is no version 5; it has 1 to 4");
      assertThatThrownBy(() -> root.readVersion("/h", 0)).isInstanceOf(FileSystemException.class);
      assertThatThrownBy(() -> root.versions("/b")).hasMessage("/b: is a directory");
      assertThat(pond.asOf(3).root().versions("/a/deep/f")).hasSize(2);
    }
  }

  @Test
  void aNewFilesOnlyVersionIsThePendingOne() throws Exception {
    try (Transaction transaction = pond.begin()) {
      WorkingDirectory root = transaction.root();
      root.createDirectories("/new");
      root.createFile("/new/f", text("x"));
      root.write("/new/f", text("xy"));
      root.rename("/new/f", "/new/g");

      assertThat(root.versions("/new/g")).hasSize(1);
      assertThat(version(root, "/new/g", 1)).isEqualTo("xy");
    }
  }

  @Test
  void aRangeOfALargeFileReadsOnlyItsBlocks() throws Exception {
    byte[] bytes = new byte[5 * (1 << 20) + 12_345];
    new Random(1).nextBytes(bytes);
    try (Transaction transaction = pond.begin()) {
      transaction.root().createFile("/big", new ByteArrayInputStream(bytes));
      transaction.commit();
    }
    Path content =
        disk.files().stream()
            .filter(file -> file.startsWith(FOLDER.resolve("contents")))
            .filter(file -> String.valueOf(file.getFileName()).matches("[0-9a-f]{64}"))
            .findFirst()
            .orElseThrow();
    byte[] spoiled = bytes.clone();
    Arrays.fill(spoiled, 0, 4 << 20, (byte) 0);
    disk.put(content, spoiled);
    WorkingDirectory root = pond.view().root();

    int from = bytes.length - (1 << 20);
    try (InputStream last = root.readRange("/big", from, Long.MAX_VALUE)) {
      assertThat(last.readAllBytes()).isEqualTo(Arrays.copyOfRange(bytes, from, bytes.length));
    }
    try (InputStream first = root.readRange("/big", 0, 1)) {
      assertThatThrownBy(first::read).isInstanceOf(DamageException.class);
    }
  }

  @Test
  void aRangeEndsWhereItSays() throws Exception {
    try (Transaction transaction = pond.begin()) {
      WorkingDirectory root = transaction.root();
      root.createFile("/f", text("0123456789"));

      assertThat(range(root, 2, 5)).isEqualTo("234");
      assertThat(range(root, 0, 0)).isEmpty();
      assertThat(range(root, 8, 99)).isEqualTo("89");
      assertThat(range(root, 10, 11)).isEmpty();
      assertThat(range(root, 99, 100)).isEmpty();
      assertThatThrownBy(() -> range(root, 5, 4)).isInstanceOf(IllegalArgumentException.class);
      assertThatThrownBy(() -> range(root, -1, 4)).isInstanceOf(IllegalArgumentException.class);
      try (InputStream in = root.readRange("/f", 3, 6)) {
        assertThat(in.read()).isEqualTo('3');
        assertThat(in.skip(9)).isEqualTo(2);
        assertThat(in.read()).isEqualTo(-1);
      }
    }
  }

  private static String range(WorkingDirectory root, long from, long to) throws IOException {
    try (InputStream in = root.readRange("/f", from, to)) {
      return new String(in.readAllBytes(), UTF_8);
    }
  }
}
