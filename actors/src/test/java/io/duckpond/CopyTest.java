package io.duckpond;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.duckpond.harness.MemoryDisk;
import io.duckpond.journal.disk.Machine;
import io.duckpond.node.Attributes;
import io.duckpond.node.Entry;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Copies within a pond, before and after the commit and a restart. */
class CopyTest {
  private static final Path FOLDER = Path.of("/pond");
  private static final String LARGE = "large ".repeat(50_000);

  private final MemoryDisk disk = new MemoryDisk();
  private Pond pond;
  private Transaction transaction;
  private WorkingDirectory root;

  @BeforeEach
  void create() throws IOException {
    disk.createDirectory(FOLDER);
    pond =
        Pond.create(
            Machine.with(disk), FOLDER, PondSettings.load(), new CommitInfo("init", "", ""));
    transaction = pond.begin();
    root = transaction.root();
  }

  @AfterEach
  void close() {
    transaction.close();
    pond.close();
  }

  private static InputStream text(String text) {
    return new ByteArrayInputStream(text.getBytes(UTF_8));
  }

  private static String read(WorkingDirectory from, String path) throws IOException {
    return new String(from.readBytes(path), UTF_8);
  }

  private void reopen() throws IOException {
    transaction.commit();
    close();
    pond = Pond.open(Machine.with(disk), FOLDER, PondSettings.load());
    transaction = pond.begin();
    root = transaction.root();
  }

  /** What a tree holds but for its ids. */
  private static Map<String, String> picture(WorkingDirectory root, String path)
      throws IOException {
    return root.walk(path).entrySet().stream()
        .collect(
            Collectors.toMap(
                Map.Entry::getKey,
                each ->
                    each.getValue().type()
                        + " "
                        + each.getValue().attributes()
                        + (each.getValue() instanceof Entry.File file ? " " + file.sha256() : "")
                        + (each.getValue() instanceof Entry.Symlink link ? link.target() : "")));
  }

  @Test
  void aTreeIsCopiedWithAttributesLinksAndContents() throws Exception {
    root.createDirectories("/a/b/empty");
    root.createFile("/a/small", text("small"));
    root.createFile("/a/b/large", text(LARGE));
    root.createSymlink("/a/b/link", "../small");
    root.setAttributes("/a/small", new Attributes(0600, 7));
    root.setAttributes("/a/b", new Attributes(0711, 8));
    reopen();
    root.write("/a/pending", text("pending"));
    root.write("/a/pending-large", text(LARGE + "!"));

    root.copy("/a", "/c");
    Map<String, String> copied = picture(root, "/c");

    assertThat(copied).isEqualTo(picture(root, "/a"));
    reopen();
    assertThat(picture(root, "/c")).isEqualTo(copied);
    assertThat(root.metadata("/c").attributes()).isEqualTo(root.metadata("/a").attributes());
    assertThat(root.walk("/").values().stream().map(Entry::child)).doesNotHaveDuplicates();
    assertThat(root.walk("/c").values()).allSatisfy(e -> assertThat(e.version()).isEqualTo(1));
    assertThat(read(root, "/c/b/link")).isEqualTo("small");
    assertThat(read(root, "/c/b/large")).isEqualTo(LARGE);
    assertThat(read(root, "/c/pending-large")).isEqualTo(LARGE + "!");
    assertThat(PondCheck.run(Machine.with(disk), FOLDER, CheckMode.DEEP, Progress.NONE).findings())
        .isEmpty();
  }

  @Test
  void aLargeFileIsSharedNotRead() throws Exception {
    root.createFile("/large", text(LARGE));
    reopen();
    long files = contents();

    disk.files().stream()
        .filter(file -> file.startsWith(FOLDER.resolve("contents")))
        .forEach(this::spoil);
    root.copy("/large", "/copy");
    reopen();

    assertThat(contents()).isEqualTo(files);
    assertThat(root.metadata("/copy").child()).isNotEqualTo(root.metadata("/large").child());
    assertThatThrownBy(() -> read(root, "/copy")).hasMessageStartingWith("/copy: damaged");
  }

