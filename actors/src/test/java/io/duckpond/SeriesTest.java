package io.duckpond;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.duckpond.harness.MemoryDisk;
import io.duckpond.journal.disk.DamageException;
import io.duckpond.journal.disk.Machine;
import io.duckpond.node.Entry;
import io.duckpond.node.NodeType;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Series in a pond: through commits, restarts, as-of views, checks. */
class SeriesTest {
  private static final Path FOLDER = Path.of("/pond");
  private static final String LARGE = "large ".repeat(50_000);

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

  private static String read(WorkingDirectory from, String path) throws IOException {
    return new String(from.readBytes(path), UTF_8);
  }

  private static String piece(WorkingDirectory from, String path, long version) throws IOException {
    try (InputStream in = from.readVersion(path, version)) {
      return new String(in.readAllBytes(), UTF_8);
    }
  }

  private WorkingDirectory reopen() throws IOException {
    pond.close();
    pond = Pond.open(Machine.with(disk), FOLDER, PondSettings.load());
    return pond.view().root();
  }

  private CheckReport check(CheckMode mode) throws IOException {
    return PondCheck.run(Machine.with(disk), FOLDER, mode, Progress.NONE);
  }

  @Test
  void everyAppendIsAVersionAlsoOfOneTransaction() throws Exception {
    try (Transaction transaction = pond.begin()) {
      WorkingDirectory root = transaction.root();
      root.createFile("/s", text("one "), FileOptions.of(NodeType.SERIES));
      root.append("/s", text("two "));
      transaction.commit();
      root.append("/s", text("three "));
      root.append("/s", text(LARGE));
      root.append("/s", text(""));
      root.append("/s", text("six"));
      assertThat(read(root, "/s")).isEqualTo("one two three " + LARGE + "six");
      assertThat(piece(root, "/s", 4)).isEqualTo(LARGE);
      transaction.commit();
    }

    WorkingDirectory root = reopen();
    Entry.File series = (Entry.File) root.metadata("/s");
    assertThat(series.type()).isEqualTo(NodeType.SERIES);
    assertThat(series.version()).isEqualTo(6);
    assertThat(series.size()).isEqualTo(LARGE.length() + 17);
    assertThat(read(root, "/s")).isEqualTo("one two three " + LARGE + "six");
    assertThat(piece(root, "/s", 2) + piece(root, "/s", 3) + piece(root, "/s", 5))
        .isEqualTo("two three ");
    assertThat(root.versions("/s"))
        .extracting(FileVersion::size)
        .containsExactly(4L, 4L, 6L, (long) LARGE.length(), 0L, 3L);
    assertThat(root.versions("/s"))
        .extracting(FileVersion::txnSeq)
        .containsExactly(2L, 2L, 3L, 3L, 3L, 3L);
    assertThat(read(pond.asOf(2).root(), "/s")).isEqualTo("one two ");
    assertThat(pond.history().open("/s", 3).readAllBytes()).isEqualTo("three ".getBytes(UTF_8));
    RestoreReport restored = pond.restore(RestoreMode.VERIFY, Progress.NONE);
    assertThat(check(CheckMode.DEEP).findings()).isEmpty();
    assertThat(check(CheckMode.DEEP).contentRoot()).contains(restored.contentRoot());
  }

  @Test
  void aSeriesGrowsThroughMovesAndMayMoveWhileItGrows() throws Exception {
    try (Transaction transaction = pond.begin()) {
      WorkingDirectory root = transaction.root();
      root.createDirectories("/a");
      root.createDirectories("/b");
      for (int i = 0; i < 10; i++) {
        root.append("/a/s", text(i + " "));
      }
      transaction.commit();
      root.append("/a/s", text("moved "));
      root.rename("/a/s", "/b/t");
      root.append("/b/t", text("there "));
      root.removeRecursively("/a");
      transaction.commit();
      root.append("/b/t", text("end"));
      transaction.commit();
    }

    WorkingDirectory root = reopen();
    assertThat(read(root, "/b/t")).isEqualTo("0 1 2 3 4 5 6 7 8 9 moved there end");
    assertThat(root.versions("/b/t")).hasSize(13);
    assertThat(check(CheckMode.DEEP).findings()).isEmpty();
  }

