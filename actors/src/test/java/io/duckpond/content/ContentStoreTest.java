package io.duckpond.content;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.duckpond.journal.disk.DamageException;
import io.duckpond.journal.disk.JournalException;
import io.duckpond.journal.disk.Machine;
import io.duckpond.journal.disk.RealDisk;
import io.duckpond.journal.disk.Sha256;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ContentStoreTest {
  private static final int LIMIT = 65_536;
  private static final int BLOCK = 1 << 20;

  @TempDir private Path pond;
  private ContentStore store;

  @BeforeEach
  void open() {
    store = new ContentStore(new RealDisk(), pond.resolve("contents"), LIMIT);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, LIMIT - 1, LIMIT})
  void bytesUpToTheLimitComeBackAndMakeNoFile(int size) throws IOException {
    byte[] bytes = bytes(size, 1);

    NewContent taken = store.take(new ByteArrayInputStream(bytes));
    store.sync();

    assertThat(taken).isInstanceOf(NewContent.Small.class);
    assertThat(((NewContent.Small) taken).bytes().toArray()).isEqualTo(bytes);
    assertThat(taken.sha256()).isEqualTo(Sha256.of(bytes));
    assertThat(taken.size()).isEqualTo(size);
    assertThat(pond).isEmptyDirectory();
  }

  @ParameterizedTest
  @ValueSource(ints = {LIMIT + 1, BLOCK - 1, BLOCK, BLOCK + 1, 2 * BLOCK, 5 * BLOCK + 77_777})
  void moreThanTheLimitStandsInAPlainFileAndReadsBack(int size) throws IOException {
    byte[] bytes = bytes(size, 2);

    NewContent.Large taken = large(bytes);
    store.sync();

    assertThat(taken.size()).isEqualTo(size);
    assertThat(taken.sha256()).isEqualTo(Sha256.of(bytes));
    assertThat(fileOf(taken)).hasBinaryContent(bytes);
    assertThat(taken.blocks()).isEqualTo(Sha256.of(digestsOf(bytes)));
    assertThat(readAll(taken)).isEqualTo(bytes);
    store.verify(taken.sha256(), taken.blocks(), taken.size(), "/f");
    if (size > BLOCK) {
      assertThat(blocksOf(taken)).hasBinaryContent(digestsOf(bytes));
      assertThat(names()).containsExactlyInAnyOrder(fileOf(taken), blocksOf(taken));
    } else {
      assertThat(names()).containsExactly(fileOf(taken));
    }
  }

  @Test
  void aClosedStoreLeavesContentsOnly() throws IOException {
    NewContent.Large taken = large(bytes(LIMIT + 1, 2));
    store.sync();
    store.close();

    try (Stream<Path> all = Files.walk(pond)) {
      assertThat(all.filter(Files::isRegularFile)).containsExactly(fileOf(taken));
    }
  }

  @Test
  void anotherLimitIsRespected() throws IOException {
    ContentStore wide = new ContentStore(new RealDisk(), pond.resolve("wide"), 3L * BLOCK);
    ContentStore narrow = new ContentStore(new RealDisk(), pond.resolve("narrow"), 0);

    assertThat(wide.take(input(bytes(3 * BLOCK, 3)))).isInstanceOf(NewContent.Small.class);
    assertThat(wide.take(input(bytes(3 * BLOCK + 1, 3)))).isInstanceOf(NewContent.Large.class);
    assertThat(narrow.take(input(bytes(0, 3)))).isInstanceOf(NewContent.Small.class);
    assertThat(narrow.take(input(bytes(1, 3)))).isInstanceOf(NewContent.Large.class);
  }

  @Test
  void aStreamThatTricklesIsTakenWhole() throws IOException {
    byte[] bytes = bytes(2 * BLOCK + 12_345, 4);
    InputStream trickle =
        IntStream.range(0, bytes.length / 9_999 + 1)
            .mapToObj(i -> part(bytes, i * 9_999, 9_999))
            .reduce(SequenceInputStream::new)
            .orElseThrow();

    NewContent.Large taken = (NewContent.Large) store.take(trickle);

    assertThat(taken.sha256()).isEqualTo(Sha256.of(bytes));
    assertThat(readAll(taken)).isEqualTo(bytes);
  }

  @Test
  void skippingReadsOnFromTheRightPlace() throws IOException {
    byte[] bytes = bytes(3 * BLOCK + 500, 5);
    NewContent.Large taken = large(bytes);

    try (InputStream in = openContent(taken)) {
      assertThat(in.read()).isEqualTo(bytes[0] & 0xff);
      assertThat(in.skip(2L * BLOCK + 100)).isEqualTo(2L * BLOCK + 100);
      assertThat(in.readNBytes(10))
          .isEqualTo(Arrays.copyOfRange(bytes, 2 * BLOCK + 101, 2 * BLOCK + 111));
      assertThat(in.skip(Long.MAX_VALUE)).isEqualTo(BLOCK + 500 - 111);
      assertThat(in.read()).isEqualTo(-1);
      assertThat(in.read(new byte[5])).isEqualTo(-1);
    }
  }

  @Test
  void aMarkIsWhereReadingGoesBackTo() throws IOException {
    byte[] bytes = bytes(3 * BLOCK, 5);
    NewContent.Large taken = large(bytes);

    try (InputStream in = openContent(taken)) {
      in.mark(1);
      in.skipNBytes(2 * BLOCK + 5);
      assertThat(in.read()).isEqualTo(bytes[2 * BLOCK + 5] & 0xff);
      in.reset();
      assertThat(in.readAllBytes()).isEqualTo(bytes);
    }
  }

  @Test
  void equalContentsAreOneFile() throws IOException {
    byte[] bytes = bytes(BLOCK + 5, 6);
    NewContent.Large first = large(bytes);
    Object key = Files.readAttributes(fileOf(first), "unix:ino").get("ino");

    NewContent.Large second =
        (NewContent.Large)
            new ContentStore(new RealDisk(), pond.resolve("contents"), LIMIT).take(input(bytes));

    assertThat(second).isEqualTo(first);
    assertThat(Files.readAttributes(fileOf(first), "unix:ino").get("ino")).isEqualTo(key);
    assertThat(names()).hasSize(2);
  }

  @Test
  void aDamagedFileIsNotSharedButReplaced() throws IOException {
    byte[] bytes = bytes(BLOCK + 5, 7);
    NewContent.Large first = large(bytes);
    flip(fileOf(first), BLOCK + 2);
    Files.delete(blocksOf(first));

    large(bytes);

    assertThat(readAll(first)).isEqualTo(bytes);
    assertThat(names()).hasSize(2);
  }

  @Test
  void aFlippedBitIsReportedBeforeItsBlockIsHandedOut() throws IOException {
    byte[] bytes = bytes(3 * BLOCK, 8);
    NewContent.Large taken = large(bytes);
    flip(fileOf(taken), BLOCK + 17);
    String expected = Sha256.of(Arrays.copyOfRange(bytes, BLOCK, 2 * BLOCK)).hex();
    ByteArrayOutputStream out = new ByteArrayOutputStream();

    try (InputStream in = openContent(taken)) {
      assertThatThrownBy(() -> in.transferTo(out))
          .isInstanceOf(DamageException.class)
          .hasMessageContainingAll("/a/b", "block 1", fileOf(taken).toString(), expected, "found");
      assertThatThrownBy(in::read).isInstanceOf(DamageException.class);
    }

    assertThat(out.toByteArray()).isEqualTo(Arrays.copyOf(bytes, BLOCK));
  }

  @Test
  void whatIsShorterLongerOrMissingIsDamage() throws IOException {
    NewContent.Large taken = large(bytes(BLOCK + 9, 9));
    byte[] stored = Files.readAllBytes(fileOf(taken));

    for (byte[] wrong : List.of(new byte[0], Arrays.copyOf(stored, BLOCK), new byte[BLOCK + 10])) {
      Files.write(fileOf(taken), wrong);
      assertThatThrownBy(() -> openContent(taken))
          .isInstanceOf(DamageException.class)
          .hasMessageContainingAll("/a/b", stored.length + " bytes", wrong.length + " bytes");
    }
    Files.delete(fileOf(taken));
    assertThatThrownBy(() -> openContent(taken))
        .isInstanceOf(DamageException.class)
        .hasMessageContainingAll("/a/b", "no file");
  }

  @Test
  void aWrongListOfDigestsIsDamage() throws IOException {
    NewContent.Large taken = large(bytes(3 * BLOCK, 10));
    flip(blocksOf(taken), 40);

    assertThatThrownBy(() -> openContent(taken))
        .isInstanceOf(DamageException.class)
        .hasMessageContainingAll("/a/b", blocksOf(taken).toString(), taken.blocks().hex());

    Files.delete(blocksOf(taken));
    assertThatThrownBy(() -> openContent(taken)).isInstanceOf(DamageException.class);
  }

  @Test
  void whatIsNotTheNamedContentAsAWholeFailsVerification() throws IOException {
    NewContent.Large taken = large(bytes(2 * BLOCK, 11));
    NewContent.Large other = large(bytes(2 * BLOCK, 12));
    Files.write(fileOf(taken), Files.readAllBytes(fileOf(other)));
    Files.write(blocksOf(taken), Files.readAllBytes(blocksOf(other)));

    assertThatThrownBy(() -> store.verify(taken.sha256(), other.blocks(), 2 * BLOCK, "/a/b"))
        .isInstanceOf(DamageException.class)
        .hasMessageContainingAll(taken.sha256().hex(), other.sha256().hex());
  }

  @Test
  void aStreamThatFailsLeavesNothing() {
    InputStream failing =
        new SequenceInputStream(
            input(bytes(2 * BLOCK, 13)),
            new InputStream() {
              @Override
              public int read() throws IOException {
                throw new IOException("the source went away");
              }
            });

    assertThatThrownBy(() -> store.take(failing)).hasMessage("the source went away");

    assertThat(names()).isEmpty();
  }

  @Test
  void aFolderThatCannotBeWrittenIsAFailureNotARefusal() throws IOException {
    Files.writeString(pond.resolve("contents"), "a file is in the way");

    assertThatThrownBy(() -> large(bytes(BLOCK, 14)))
        .isInstanceOf(JournalException.class)
        .hasMessageContaining("contents");
  }

  @Test
  void anyBitOfAnyFileThatFlipsIsFound() throws IOException {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    byte[] bytes = bytes(2 * BLOCK + 4_321, seed);
    NewContent.Large taken = large(bytes);

    for (int step = 0; step < 40; step++) {
      Path victim = random.nextBoolean() ? fileOf(taken) : blocksOf(taken);
      byte[] before = Files.readAllBytes(victim);
      byte[] after = before.clone();
      after[random.nextInt(after.length)] ^= (byte) (1 << random.nextInt(8));
      Files.write(victim, after);
      assertThatThrownBy(() -> readAll(taken))
          .as("seed %d, step %d", seed, step)
          .isInstanceOf(DamageException.class);
      Files.write(victim, before);
    }
    assertThat(readAll(taken)).isEqualTo(bytes);
  }

  @Test
  void helpersPublishWhileMoreIsTakenIn() throws Exception {
    ExecutorService helpers = Executors.newFixedThreadPool(4);
    store = new ContentStore(Machine.with(new RealDisk()), pond.resolve("contents"), 10, helpers);
    List<NewContent.Large> taken = new ArrayList<>();

    for (int i = 0; i < 60; i++) {
      taken.add(large(bytes(100 + i % 150 * 20_000, i % 150)));
      assertThat(readAll(taken.get(i))).hasSize((int) taken.get(i).size());
    }
    store.sync(taken.stream().map(NewContent::sha256).toList());

    for (int i = 0; i < 60; i++) {
      assertThat(readAll(taken.get(i))).isEqualTo(bytes(100 + i % 150 * 20_000, i % 150));
    }
    helpers.shutdown();
    assertThat(helpers.awaitTermination(10, TimeUnit.SECONDS)).isTrue();
    assertThat(names()).noneMatch(path -> path.getFileName().toString().startsWith("tmp-"));
  }

  @Test
  void aContentThatCouldNotBeSyncedFailsItsCommitsAndNoOthersUntilItCan() throws IOException {
    List<Runnable> later = new ArrayList<>();
    UnsyncableDisk disk = new UnsyncableDisk(new RealDisk());
    store = new ContentStore(Machine.with(disk.asDisk()), pond.resolve("contents"), 10, later::add);
    disk.failing = true;
    NewContent.Large lost = large(bytes(BLOCK / 2, 15));
    later.forEach(Runnable::run);
    NewContent.Large kept = large(bytes(BLOCK / 2, 16));
    disk.failing = false;
    store.sync(List.of(kept.sha256()));
    disk.failing = true;

    for (int attempt = 0; attempt < 2; attempt++) {
      assertThatThrownBy(() -> store.sync(List.of(lost.sha256(), kept.sha256())))
          .isInstanceOf(JournalException.class)
          .hasMessageContainingAll(lost.sha256().hex(), "no sync today");
    }
    assertThat(readAll(kept)).isEqualTo(bytes(BLOCK / 2, 16));

    disk.failing = false;
    store.sync(List.of(lost.sha256(), kept.sha256()));
    assertThat(readAll(lost)).isEqualTo(bytes(BLOCK / 2, 15));
    assertThat(names()).noneMatch(path -> path.getFileName().toString().startsWith("tmp-"));
  }

  private NewContent.Large large(byte[] bytes) throws IOException {
    return (NewContent.Large) store.take(input(bytes));
  }

  private InputStream openContent(NewContent.Large content) throws IOException {
    return store.open(content.sha256(), content.blocks(), content.size(), "/a/b");
  }

  private byte[] readAll(NewContent.Large content) throws IOException {
    try (InputStream in = openContent(content)) {
      return in.readAllBytes();
    }
  }

  private Path fileOf(NewContent.Large content) {
    String hex = content.sha256().hex();
    return pond.resolve("contents").resolve(hex.substring(0, 2)).resolve(hex);
  }

  private Path blocksOf(NewContent.Large content) {
    return fileOf(content).resolveSibling(content.sha256().hex() + ".blocks");
  }

  /** Returns all files but those by which an open store tells that it lives and what it takes. */
  private List<Path> names() {
    try (Stream<Path> all = Files.walk(pond)) {
      return all.filter(Files::isRegularFile)
          .filter(path -> !path.getFileName().toString().matches("\\.lease-.*|tmp-.*-taken-\\d+"))
          .toList();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static void flip(Path file, int at) throws IOException {
    byte[] bytes = Files.readAllBytes(file);
    bytes[at] ^= 4;
    Files.write(file, bytes);
  }

  private static byte[] digestsOf(byte[] bytes) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (int from = 0; from < bytes.length; from += BLOCK) {
      int to = Math.min(from + BLOCK, bytes.length);
      out.writeBytes(Sha256.of(Arrays.copyOfRange(bytes, from, to)).bytes());
    }
    return out.toByteArray();
  }

  private static InputStream part(byte[] bytes, int from, int length) {
    return new ByteArrayInputStream(
        bytes, from, Math.max(0, Math.min(length, bytes.length - from)));
  }

  private static InputStream input(byte[] bytes) {
    return new ByteArrayInputStream(bytes);
  }

  private static byte[] bytes(int size, long seed) {
    byte[] bytes = new byte[size];
    new Random(seed).nextBytes(bytes);
    return bytes;
  }
}
