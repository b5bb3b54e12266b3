package io.duckpond;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.duckpond.harness.MemoryDisk;
import io.duckpond.harness.ParquetFixture;
import io.duckpond.journal.disk.Machine;
import io.duckpond.node.Entry;
import io.duckpond.node.NodeType;
import io.duckpond.table.EmptyTable;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Tables and series of tables in a pond: what they take, and what becomes of them. */
class TableTest {
  private static final Path FOLDER = Path.of("/pond");
  private static final FileOptions TABLE = FileOptions.of(NodeType.TABLE);
  private static final FileOptions SERIES = FileOptions.of(NodeType.TABLE_SERIES);
  private static final byte[] SMALL =
      ParquetFixture.file("message t {required int64 id; optional binary name (STRING);}", 10);
  private static final byte[] MORE =
      ParquetFixture.file("message t {optional int64 id; required double size;}", 10);
  private static final byte[] OTHER =
      ParquetFixture.file("message t {required int64 id; required int64 name;}", 10);
  private static final byte[] LARGE =
      ParquetFixture.file(
          "message t {required int64 id; required binary name (STRING);}", 60_000, 20_000);

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

  private static InputStream in(byte[] bytes) {
    return new ByteArrayInputStream(bytes);
  }

  private WorkingDirectory reopen() throws IOException {
    pond.close();
    pond = Pond.open(Machine.with(disk), FOLDER, PondSettings.load());
    return pond.root();
  }

  private static byte[] version(WorkingDirectory from, String path, long version)
      throws IOException {
    try (InputStream in = from.readVersion(path, version)) {
      return in.readAllBytes();
    }
  }

  /** All files but those that say who is at work. */
  private List<Path> stored() {
    return disk.files().stream()
        .filter(file -> !file.toString().matches(".*/(\\.lease-.*|tmp-.*-taken-.*)"))
        .toList();
  }

  private void assertSound() throws IOException {
    RestoreReport restored = pond.restore(RestoreMode.VERIFY, Progress.NONE);
    CheckReport check = PondCheck.run(Machine.with(disk), FOLDER, CheckMode.DEEP, Progress.NONE);
    assertThat(check.findings()).isEmpty();
    assertThat(check.contentRoot()).contains(restored.contentRoot());
  }