  @Test
  void manyPiecesAreStagedAndCopied() throws Exception {
    String big = "x".repeat(40_000);
    try (Transaction transaction = pond.begin()) {
      WorkingDirectory root = transaction.root();
      root.append("/s", text(LARGE));
      for (int i = 0; i < 100; i++) {
        root.append("/s", text(i + big));
      }
      assertThat(piece(root, "/s", 51)).isEqualTo(49 + big);
      transaction.commit();
      root.append("/s", text("pending"));
      root.copy("/s", "/copy");
      root.append("/copy", text("!"));
      transaction.commit();
    }

    WorkingDirectory root = reopen();
    String all = read(root, "/s");
    assertThat(read(root, "/copy")).isEqualTo(all + "!");
    assertThat(root.metadata("/copy").version()).isEqualTo(103);
    assertThat(piece(root, "/s", 101)).isEqualTo(99 + big);
    assertThat(read(pond.asOf(2).root(), "/s")).isEqualTo(all.substring(0, all.length() - 7));
    try (InputStream end = root.readRange("/s", all.length() - 9, Long.MAX_VALUE)) {
      assertThat(new String(end.readAllBytes(), UTF_8)).isEqualTo("xxpending");
    }
    assertThat(check(CheckMode.DEEP).findings()).isEmpty();
  }

  @Test
  void aRangeTouchesOnlyThePiecesConcerned() throws Exception {
    try (Transaction transaction = pond.begin()) {
      for (int i = 0; i < 3; i++) {
        transaction.root().append("/s", text(i + LARGE));
      }
      transaction.commit();
    }
    long length = LARGE.length() + 1;
    spoil(length, "0large");

    WorkingDirectory root = reopen();

    try (InputStream last = root.readRange("/s", length + 1, 3 * length)) {
      assertThat(new String(last.readAllBytes(), UTF_8)).isEqualTo(LARGE + 2 + LARGE);
    }
    assertThatThrownBy(() -> root.readBytes("/s"))
        .isInstanceOf(DamageException.class)
        .hasMessageStartingWith("/s: damaged: block 0");
    CheckReport report = check(CheckMode.DEEP);
    assertThat(report.findings()).hasSize(1);
    assertThat(report.findings().get(0).affects()).containsExactly("/s (piece 1)");
  }

  private void spoil(long size, String start) throws IOException {
    for (Path file : disk.files()) {
      byte[] bytes = disk.bytes(file);
      if (bytes.length == size && new String(bytes, 0, start.length(), UTF_8).equals(start)) {
        bytes[7] ^= 1;
        disk.put(file, bytes);
      }
    }
  }

  @Test
  void ofTwoWhoAppendToOneSeriesTheSecondConflicts() throws Exception {
    try (Transaction first = pond.begin()) {
      first.root().append("/s", text("0 "));
      first.commit();
    }
    try (Transaction first = pond.begin();
        Transaction second = pond.begin()) {
      first.root().append("/s", text("1 "));
      second.root().append("/s", text("2 "));
      first.commit();

      assertThatThrownBy(second::commit)
          .isInstanceOf(ConflictException.class)
          .hasMessageContaining("/s");
    }
    assertThat(read(reopen(), "/s")).isEqualTo("0 1 ");
  }

  @Test
  void singleCallsThatMeetAppendOneAfterTheOther() throws Exception {
    WorkingDirectory root = pond.root();
    IntStream.range(0, 24)
        .parallel()
        .forEach(
            i -> {
              try {
                root.append("/s", text(String.format("%02d ", i)));
              } catch (IOException e) {
                throw new AssertionError(e);
              }
            });

    assertThat(read(reopen(), "/s").split(" "))
        .containsExactlyInAnyOrder(
            IntStream.range(0, 24).mapToObj(i -> String.format("%02d", i)).toArray(String[]::new));
  }

  @Test
  void whatIsNoSeriesIsNotAppendedToAndASeriesIsNotWritten() throws Exception {
    try (Transaction transaction = pond.begin()) {
      WorkingDirectory root = transaction.root();
      root.createFile("/f", text("f"));
      root.append("/s", text("s"));
      root.createDirectory("/d");

      assertThatThrownBy(() -> root.append("/f", text("x")))
          .isInstanceOf(FileSystemException.class)
          .hasMessage("/f: is a file, to which nothing is appended");
      assertThatThrownBy(() -> root.append("/d", text("x"))).hasMessage("/d: is a directory");
      assertThatThrownBy(() -> root.write("/s", text("x")))
          .isInstanceOf(FileSystemException.class)
          .hasMessage("/s: is a series: it is not written but appended to");
      assertThatThrownBy(() -> root.readVersion("/s", 2))
          .hasMessage("/s: there is no version 2; it has 1 to 1");
      assertThat(read(root, "/f") + read(root, "/s")).isEqualTo("fs");
    }
  }
}
