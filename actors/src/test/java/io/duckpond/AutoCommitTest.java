package io.duckpond;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.duckpond.node.Entry;
import io.duckpond.path.EntryName;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.ClosedFileSystemException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The root outside of transactions: every call is one of its own, and many share commits. */
final class AutoCommitTest {
  private static final PondSettings SETTINGS = PondSettings.load();
  private static final int THREADS = 64;
  private static final int CALLS = 8;

  @TempDir private Path temporary;
  private Pond pond;
  private WorkingDirectory root;

  @BeforeEach
  void create() throws IOException {
    pond = Pond.create(temporary.resolve("pond"), SETTINGS);
    root = pond.root();
  }

  @AfterEach
  void close() {
    pond.close();
  }

  private static InputStream text(String text) {
    return new ByteArrayInputStream(text.getBytes(UTF_8));
  }

  private static String read(WorkingDirectory root, String path) throws IOException {
    return new String(root.readBytes(path), UTF_8);
  }

  private long deltaCommits() throws IOException {
    try (Stream<Path> log = Files.list(pond.directory().resolve("oplog/_delta_log"))) {
      return log.filter(file -> file.toString().endsWith(".json")).count();
    }
  }

  private interface Call {
    void by(int thread) throws IOException;
  }

  /** Returns how often a call was refused as "exists already". */
  private static int inThreads(int threads, Call call) throws Exception {
    ExecutorService pool = Executors.newFixedThreadPool(threads);
    try {
      List<Callable<Integer>> tasks = new ArrayList<>();
      IntStream.range(0, threads)
          .forEach(
              thread ->
                  tasks.add(
                      () -> {
                        try {
                          call.by(thread);
                          return 0;
                        } catch (FileAlreadyExistsException e) {
                          return 1;
                        }
                      }));
      int refused = 0;
      for (Future<Integer> each : pool.invokeAll(tasks)) {
        refused += each.get();
      }
      return refused;
    } finally {
      pool.shutdownNow();
    }
  }

  @Test
  void everyChangingCallIsATransactionOfItsOwn() throws IOException {
    root.createDirectories("/a/b");
    Entry.File first = root.createFile("/a/b/f", text("one"));
    root.write("/a/b/f", text("two"));
    root.rename("/a/b/f", "/g");
    root.remove("/a/b");

    assertThat(pond.view().txnSeq()).isEqualTo(6);
    assertThat(read(root, "/g")).isEqualTo("two");
    assertThat(root.metadata("/g").child()).isEqualTo(first.child());
    pond.close();
    try (Pond again = Pond.open(temporary.resolve("pond"), SETTINGS)) {
      assertThat(read(again.root(), "/g")).isEqualTo("two");
      assertThat(again.root().exists("/a/b")).isFalse();
    }
  }

  @Test
  void aCallThatChangesNothingCommitsNothing() throws IOException {
    root.createDirectories("/a/b");

    root.createDirectories("/a/b");
    assertThatThrownBy(() -> root.createDirectory("/a")).hasMessage("/a");
    assertThatThrownBy(() -> root.remove("/x")).isInstanceOf(NoSuchFileException.class);

    assertThat(pond.view().txnSeq()).isEqualTo(2);
  }

  @Test
  void anOpenedDirectorySeesWhatOthersCommit() throws IOException {
    root.createDirectories("/a/b");
    WorkingDirectory b = root.open("a").open("b");
    WorkingDirectory jail = root.open("a").chroot();

    pond.transact(changed -> changed.createFile("/a/b/f", text("theirs")), 1);

    assertThat(b.path()).isEqualTo("/a/b");
    assertThat(read(b, "f")).isEqualTo("theirs");
    assertThat(read(jail, "/b/f")).isEqualTo("theirs");
    jail.createFile("/b/g", text("ours"));
    assertThat(read(root, "/a/b/g")).isEqualTo("ours");
    root.rename("/a", "/c");
    assertThatThrownBy(() -> b.list("")).isInstanceOf(NoSuchFileException.class);
  }

  @Test
  void manyThreadsOnOneDirectoryShareCommits() throws Exception {
    root.createDirectory("/d");
    long before = deltaCommits();

    inThreads(
        THREADS,
        thread -> {
          for (int i = 0; i < CALLS; i++) {
            root.createFile("/d/" + thread + "-" + i, text("x"));
          }
        });

    assertThat(root.list("/d")).hasSize(THREADS * CALLS);
    assertThat(deltaCommits() - before).isLessThan(THREADS * CALLS / 4);
  }

  @Test
  void manyThreadsOnDifferentDirectoriesShareCommits() throws Exception {
    pond.transact(
        changed -> {
          for (int i = 0; i < THREADS; i++) {
            changed.createDirectory("/" + i);
          }
          return changed;
        },
        1);
    long before = deltaCommits();

    inThreads(
        THREADS,
        thread -> {
          for (int i = 0; i < CALLS; i++) {
            root.createFile("/" + thread + "/" + i, text("x"));
          }
        });

    assertThat(pond.view().root().walk("/")).hasSize(THREADS + THREADS * CALLS);
    assertThat(deltaCommits() - before).isLessThan(THREADS * CALLS / 4);
  }

  @Test
  void ofManyWhoCreateANameAllButOneAreRefused() throws Exception {
    int refused = inThreads(16, thread -> root.createFile("/f", text("by " + thread)));

    assertThat(refused).isEqualTo(15);
    assertThat(root.metadata("/f")).extracting("version").isEqualTo(1L);
  }

  @Test
  void writesOfOneNameAllBecomeVersions() throws Exception {
    String large = "x".repeat(100_000);

    inThreads(
        16, thread -> root.write("/f", text(thread % 2 == 0 ? "by " + thread : large + thread)));

    assertThat(root.metadata("/f")).extracting("version").isEqualTo(16L);
    assertThat(read(root, "/f")).matches("(by |x{100000})\\d+");
    assertThat(root.list("/").keySet()).containsExactly(new EntryName("f"));
  }

  @Test
  void appendsToOneSeriesAllBecomePiecesOfIt() throws Exception {
    String large = "x".repeat(100_000);

    inThreads(
        16, thread -> root.append("/s", text(thread % 4 == 0 ? large + "\n" : thread + "\n")));

    assertThat(root.metadata("/s")).extracting("version").isEqualTo(16L);
    assertThat(read(root, "/s").lines())
        .containsExactlyInAnyOrder(
            large, large, large, large, "1", "2", "3", "5", "6", "7", "9", "10", "11", "13", "14",
            "15");
  }

  @Test
  void nothingGoesThroughItOnceThePondIsClosed() {
    pond.close();

    assertThatThrownBy(() -> root.list("/")).isInstanceOf(ClosedFileSystemException.class);
    assertThatThrownBy(() -> root.createDirectory("/a"))
        .isInstanceOf(ClosedFileSystemException.class);
  }
}