  private static void assertRefused(ThrowingCallable call, String path, String why) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            FileSystemException.class,
            refusal -> {
              assertThat(refusal.getFile()).isEqualTo(path);
              assertThat(refusal.getReason()).contains(why);
            });
  }

  @Test
  void aTableKeepsItsTypeAndVersionsThroughMovesCopiesAndRestarts() throws Exception {
    WorkingDirectory root = pond.root();
    root.createDirectory("/d");
    root.createFile("/d/t", in(SMALL), TABLE);
    root.write("/d/t", in(LARGE));
    root.rename("/d/t", "/moved");
    root.copy("/moved", "/copy");
    root.write("/moved", in(OTHER));

    root = reopen();
    Entry.File table = (Entry.File) root.metadata("/moved");
    assertThat(table.type()).isEqualTo(NodeType.TABLE);
    assertThat(table.version()).isEqualTo(3);
    assertThat(root.readBytes("/moved")).isEqualTo(OTHER);
    assertThat(version(root, "/moved", 1)).isEqualTo(SMALL);
    assertThat(version(root, "/moved", 2)).isEqualTo(LARGE);
    assertThat(root.metadata("/copy").type()).isEqualTo(NodeType.TABLE);
    assertThat(root.readBytes("/copy")).isEqualTo(LARGE);
    assertThat(pond.asOf(4).root().metadata("/d/t").type()).isEqualTo(NodeType.TABLE);
    assertThat(pond.asOf(4).root().readBytes("/d/t")).isEqualTo(LARGE);
    root.revert(List.of("/d"), pond.asOf(3));
    assertThat(root.metadata("/d/t").type()).isEqualTo(NodeType.TABLE);
    assertThat(root.readBytes("/d/t")).isEqualTo(SMALL);
    assertSound();
  }

  @Test
  void whatIsNoParquetIsRefusedAndNothingOfItIsStored() throws Exception {
    WorkingDirectory root = pond.root();
    root.createFile("/t", in(SMALL), TABLE);
    root.createFile("/s", in(SMALL), SERIES);
    List<Path> before = stored();
    byte[] cut = Arrays.copyOf(LARGE, LARGE.length - 9);
    byte[] flipped = LARGE.clone();
    flipped[LARGE.length / 2] ^= 1;

    assertRefused(() -> root.createFile("/x", in(new byte[0]), TABLE), "/x", "no bytes");
    assertRefused(() -> root.createFile("/x", in("a,b\n".getBytes(UTF_8)), SERIES), "/x", "short");
    assertRefused(() -> root.write("/t", in(cut)), "/t", "is no readable Parquet file: ");
    assertRefused(() -> root.write("/t", in(flipped)), "/t", "differs from its checksum");
    assertRefused(() -> root.append("/s", in(cut)), "/s", "is no readable Parquet file: ");

    assertThat(stored()).isEqualTo(before);
    assertThat(root.exists("/x")).isFalse();
    assertThat(root.metadata("/t").version()).isEqualTo(1);
    assertThat(root.metadata("/s").version()).isEqualTo(1);
    assertSound();
  }

  @Test
  void aTableIsNotAppendedToAndASeriesNotWritten() throws Exception {
    WorkingDirectory root = pond.root();
    root.createFile("/t", in(SMALL), TABLE);
    root.createFile("/s", in(SMALL), SERIES);

    assertRefused(() -> root.append("/t", in(SMALL)), "/t", "is a table, to which nothing");
    assertRefused(() -> root.write("/s", in(SMALL)), "/s", "is a table-series: it is not written");
  }

  @Test
  void aSeriesTakesNewColumnsButNoOtherType() throws Exception {
    WorkingDirectory root = pond.root();
    root.createFile("/s", EmptyTable.content(), SERIES);
    root.append("/s", in(SMALL));
    root.append("/s", in(MORE));

    assertRefused(
        () -> root.append("/s", in(OTHER)),
        "/s",
        "column 'name' is int64, in the series binary (string)");
    WorkingDirectory again = reopen();
    assertRefused(() -> again.append("/s", in(OTHER)), "/s", "column 'name' is int64");
    again.append("/s", in(LARGE));

    assertThat(again.metadata("/s").type()).isEqualTo(NodeType.TABLE_SERIES);
    assertThat(again.versions("/s")).hasSize(4);
    assertThat(version(again, "/s", 3)).isEqualTo(MORE);
    assertThat(version(again, "/s", 4)).isEqualTo(LARGE);
    assertSound();
  }

  @Test
  void columnsAreKnownHoweverLongAgoTheyCame() throws Exception {
    try (Transaction transaction = pond.begin()) {
      WorkingDirectory root = transaction.root();
      root.createFile("/s", in(SMALL), SERIES);
      for (int i = 0; i < 70; i++) {
        root.append("/s", in(MORE));
      }
      assertRefused(() -> root.append("/s", in(OTHER)), "/s", "column 'name'");
      transaction.commit();
    }
    for (int i = 0; i < 20; i++) {
      pond.root().append("/s", in(MORE));
    }

    WorkingDirectory root = reopen();
    assertRefused(() -> root.append("/s", in(OTHER)), "/s", "column 'name'");
    root.copy("/s", "/copy");
    assertRefused(() -> root.append("/copy", in(OTHER)), "/copy", "column 'name'");
    assertThat(root.versions("/copy")).hasSize(91);
    assertSound();
  }

  @Test
  void whatIsRolledBackBringsNoColumns() throws Exception {
    try (Transaction transaction = pond.begin()) {
      WorkingDirectory root = transaction.root();
      root.createFile("/s", EmptyTable.content(), SERIES);
      var savepoint = transaction.savepoint();
      root.append("/s", in(SMALL));
      assertRefused(() -> root.append("/s", in(OTHER)), "/s", "column 'name'");
      transaction.rollbackTo(savepoint);
      root.append("/s", in(OTHER));
      assertRefused(() -> root.append("/s", in(SMALL)), "/s", "column 'name'");
      transaction.commit();
    }

    assertRefused(() -> pond.root().append("/s", in(SMALL)), "/s", "column 'name'");
  }

  @Test
  void aRevertedSeriesHasThePiecesAndColumnsThatItHad() throws Exception {
    WorkingDirectory root = pond.root();
    root.createFile("/s", in(SMALL), SERIES);
    root.append("/s", in(MORE));
    String was = ((Entry.File) root.metadata("/s")).sha256().hex();
    root.append("/s", in(LARGE));

    root.revert(List.of("/s"), pond.asOf(3));

    Entry.File reverted = (Entry.File) reopen().metadata("/s");
    assertThat(reverted.type()).isEqualTo(NodeType.TABLE_SERIES);
    assertThat(reverted.sha256().hex()).isEqualTo(was);
    assertThat(version(pond.root(), "/s", 2)).isEqualTo(MORE);
    assertRefused(() -> pond.root().append("/s", in(OTHER)), "/s", "column 'name'");
    assertSound();
  }
}
