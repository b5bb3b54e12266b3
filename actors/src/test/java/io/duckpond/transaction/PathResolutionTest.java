package io.duckpond.transaction;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.duckpond.WorkingDirectory;
import io.duckpond.node.NodeId;
import io.duckpond.path.EntryName;
import io.duckpond.path.Resolution;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The table of filesystem.md, "Path resolution", row by row, and its rules. */
class PathResolutionTest {

  private final Scene scene = Scene.empty();
  private final WorkingDirectory root = scene.root;

  @Test
  void relativeLinkIsFollowedFromTheDirectoryThatHoldsIt() throws IOException {
    scene.file("/c/d", "content").link("/a/b", "../c/d");

    assertThat(scene.text("/a/b")).isEqualTo("content");
  }

  @Test
  void linkThatClimbsAboveTheRootIsRefusedWithItsTarget() throws IOException {
    scene.file("/c/d").link("/a/b", "../c/d");
    WorkingDirectory a = root.open("/a").chroot();

    assertThatExceptionOfType(FileSystemException.class)
        .isThrownBy(() -> a.readBytes("b"))
        .withMessage("/b -> ../c/d: parent path invalid");
    assertThat(a.lookup("b"))
        .isEqualTo(
            new Resolution.Blocked("/b", Resolution.Reason.ESCAPES_ROOT, Optional.of("../c/d")));
  }

