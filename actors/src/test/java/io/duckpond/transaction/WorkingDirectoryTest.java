package io.duckpond.transaction;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.duckpond.WorkingDirectory;
import io.duckpond.node.Attributes;
import io.duckpond.node.Entry;
import io.duckpond.path.EntryName;
import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.NotLinkException;
import java.nio.file.ReadOnlyFileSystemException;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the operations do and refuse. */
class WorkingDirectoryTest {

  private final Scene scene = Scene.empty();
  private final WorkingDirectory root = scene.root;

  @AfterEach
  void changesGiveTheTreeThatWasShown() throws IOException {
    List<String> shown = List.copyOf(root.walk("/").keySet());
    assertThat(scene.commit().root.walk("/").keySet()).containsExactlyElementsOf(shown);
  }

  @Test
  void newNodesHaveTheUsualModesAndTheClocksTime() throws IOException {
    long before = scene.workspace.now();
    scene.file("/f").link("/l", "f").directory("/d");
    long after = scene.workspace.now();

    assertThat(root.metadata("/f").attributes().mode()).isEqualTo(0644);
    assertThat(root.metadataNoFollow("/l").attributes().mode()).isEqualTo(0777);
    assertThat(root.metadata("/d").attributes().mode()).isEqualTo(0755);
    assertThat(root.walk("/").values())
        .allSatisfy(
            entry -> assertThat(entry.attributes().modifiedNanos()).isBetween(before, after));
  }

  @Test
  void writeKeepsTheModeAndSetsTheTimeUnlessTold() throws IOException {
    scene.file("/f");
    root.setAttributes("/f", new Attributes(0600, 7));

    root.write("/f", Scene.bytes("more"));
    assertThat(root.metadata("/f").attributes().mode()).isEqualTo(0600);
    assertThat(root.metadata("/f").attributes().modifiedNanos()).isGreaterThan(7);

    root.write("/f", Scene.bytes("most"), new Attributes(0711, -1));
    assertThat(root.metadata("/f").attributes()).isEqualTo(new Attributes(0711, -1));
  }

  @Test
  void touchSetsTheTimeAndMakesNoVersion() throws IOException {
    scene.file("/f", "text").link("/l", "f").directory("/d");
    Entry before = root.metadata("/f");

    root.touch("/l");
    root.touch("/d");
    root.touch("/new");

    Entry after = root.metadata("/f");
    assertThat(after.version()).isEqualTo(before.version());
    assertThat(after.attributes().modifiedNanos())
        .isGreaterThan(before.attributes().modifiedNanos());
    assertThat(scene.text("/f") + scene.text("/new")).isEqualTo("text");
  }

  @Test
  void writeThroughABrokenLinkCreatesItsTarget() throws IOException {
    scene.directory("/d").link("/l", "d/new").link("/m", "d/other");

    root.write("/l", Scene.bytes("text"));
    root.touch("/m");

    assertThat(scene.text("/d/new")).isEqualTo("text");
    assertThat(root.readLink("/l")).isEqualTo("d/new");
    assertThat(root.exists("/d/other")).isTrue();
  }

  @Test
  void createThroughABrokenLinkIsRefused() throws IOException {
    scene.link("/l", "new");

    refuses(FileAlreadyExistsException.class, () -> root.createFile("/l", Scene.bytes("")), "/l");
    refuses(FileAlreadyExistsException.class, () -> root.createDirectory("/l"), "/l");
    refuses(FileAlreadyExistsException.class, () -> root.createDirectory("/l/"), "/l");
    refuses(FileAlreadyExistsException.class, () -> root.createDirectories("/l"), "/l");
    refuses(FileAlreadyExistsException.class, () -> root.createSymlink("/l", "x"), "/l");
  }

  @Test
  void creatingNeedsAFreeNameInAnExistingDirectory() throws IOException {
    scene.file("/f").directory("/d");

    refuses(FileAlreadyExistsException.class, () -> root.createDirectory("/f"), "/f");
    refuses(FileAlreadyExistsException.class, () -> root.createDirectory("/"), "/");
    refuses(FileAlreadyExistsException.class, () -> root.createDirectories("/f"), "/f");
    refuses(NotDirectoryException.class, () -> root.createDirectories("/f/x"), "/f");
    refuses(NotDirectoryException.class, () -> root.createDirectory("/f/x"), "/f");
    refuses(NoSuchFileException.class, () -> root.createDirectory("/x/y"), "/x/y");
    refuses(NoSuchFileException.class, () -> root.touch("/x/y"), "/x/y");
    refuses(
        FileSystemException.class, () -> root.write("/d", Scene.bytes("")), "/d: is a directory");
    refuses(
        FileSystemException.class,
        () -> root.write("/x/", Scene.bytes("")),
        "/x: a trailing slash demands a directory");
    assertThat(root.createDirectory("/new/")).isEqualTo(root.metadata("/new"));
  }

