package io.duckpond;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The races of filesystem.md by name: two transactions on the same state, both in flight at a time.
 * Each is tried in both orders; exactly one of them is stored, and nothing of the other. Below a
 * directory of its own, each starts with
 *
 * <pre>
 *   a/        b/        d/        empty/    f    series
 *   └ f       └ sub/    └ sub/
 * </pre>
 */
final class RaceTest {
  @TempDir private static Path folder;
  private static Pond pond;
  private static int scenes;

  @BeforeAll
  static void create() throws IOException {
    pond = Pond.create(folder.resolve("pond"), PondSettings.load());
  }

  @AfterAll
  static void close() {
    pond.close();
  }

  interface Change {
    void on(WorkingDirectory root) throws IOException;
  }

  private static InputStream text(String text) {
    return new ByteArrayInputStream(text.getBytes(UTF_8));
  }

  private static Arguments race(String name, Change one, Change other) {
    return Arguments.of(name, one, other);
  }

  static Stream<Arguments> races() {
    return Stream.of(
        race(
            "create / create",
            r -> r.createFile("x", text("1")),
            r -> r.createFile("x", text("2"))),
        race("create / mkdir", r -> r.createFile("x", text("1")), r -> r.createDirectory("x")),
        race("mkdir -p / mkdir", r -> r.createDirectories("x/y"), r -> r.createDirectory("x")),
        race(
            "mkdir -p / mkdir -p",
            r -> r.createDirectories("x/y"),
            r -> r.createDirectories("x/z")),
        race("mv /a /b/x / mv /b /a/y", r -> r.rename("a", "b/x"), r -> r.rename("b", "a/y")),
        race(
            "mv /a /b/sub/x / mv /b /a/y",
            r -> r.rename("a", "b/sub/x"),
            r -> r.rename("b", "a/y")),
        race(
            "rm -r /d / create /d/f",
            r -> r.removeRecursively("d"),
            r -> r.createFile("d/f", text(""))),
        race(
            "rm -r /d / create /d/sub/f",
            r -> r.removeRecursively("d"),
            r -> r.createFile("d/sub/f", text(""))),
        race(
            "rm -r /d / mv /a /d/sub/a",
            r -> r.removeRecursively("d"),
            r -> r.rename("a", "d/sub/a")),
        race("rm -r /d / mv /d/sub /x", r -> r.removeRecursively("d"), r -> r.rename("d/sub", "x")),
        race(
            "rmdir / create in it", r -> r.remove("empty"), r -> r.createFile("empty/f", text(""))),
        race("rmdir / mv into it", r -> r.remove("empty"), r -> r.rename("f", "empty/f")),
        race("mv a b / mv c b", r -> r.rename("a", "x"), r -> r.rename("f", "x")),
        race("mv onto / write", r -> r.renameReplacing("a/f", "f"), r -> r.write("f", text("2"))),
        race("mv onto / rm", r -> r.renameReplacing("a/f", "f"), r -> r.remove("f")),
        race(
            "mv onto a directory / create in it",
            r -> r.renameReplacing("b/sub", "empty"),
            r -> r.createFile("empty/f", text(""))),
        race("mv / mv of one node", r -> r.rename("f", "x"), r -> r.rename("f", "y")),
        race("mv / write of one node", r -> r.rename("f", "x"), r -> r.write("f", text("2"))),
        race("write / write", r -> r.write("f", text("1")), r -> r.write("f", text("2"))),
        race("write / rm", r -> r.write("f", text("1")), r -> r.remove("f")),
        race(
            "append / append",
            r -> r.append("series", text("1")),
            r -> r.append("series", text("2"))),
        race("chmod / chmod", r -> r.touch("f"), r -> r.write("f", text("2"))));
  }

  private static String scene() throws IOException {
    String at = "/" + ++scenes;
    pond.transact(
        root -> {
          root.createDirectories(at + "/a");
          root.createDirectories(at + "/b/sub");
          root.createDirectories(at + "/d/sub");
          root.createDirectories(at + "/empty");
          root.createFile(at + "/a/f", text("a"));
          root.append(at + "/series", text("0"));
          return root.createFile(at + "/f", text("f"));
        },
        1);
    return at;
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("races")
  void oneIsStoredAndTheOtherMeetsAConflict(String name, Change one, Change other)
      throws IOException {
    for (List<Change> order : List.of(List.of(one, other), List.of(other, one))) {
      String alone = scene();
      String at = scene();
      order.get(0).on(pond.root().open(alone));
      try (Transaction first = pond.begin();
          Transaction second = pond.begin()) {
        order.get(0).on(first.root().open(at));
        order.get(1).on(second.root().open(at));
        long before = pond.view().txnSeq();

        CompletableFuture<CommitResult> winner =
            first.commitAsync(CommitInfo.NONE).toCompletableFuture();
        CompletableFuture<CommitResult> loser =
            second.commitAsync(CommitInfo.NONE).toCompletableFuture();

        assertThat(winner.join().txnSeq()).isEqualTo(before + 1);
        assertThat(refusal(loser))
            .isInstanceOf(ConflictException.class)
            .hasMessageContaining(at + "/");
        assertThat(pond.view().txnSeq()).isEqualTo(before + 1);
        assertThat(picture(at)).isEqualTo(picture(alone));
      }
    }
  }

  private static Throwable refusal(CompletableFuture<?> answer) {
    return answer
        .handle((done, failure) -> failure == null ? new AssertionError("stored") : failure)
        .thenApply(failure -> failure instanceof CompletionException ? failure.getCause() : failure)
        .join();
  }

  private static List<String> picture(String at) throws IOException {
    List<String> lines = new ArrayList<>();
    WorkingDirectory root = pond.view().root().open(at).chroot();
    for (var each : root.walk("/").entrySet()) {
      boolean file = each.getValue() instanceof io.duckpond.node.Entry.File;
      lines.add(
          each.getKey()
              + (file ? " " + new String(root.readBytes("/" + each.getKey()), UTF_8) : "/"));
    }
    return lines;
  }
}