  private long contents() {
    return disk.files().stream()
        .filter(file -> file.startsWith(FOLDER.resolve("contents")))
        .count();
  }

  private void spoil(Path file) {
    try {
      byte[] bytes = disk.bytes(file);
      bytes[0] ^= 1;
      disk.put(file, bytes);
    } catch (NoSuchFileException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void copiesAndSourcesGoTheirOwnWays() throws Exception {
    root.createFile("/f", text("one"));
    root.copy("/f", "/g");
    root.write("/f", text("two"));
    root.copy("/g", "/h");
    root.remove("/g");
    reopen();

    assertThat(read(root, "/f") + read(root, "/h")).isEqualTo("twoone");
  }

  @Test
  void whatIsTakenOrWithinItselfIsRefusedAndNothingChanges() throws Exception {
    root.createDirectories("/d/e");
    root.createFile("/f", text("f"));
    root.createFile("/d/f", text("d/f"));
    root.createSymlink("/l", "nowhere");
    transaction.commit();

    assertThatThrownBy(() -> root.copy("/f", "/d/f"))
        .isInstanceOf(FileAlreadyExistsException.class)
        .hasMessage("/d/f");
    assertThatThrownBy(() -> root.copy("/f", "/l")).isInstanceOf(FileAlreadyExistsException.class);
    assertThatThrownBy(() -> root.copy("/d", "/d/e/x"))
        .isInstanceOf(FileSystemException.class)
        .hasMessage("/d -> /d/e/x: a directory cannot be copied into itself");
    assertThatThrownBy(() -> root.copy("/", "/all")).isInstanceOf(FileSystemException.class);
    assertThatThrownBy(() -> root.open("/d").chroot().copy("/", "/x"))
        .isInstanceOf(FileSystemException.class);
    assertThatThrownBy(() -> root.copy("/none", "/x"))
        .isInstanceOf(NoSuchFileException.class)
        .hasMessage("/none");
    assertThatThrownBy(() -> root.copy("/f", "/none/x")).isInstanceOf(NoSuchFileException.class);
    assertThatThrownBy(() -> root.copyReplacing("/f", "/d"))
        .isInstanceOf(FileSystemException.class)
        .hasMessage("/d: is a directory");
    assertThatThrownBy(() -> root.copyReplacing("/d", "/f"))
        .isInstanceOf(NotDirectoryException.class);
    assertThatThrownBy(() -> root.copyReplacing("/d/f", "/d"))
        .isInstanceOf(FileSystemException.class);
    assertThatThrownBy(() -> root.copyReplacing("/f", "/f"))
        .isInstanceOf(FileSystemException.class);
    assertThat(transaction.dirty()).isEmpty();
  }

  @Test
  void replacingMakesAVersionAndMergesDirectories() throws Exception {
    root.createDirectories("/a/sub");
    root.createDirectories("/b/sub");
    root.createFile("/a/f", text("new"));
    root.createFile("/a/sub/only", text("only"));
    root.createFile("/b/f", text("old"));
    root.createFile("/b/sub/stays", text("stays"));
    root.createSymlink("/b/link", "f");
    reopen();

    root.copyReplacing("/a", "/b");
    root.copyReplacing("/a/f", "/b/link");
    reopen();

    assertThat(root.walk("/b").keySet())
        .containsExactly("f", "link", "sub", "sub/only", "sub/stays");
    assertThat(read(root, "/b/f") + read(root, "/b/link")).isEqualTo("newnew");
    assertThat(root.metadata("/b/f").version()).isEqualTo(2);
    assertThat(new String(root.readVersion("/b/f", 1).readAllBytes(), UTF_8)).isEqualTo("old");
  }

  @Test
  void aClashDeepInAMergeChangesNothing() throws Exception {
    root.createDirectories("/a/x/y");
    root.createDirectories("/b/x");
    root.createFile("/a/f", text("f"));
    root.createFile("/b/x/y", text("a file"));
    transaction.commit();

    assertThatThrownBy(() -> root.copyReplacing("/a", "/b"))
        .isInstanceOf(NotDirectoryException.class)
        .hasMessage("/b/x/y");
    assertThat(transaction.dirty()).isEmpty();
  }
}