  @Test
  void directoriesAreCreatedAsFarAsTheyAreMissing() throws IOException {
    scene.directory("/a/real").link("/a/l", "real");
    long before = scene.workspace.operations();

    Entry.Directory made = root.createDirectories("a/l/b//c/");

    assertThat(root.metadata("/a/real/b/c")).isEqualTo(made);
    assertThat(root.createDirectories("/a/real/b/c")).isEqualTo(made);
    assertThat(scene.workspace.operations()).isEqualTo(before + 1);
  }

  @Test
  void readingNeedsAFile() throws IOException {
    scene.file("/f").directory("/d").link("/l", "d");

    refuses(FileSystemException.class, () -> root.read("/d"), "/d: is a directory");
    refuses(FileSystemException.class, () -> root.readBytes("/l"), "/l: is a directory");
    refuses(NoSuchFileException.class, () -> root.read("/x"), "/x");
    refuses(NotDirectoryException.class, () -> root.list("/f"), "/f");
    refuses(NotLinkException.class, () -> root.readLink("/f"), "/f");
  }

  @Test
  void removalIsOfTheLinkItself() throws IOException {
    scene.file("/d/f").link("/l", "d");

    refuses(NotDirectoryException.class, () -> root.removeRecursively("/l/"), "/l");
    root.removeRecursively("/l");

    assertThat(root.walk("/")).containsOnlyKeys("d", "d/f");
  }

  @Test
  void removalOfWhatHoldsSomethingMustBeAskedFor() throws IOException {
    scene.file("/d/f");

    refuses(DirectoryNotEmptyException.class, () -> root.remove("/d"), "/d");
    refuses(FileSystemException.class, () -> root.remove("/"), "/: is the root");
    refuses(FileSystemException.class, () -> root.removeRecursively("/"), "/: is the root");
    refuses(NoSuchFileException.class, () -> root.removeRecursively("/x"), "/x");
    root.removeRecursively("/d/");

    assertThat(root.list("/")).isEmpty();
  }

  @Test
  void renameRefusesATakenName() throws IOException {
    scene.file("/f").file("/g").directory("/d");

    refuses(FileAlreadyExistsException.class, () -> root.rename("/f", "/g"), "/g");
    refuses(FileAlreadyExistsException.class, () -> root.rename("/f", "/d"), "/d");
    refuses(FileAlreadyExistsException.class, () -> root.rename("/f", "/"), "/");
    refuses(NoSuchFileException.class, () -> root.rename("/x", "/y"), "/x");
    refuses(NoSuchFileException.class, () -> root.rename("/f", "/x/y"), "/x/y");
    refuses(NotDirectoryException.class, () -> root.rename("/f", "/y/"), "/y");
    refuses(FileSystemException.class, () -> root.rename("/", "/y"), "/: is the root");
  }

  @ParameterizedTest
  @ValueSource(strings = {"/d/x", "/d/e/x", "/d/e", "/l/x"})
  void directoryIsNotMovedIntoItself(String target) throws IOException {
    scene.file("/d/e/f").link("/l", "d/e").commit();

    refuses(
        FileSystemException.class,
        () -> root.rename("/d", target),
        "/d -> " + target + ": a directory cannot be moved into itself");
    refuses(
        FileSystemException.class,
        () -> root.renameReplacing("/d", target),
        "/d -> " + target + ": a directory cannot be moved into itself");
    assertThat(scene.changes()).isEmpty();
  }

  @Test
  void directoryIsMovedBesideOneWhoseNameItBegins() throws IOException {
    scene.file("/d/f").directory("/dd");

    root.rename("/d", "/dd/d");

    assertThat(root.exists("/dd/d/f")).isTrue();
  }