  @ParameterizedTest
  @CsvSource({"/dir1/link1, /dir2/link2", "/dir2/link2, /dir1/link1"})
  void linksToEachOtherAreALoop(String link, String target) throws IOException {
    scene.link("/dir1/link1", "/dir2/link2").link("/dir2/link2", "/dir1/link1");

    assertThatExceptionOfType(FileSystemLoopException.class)
        .isThrownBy(() -> root.readBytes(link))
        .withMessage(link);
    assertThat(root.lookup(link))
        .isInstanceOfSatisfying(
            Resolution.Blocked.class,
            blocked -> {
              assertThat(blocked.reason()).isEqualTo(Resolution.Reason.LINK_LOOP);
              assertThat(blocked.linkTarget()).contains(target);
            });
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 39, 40})
  void chainOfUpToFortyLinksIsFollowed(int links) throws IOException {
    scene.file("/link0", "content");
    chain(links);

    assertThat(scene.text("/link" + links)).isEqualTo("content");
  }

  @Test
  void chainOfFortyOneLinksIsALoop() throws IOException {
    scene.file("/link0", "content");
    chain(41);

    assertThatExceptionOfType(FileSystemLoopException.class)
        .isThrownBy(() -> root.readBytes("/link41"));
  }

  @Test
  void chainThatEndsInAMissingFileNamesIt() throws IOException {
    chain(3);

    assertThatExceptionOfType(NoSuchFileException.class)
        .isThrownBy(() -> root.readBytes("/link3"))
        .satisfies(refusal -> assertThat(refusal.getFile()).isEqualTo("link0"));
  }

  @Test
  void targetThatIsNoPathIsFollowedAsFarAsItIs() throws IOException {
    String noName = "n".repeat(256);
    scene.file("/c/d").link("/none", noName).link("/loop", "loop/" + noName);
    scene.link("/file", "c/d/" + noName);

    assertThatExceptionOfType(NoSuchFileException.class)
        .isThrownBy(() -> root.readBytes("/none"))
        .satisfies(refusal -> assertThat(refusal.getFile()).isEqualTo(noName));
    assertThatExceptionOfType(FileSystemLoopException.class)
        .isThrownBy(() -> root.readBytes("/loop"))
        .withMessage("/loop");
    assertThat(root.lookup("/file"))
        .isEqualTo(
            new Resolution.Blocked(
                "/c/d", Resolution.Reason.NOT_A_DIRECTORY, Optional.of("c/d/" + noName)));
  }

  private void chain(int links) throws IOException {
    for (int i = 1; i <= links; i++) {
      scene.link("/link" + i, "link" + (i - 1));
    }
  }

  @Test
  void fileIsNoDirectoryToOpen() throws IOException {
    scene.file("/testfile");

    assertThatExceptionOfType(NotDirectoryException.class)
        .isThrownBy(() -> root.open("/testfile"))
        .withMessage("/testfile");
  }

  @ParameterizedTest
  @CsvSource({
    "a/../b, /b",
    "./a/./b, /a/b",
    "//a/b, /a/b",
    "a//b, /a/b",
    "/, /",
    "../../a, /a",
    "/.., /",
    "'', /",
    "a/b/, /a/b",
    "a/b/.., /a"
  })
  void pathIsReadAsText(String path, String meant) throws IOException {
    scene.directory("/a/b").directory("/b");

    assertThat(root.lookup(path))
        .isInstanceOfSatisfying(
            Resolution.Found.class, found -> assertThat(found.path()).isEqualTo(meant));
  }

  @Test
  void rootIsItsOwnParentAndHasNoName() throws IOException {
    Resolution.Found found = (Resolution.Found) root.lookup("/");

    assertThat(found.parent()).isEqualTo(NodeId.ROOT);
    assertThat(found.name()).isEmpty();
    assertThat(found.entry().child()).isEqualTo(NodeId.ROOT);
  }

  @Test
  void takenNameIsRefused() throws IOException {
    scene.file("/x");

    assertThatExceptionOfType(FileAlreadyExistsException.class)
        .isThrownBy(() -> root.createFile("/x", Scene.bytes("")))
        .withMessage("/x");
  }

  @Test
  void missingMiddleComponentIsNotFoundWithTheFullPath() throws IOException {
    scene.directory("/a");

    assertThatExceptionOfType(NoSuchFileException.class)
        .isThrownBy(() -> root.readBytes("/a/b/c"))
        .withMessage("/a/b/c");
    assertThat(root.lookup("/a/b/c"))
        .isEqualTo(new Resolution.Blocked("/a/b/c", Resolution.Reason.MISSING, Optional.empty()));
  }

  @Test
  void missingLastComponentIsVacant() throws IOException {
    NodeId a = root.createDirectory("/a").child();
    scene.link("/l", "a");

    assertThat(root.lookup("/l/b"))
        .isEqualTo(new Resolution.Vacant(a, new EntryName("b"), "/a/b", Optional.empty()));
  }

  @ParameterizedTest
  @ValueSource(strings = {"/f/x", "/f/", "/f/.", "/f/..", "/l/x", "/l/"})
  void fileInTheMiddleIsNoDirectory(String path) throws IOException {
    scene.file("/f").link("/l", "f");

    assertThatExceptionOfType(NotDirectoryException.class)
        .isThrownBy(() -> root.metadata(path))
        .withMessage("/f");
  }

  @Test
  void linkAtTheEndIsFollowedOnlyIfAsked() throws IOException {
    scene.file("/d/f").link("/l", "d");

    assertThat(root.metadata("/l").child()).isEqualTo(root.metadata("/d").child());
    assertThat(root.metadataNoFollow("/l").child()).isNotEqualTo(root.metadata("/d").child());
    assertThat(root.metadataNoFollow("/l/f").child()).isEqualTo(root.metadata("/d/f").child());
    assertThat(root.metadataNoFollow("/l/").child()).isEqualTo(root.metadata("/d").child());
    assertThat(root.readLink("/l")).isEqualTo("d");
  }

  @Test
  void brokenLinkIsVacantAtItsTarget() throws IOException {
    scene.directory("/d").link("/l", "d/gone");

    assertThat(root.lookup("/l"))
        .isEqualTo(
            new Resolution.Vacant(
                root.metadata("/d").child(),
                new EntryName("gone"),
                "/d/gone",
                Optional.of("d/gone")));
    assertThat(root.exists("/l")).isFalse();
  }

  @Test
  void brokenLinkInTheMiddleIsMissingWithItsTarget() throws IOException {
    scene.link("/l", "gone");

    assertThat(root.lookup("/l/x"))
        .isEqualTo(new Resolution.Blocked("/l/x", Resolution.Reason.MISSING, Optional.of("gone")));
  }

  @Test
  void targetThatIsNoPathLeadsToNothing() throws IOException {
    String target = "x".repeat(300);
    scene.link("/l", target);

    assertThat(root.readLink("/l")).isEqualTo(target);
    assertThatExceptionOfType(NoSuchFileException.class).isThrownBy(() -> root.readBytes("/l"));
  }

  @Test
  void targetWithATrailingSlashDemandsADirectory() throws IOException {
    scene.file("/f").directory("/d").link("/toFile", "f/").link("/toDirectory", "d/");

    assertThat(root.metadata("/toDirectory")).isEqualTo(root.metadata("/d"));
    assertThatExceptionOfType(NotDirectoryException.class)
        .isThrownBy(() -> root.metadata("/toFile"));
  }

  @Test
  void absoluteLinkInAChrootStaysInIt() throws IOException {
    scene.file("/etc/passwd", "outside").file("/jail/etc/passwd", "inside");
    scene.link("/jail/l", "/etc/passwd");

    WorkingDirectory jail = root.open("jail").chroot();

    assertThat(new String(jail.readBytes("l"), java.nio.charset.StandardCharsets.UTF_8))
        .isEqualTo("inside");
    assertThat(jail.path()).isEqualTo("/");
    assertThat(jail.list("../..")).containsOnlyKeys(new EntryName("etc"), new EntryName("l"));
  }

  @Test
  void chrootWritesWhereItStands() throws IOException {
    scene.directory("/jail/deep");
    WorkingDirectory deep = root.open("/jail").chroot().open("deep");

    deep.write("/top", Scene.bytes("1"));
    deep.write("here", Scene.bytes("2"));

    assertThat(root.walk("/jail")).containsOnlyKeys("deep", "deep/here", "top");
    assertThat(deep.path()).isEqualTo("/deep");
  }

  @Test
  void relativePathStartsAtTheWorkingDirectory() throws IOException {
    scene.file("/a/b/f", "content").link("/l", "a/b");
    WorkingDirectory b = root.open("/l");

    assertThat(b.path()).isEqualTo("/a/b");
    assertThat(b.exists("f")).isTrue();
    assertThat(b.exists("../b/f")).isTrue();
    assertThat(b.exists("/a/b/f")).isTrue();
    assertThatExceptionOfType(NoSuchFileException.class)
        .isThrownBy(() -> b.metadata("x"))
        .withMessage("/a/b/x");
  }
}
