package io.duckpond.history;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.duckpond.Pond;
import io.duckpond.PondSettings;
import io.duckpond.WorkingDirectory;
import io.duckpond.history.History.Links;
import io.duckpond.node.Attributes;
import io.duckpond.oplog.TransactionRow;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class HistoryTest {
  @TempDir private Path temporary;
  private Pond pond;

  @BeforeEach
  void createPond() throws IOException {
    pond = Pond.create(temporary.resolve("pond"), PondSettings.load());
  }

  @AfterEach
  void closePond() {
    pond.close();
  }

  @Test
  void aFileIsFollowedAcrossItsMoves() throws IOException {
    change(root -> root.createDirectories("/a/b"));
    change(root -> root.write("/a/f", text("one")));
    change(root -> root.write("/a/f", text("two")));
    change(root -> root.rename("/a/f", "/a/g"));
    change(root -> root.rename("/a/g", "/a/b/g"));
    change(root -> root.setAttributes("/a/b/g", new Attributes(0600, 5)));
    change(root -> root.rename("/a/b", "/c"));
    change(root -> root.write("/c/g", text("three")));

    assertThat(history("/c/g"))
        .containsExactly(
            "9 [WRITTEN] /c/g v3",
            "7 [ATTRIBUTES] /a/b/g v2",
            "6 [MOVED] /a/b/g v2 from /a/g",
            "5 [MOVED] /a/g v2 from /a/f",
            "4 [WRITTEN] /a/f v2",
            "3 [CREATED] /a/f v1");
    assertThat(pond.history().of("/c/g", Links.FOLLOW).path()).contains("/c/g");
    assertThat(transactions("/c/g")).containsExactly(9L, 7L, 6L, 5L, 4L, 3L);
  }

  @Test
  void aPathMeansTheNewestNodeThatHadIt() throws IOException {
    change(root -> root.createDirectories("/a/b"));
    change(root -> root.removeRecursively("/a"));
    change(root -> root.createDirectory("/a"));

    assertThat(history("/a")).containsExactly("4 [CREATED] /a v1");
    assertThat(history("/a/b")).containsExactly("3 [REMOVED] /a/b v1", "2 [CREATED] /a/b v1");
  }

  @Test
  void belowWhatWasRemovedOnlyCountsWhatWasThereThen() throws IOException {
    change(root -> root.createDirectories("/a/b"));
    change(root -> root.write("/a/b/f", text("one")));
    change(root -> root.write("/a/b/g", text("one")));
    change(root -> root.remove("/a/b/g"));
    change(root -> root.removeRecursively("/a"));

    assertThat(history("/a/b/f")).containsExactly("6 [REMOVED] /a/b/f v1", "3 [CREATED] /a/b/f v1");
    assertThat(history("/a/b/g")).containsExactly("5 [REMOVED] /a/b/g v1", "4 [CREATED] /a/b/g v1");
    assertThat(pond.history().of("/a/b/f", Links.FOLLOW).path()).isEmpty();
    assertThat(transactions("/a/b")).containsExactly(6L, 5L, 4L, 3L, 2L);
    assertThat(history("/a/b")).containsExactly("6 [REMOVED] /a/b v1", "2 [CREATED] /a/b v1");
  }

  @Test
  void whatMovedAwayIsFollowedToWhereItIs() throws IOException {
    change(root -> root.createDirectories("/a"));
    change(root -> root.write("/a/f", text("one")));
    change(root -> root.rename("/a/f", "/g"));
    change(root -> root.rename("/a", "/z"));

    NodeHistory history = pond.history().of("/a/f", Links.FOLLOW);

    assertThat(history.path()).contains("/g");
    assertThat(lines(history)).containsExactly("4 [MOVED] /g v1 from /a/f", "3 [CREATED] /a/f v1");
  }

  @Test
  void whatLeavesADirectoryAsThatIsRemovedIsFollowed() throws IOException {
    change(root -> root.createDirectories("/a/b"));
    change(root -> root.write("/a/b/f", text("one")));
    change(
        root -> {
          root.rename("/a/b", "/b");
          root.removeRecursively("/a");
          root.write("/a", text("two"));
        });
    change(root -> root.write("/b/f", text("three")));

    assertThat(history("/a/b")).containsExactly("4 [MOVED] /b v1 from /a/b", "2 [CREATED] /a/b v1");
    assertThat(history("/a/b/f")).containsExactly("5 [WRITTEN] /b/f v2", "3 [CREATED] /a/b/f v1");
  }

  @Test
  void aReplacedFileEndsAndItsPathIsTheOthers() throws IOException {
    change(root -> root.write("/old", text("one")));
    change(root -> root.write("/new", text("two")));
    change(root -> root.renameReplacing("/new", "/old"));
    change(root -> root.rename("/old", "/elsewhere"));

    assertThat(history("/elsewhere"))
        .containsExactly(
            "5 [MOVED] /elsewhere v1 from /old",
            "4 [MOVED] /old v1 from /new",
            "3 [CREATED] /new v1");
    assertThat(history("/old")).isEqualTo(history("/elsewhere"));
  }

  @Test
  void aDirectoryIsTouchedByWhatHappensBelowItThen() throws IOException {
    change(root -> root.createDirectories("/a/b"));
    change(root -> root.createDirectories("/c"));
    change(root -> root.write("/a/b/f", text("one")));
    change(root -> root.rename("/a/b", "/c/b"));
    change(root -> root.write("/c/b/f", text("two")));
    change(root -> root.write("/c/h", text("two")));

    assertThat(transactions("/a")).containsExactly(5L, 4L, 2L);
    assertThat(transactions("/c")).containsExactly(7L, 6L, 5L, 3L);
    assertThat(transactions("/c/b")).containsExactly(6L, 5L, 4L, 2L);
    assertThat(transactions("/")).containsExactly(7L, 6L, 5L, 4L, 3L, 2L, 1L);
    assertThat(pond.history().transactions("/c", Links.FOLLOW, 2))
        .extracting(TransactionRow::txnSeq)
        .containsExactly(7L, 6L);
  }

  @Test
  void whatLeftADirectoryAsThatWasRemovedIsBelowItNoLonger() throws IOException {
    change(root -> root.createDirectories("/a/b"));
    change(
        root -> {
          root.rename("/a/b", "/b");
          root.removeRecursively("/a");
        });
    change(root -> root.write("/b/f", text("one")));

    assertThat(transactions("/a")).containsExactly(3L, 2L);
    assertThat(transactions("/b")).containsExactly(4L, 3L, 2L);
  }

  @Test
  void linksAreFollowedOrNot() throws IOException {
    change(root -> root.write("/f", text("one")));
    change(root -> root.createSymlink("/l", "f"));

    assertThat(history("/l")).containsExactly("2 [CREATED] /f v1");
    assertThat(lines(pond.history().of("/l", Links.KEEP))).containsExactly("3 [CREATED] /l v1");
  }

  @Test
  void theRootHasAHistory() throws IOException {
    change(root -> root.setAttributes("/", new Attributes(0700, 5)));

    assertThat(history("/")).containsExactly("2 [ATTRIBUTES] / v1", "1 [CREATED] / v1");
  }

  @Test
  void everyVersionCanBeRead() throws IOException {
    String large = "x".repeat(100_000);
    change(root -> root.createDirectory("/a"));
    change(root -> root.write("/a/f", text("one")));
    change(root -> root.write("/a/f", text(large)));
    change(root -> root.rename("/a/f", "/g"));
    change(root -> root.write("/g", text("three")));
    change(root -> root.remove("/g"));

    assertThat(read("/g", 1)).isEqualTo("one");
    assertThat(read("/g", 2)).isEqualTo(large);
    assertThat(read("/a/f", 3)).isEqualTo("three");
    assertThatThrownBy(() -> read("/g", 4))
        .isInstanceOf(FileSystemException.class)
        .hasMessage("/g: there is no version 4; it has 1 to 3");
    assertThatThrownBy(() -> read("/a", 1))
        .isInstanceOf(FileSystemException.class)
        .hasMessage("/a: not a file: it has no versions");
  }

  @Test
  void whatNeverWasIsRefusedAsEverywhere() throws IOException {
    change(root -> root.write("/f", text("one")));

    assertThatThrownBy(() -> history("/none")).isInstanceOf(NoSuchFileException.class);
    assertThatThrownBy(() -> history("/none/f")).isInstanceOf(NoSuchFileException.class);
    assertThatThrownBy(() -> history("/f/g")).isInstanceOf(NotDirectoryException.class);
  }

  private void change(Change change) throws IOException {
    pond.transact(
        root -> {
          change.apply(root);
          return true;
        },
        1);
  }

  private interface Change {
    void apply(WorkingDirectory root) throws IOException;
  }

  private List<String> history(String path) throws IOException {
    return lines(pond.history().of(path, Links.FOLLOW));
  }

  private List<Long> transactions(String path) throws IOException {
    return pond.history().transactions(path, Links.FOLLOW, Long.MAX_VALUE).stream()
        .map(TransactionRow::txnSeq)
        .toList();
  }

  private String read(String path, long version) throws IOException {
    try (InputStream in = pond.history().open(path, version)) {
      return new String(in.readAllBytes(), UTF_8);
    }
  }

  private static List<String> lines(NodeHistory history) {
    return history.changes().stream()
        .map(
            change ->
                change.txnSeq()
                    + " "
                    + new TreeSet<>(change.kinds())
                    + " "
                    + change.path()
                    + " v"
                    + change.entry().version()
                    + change.movedFrom().map(from -> " from " + from).orElse(""))
        .toList();
  }

  private static InputStream text(String text) {
    return new ByteArrayInputStream(text.getBytes(UTF_8));
  }
}