  @Test
  void replacingRenameReplacesLikeByLike() throws IOException {
    scene.file("/f", "f").file("/g", "g").link("/l", "nowhere");
    scene.directory("/empty").file("/full/x").file("/d/y");

    root.renameReplacing("/f", "/g");
    assertThat(scene.text("/g")).isEqualTo("f");
    root.renameReplacing("/g", "/l");
    assertThat(scene.text("/l")).isEqualTo("f");
    root.renameReplacing("/d", "/empty/");
    assertThat(root.exists("/empty/y")).isTrue();
    refuses(
        DirectoryNotEmptyException.class, () -> root.renameReplacing("/empty", "/full"), "/full");
    refuses(NotDirectoryException.class, () -> root.renameReplacing("/full", "/l"), "/l");
    refuses(
        FileSystemException.class,
        () -> root.renameReplacing("/l", "/full"),
        "/full: is a directory");
  }

  @Test
  void linkIsRenamedNotItsTarget() throws IOException {
    scene.file("/f").link("/l", "f");

    root.rename("/l", "/m");

    assertThat(root.readLink("/m")).isEqualTo("f");
    assertThat(root.walk("/")).containsOnlyKeys("f", "m");
  }

  @Test
  void attributesOfALinkAreItsOwn() throws IOException {
    scene.file("/f").link("/l", "f");

    root.setAttributes("/l", new Attributes(0777, 42));

    assertThat(root.metadataNoFollow("/l").attributes().modifiedNanos()).isEqualTo(42);
    assertThat(root.metadata("/f").attributes().modifiedNanos()).isNotEqualTo(42);
  }

  @Test
  void listIsInOrderOfCodePoints() throws IOException {
    for (String name : List.of("b", "a", "\uFFFD", "🦆", "é", "Z")) {
      scene.file("/" + name);
    }

    assertThat(root.list("/").keySet())
        .extracting(EntryName::value)
        .containsExactly("Z", "a", "b", "é", "\uFFFD", "🦆");
  }

  @Test
  void walkIsDepthFirstInNameOrder() throws IOException {
    scene.file("/b").file("/a/z").file("/a/b/c").file("/a-b").link("/a/l", "..");

    assertThat(root.walk("/").keySet())
        .containsExactly("a", "a/b", "a/b/c", "a/l", "a/z", "a-b", "b");
    assertThat(root.open("a").walk("b/..").keySet()).containsExactly("b", "b/c", "l", "z");
  }

  @Test
  void walkGoesDeeperThanAPathMayName() throws IOException {
    WorkingDirectory at = root;
    for (int i = 0; i < 2100; i++) {
      at.createDirectory("d");
      at = at.open("d").chroot();
    }

    assertThat(root.walk("/")).hasSize(2100);
    scene.commit();
    root.removeRecursively("/d");
  }

  @Test
  void nameThatIsNoneIsRefusedWithItsPath() {
    String name = "x".repeat(256);

    refuses(
        FileSystemException.class,
        () -> root.touch("/" + name),
        "/" + name + ": name of 256 bytes, more than 255");
    refuses(FileSystemException.class, () -> root.touch("/a\0"), "/a\0: name with a NUL");
    refuses(
        FileSystemException.class,
        () -> root.createSymlink("/l", ""),
        "/l -> : link target without a character");
  }

  @Test
  void viewRefusesEveryChange() throws IOException {
    scene.file("/d/f").commit();
    WorkingDirectory view = TreeWorkingDirectory.of(scene.pin);

    assertThat(view.walk("/")).containsOnlyKeys("d", "d/f");
    for (ThrowingCallable change :
        List.<ThrowingCallable>of(
            () -> view.createFile("/x", Scene.bytes("")),
            () -> view.write("/d/f", Scene.bytes("")),
            () -> view.createDirectory("/x"),
            () -> view.createDirectories("/d"),
            () -> view.createSymlink("/x", "y"),
            () -> view.rename("/d", "/e"),
            () -> view.renameReplacing("/d", "/e"),
            () -> view.remove("/d/f"),
            () -> view.removeRecursively("/d"),
            () -> view.setAttributes("/d", new Attributes(0, 0)),
            () -> view.open("/d").touch("f"))) {
      assertThatExceptionOfType(ReadOnlyFileSystemException.class).isThrownBy(change);
    }
  }

  private static void refuses(
      Class<? extends FileSystemException> refusal, ThrowingCallable call, String message) {
    assertThatExceptionOfType(refusal)
        .isThrownBy(call)
        .withMessage(message)
        .satisfies(e -> assertThat(e.getClass()).isEqualTo(refusal));
  }
}
