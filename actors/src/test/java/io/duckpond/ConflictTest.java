package io.duckpond;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.duckpond.node.Attributes;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Two transactions, opened on the same state; the one committed second meets what the first has
 * done. The fixture, made anew for each test below a directory of its own:
 *
 * <pre>
 *   a/        b/        d/
 *   └ f       └ sub/    ├ f
 *                       └ sub/
 *                         └ deep/
 * </pre>
 */
final class ConflictTest {
  @TempDir private static Path folder;
  private static Pond pond;
  private static int scenes;

  private Transaction first;
  private Transaction second;
  private String at;

  @BeforeAll
  static void createPond() throws IOException {
    pond = Pond.create(folder.resolve("pond"), PondSettings.load());
  }

  @AfterAll
  static void closePond() {
    pond.close();
  }

  @BeforeEach
  void openBoth() throws IOException {
    scenes++;
    at = "/" + scenes;
    pond.transact(
        root -> {
          root.createDirectories(at + "/a");
          root.createDirectories(at + "/b/sub");
          root.createDirectories(at + "/d/sub/deep");
          root.createFile(at + "/a/f", text("a"));
          return root.createFile(at + "/d/f", text("d"));
        },
        1);
    first = pond.begin();
    second = pond.begin();
  }

  @AfterEach
  void closeBoth() {
    first.close();
    second.close();
  }

  private interface Change {
    void apply(WorkingDirectory root) throws IOException;
  }

  private void bothChange(Change one, Change other) throws IOException {
    one.apply(first.root().open(at));
    other.apply(second.root().open(at));
    first.commit();
  }

  private void conflictsAt(String path) throws IOException {
    var before = pond.view();
    assertThatThrownBy(() -> second.commit())
        .isInstanceOf(ConflictException.class)
        .hasMessageStartingWith(at + path + ": ");
    assertThat(pond.view().txnSeq()).isEqualTo(before.txnSeq());
    assertThat(second.dirty()).isNotEmpty();
    assertThatThrownBy(() -> second.commit()).isInstanceOf(ConflictException.class);
  }

  private void bothStand() throws IOException {
    second.commit();
    pond.restore(RestoreMode.LOG, Progress.NONE);
  }

  private WorkingDirectory after() throws IOException {
    return pond.view().root().open(at);
  }

  private static InputStream text(String text) {
    return new ByteArrayInputStream(text.getBytes(UTF_8));
  }

  @Test
  void bothCreateTheSameName() throws IOException {
    bothChange(
        root -> root.createFile("a/new", text("1")), root -> root.createFile("a/new", text("2")));

    conflictsAt("/a/new");
    assertThat(after().readBytes("a/new")).isEqualTo("1".getBytes(UTF_8));
  }

  @Test
  void bothCreateDifferentNames() throws IOException {
    bothChange(
        root -> root.createFile("a/one", text("1")), root -> root.createFile("a/two", text("2")));

    bothStand();
    assertThat(after().walk("a").keySet()).containsExactly("f", "one", "two");
  }

  @Test
  void bothWriteOneFile() throws IOException {
    bothChange(root -> root.write("a/f", text("1")), root -> root.write("a/f", text("2")));

    conflictsAt("/a/f");
  }

  @Test
  void oneSetsTheTimeOfWhatTheOtherWrites() throws IOException {
    bothChange(
        root -> root.setAttributes("a/f", new Attributes(0600, 1)),
        root -> root.write("a/f", text("2")));

    conflictsAt("/a/f");
  }

  @Test
  void bothMakeTheSameMissingDirectories() throws IOException {
    bothChange(root -> root.createDirectories("x/y"), root -> root.createDirectories("x/z"));

    conflictsAt("/x");
  }

  @Test
  void theMovesOfTwoDirectoriesIntoEachOther() throws IOException {
    bothChange(root -> root.rename("a", "b/x"), root -> root.rename("b", "a/y"));

    conflictsAt("/a/y");
    assertThat(after().exists("b/x/f")).isTrue();
  }

  @Test
  void theMovesOfTwoDirectoriesIntoEachOthersDepths() throws IOException {
    bothChange(root -> root.rename("d", "b/sub/x"), root -> root.rename("b", "d/sub/deep/y"));

    conflictsAt("/d/sub/deep/y");
  }

  @Test
  void aRecursiveRemovalBesideACreateInIt() throws IOException {
    bothChange(root -> root.createFile("d/new", text("1")), root -> root.removeRecursively("d"));

    conflictsAt("/d");
    assertThat(after().exists("d/new")).isTrue();
  }

  @Test
  void aRecursiveRemovalBesideACreateDeepBelowIt() throws IOException {
    bothChange(
        root -> root.createFile("d/sub/deep/new", text("1")), root -> root.removeRecursively("d"));

    conflictsAt("/d");
  }

  @Test
  void aCreateBesideARecursiveRemovalOfItsDirectory() throws IOException {
    bothChange(root -> root.removeRecursively("d"), root -> root.createFile("d/sub/x", text("1")));

    conflictsAt("/d/sub");
  }

  @Test
  void aRecursiveRemovalBesideAChangeElsewhere() throws IOException {
    bothChange(root -> root.createFile("a/new", text("1")), root -> root.removeRecursively("d"));

    bothStand();
    assertThat(after().exists("d")).isFalse();
  }

  @Test
  void theRemovalOfAnEmptyDirectoryBesideACreateInIt() throws IOException {
    bothChange(
        root -> root.createFile("d/sub/deep/new", text("1")), root -> root.remove("d/sub/deep"));

    conflictsAt("/d/sub/deep/new");
  }

  @Test
  void aRecursiveRemovalAfterMovingOutWhatTheOtherChanges() throws IOException {
    bothChange(
        root -> root.createFile("d/sub/new", text("1")),
        root -> {
          root.rename("d/sub", "saved");
          root.removeRecursively("d");
        });

    bothStand();
    assertThat(after().walk("saved").keySet()).containsExactly("deep", "new");
    assertThat(after().exists("d")).isFalse();
  }

  @Test
  void aWriteInADirectoryThatTheOtherHasMoved() throws IOException {
    bothChange(
        root -> root.rename("d", "b/moved"), root -> root.createFile("d/sub/new", text("1")));

    bothStand();
    assertThat(after().walk("b/moved").keySet()).containsExactly("f", "sub", "sub/deep", "sub/new");
  }

  @Test
  void bothMoveTheSameFile() throws IOException {
    bothChange(root -> root.rename("a/f", "b/one"), root -> root.rename("a/f", "b/two"));

    conflictsAt("/a/f");
  }

  @Test
  void oneReplacesWhatTheOtherMoves() throws IOException {
    bothChange(
        root -> root.renameReplacing("d/f", "a/f"), root -> root.rename("a/f", "b/elsewhere"));

    conflictsAt("/a/f");
  }
}
