package io.duckpond.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.duckpond.host.HostCopyOptions.Flag;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HostDestinationTest {
  @TempDir private Path folder;
  private HostScene scene;

  /** On both sides: a directory {@code dir} with {@code dir/old}, a file {@code file}. */
  @BeforeEach
  void open() throws IOException {
    scene = new HostScene(folder);
    scene.file("src/f", "f").file("other/g", "g").file("plain", "p");
    scene.pondFile("/dir/old", "o").pondFile("/file", "x");
    scene.root.createSymlink("/to-dir", "dir");
    scene.root.createSymlink("/nowhere", "gone");
    scene.file("dir/old", "o").file("file", "x").link("to-dir", "dir").link("nowhere", "gone");
    scene.pondFile("/src/f", "f").pondFile("/other/g", "g").pondFile("/plain", "p");
  }

  @ParameterizedTest
  @CsvSource({
    // source, destination, what appears
    "src, /dir, /dir/src/f",
    "src, /dir/, /dir/src/f",
    "src, dir, /dir/src/f",
    "src, /to-dir, /dir/src/f",
    "src, /new, /new/f",
    "src, /new/, /new/f",
    "src, /dir/new, /dir/new/f",
    "src/., /dir, /dir/f",
    "src/., /new, /new/f",
    "src/../other, /dir, /dir/other/g",
    "plain, /dir, /dir/plain",
    "plain, /new, /new",
    "plain, /dir/new, /dir/new",
    "plain, /file, /file",
  })
  void copiesIn(String source, String destination, String appears) throws IOException {
    scene.in(source, destination);

    assertThat(scene.pondText(appears)).isEqualTo(source.equals("plain") ? "p" : last(appears));
    assertThat(scene.pondText("/dir/old")).isEqualTo("o");
  }

  @ParameterizedTest
  @CsvSource({
    "src, /file, java.nio.file.NotDirectoryException",
    "src, /file/, java.nio.file.NotDirectoryException",
    "src, /gone/deep, java.nio.file.NoSuchFileException",
    "src, /nowhere, java.nio.file.NoSuchFileException",
    "src, /file/x, java.nio.file.NotDirectoryException",
    "plain, /new/, java.nio.file.NoSuchFileException",
    "plain, /file/, java.nio.file.NotDirectoryException",
    "missing, /dir, java.nio.file.NoSuchFileException",
    "plain/., /dir, java.nio.file.NoSuchFileException",
  })
  void refusesIn(String source, String destination, Class<? extends Exception> refusal) {
    assertThatThrownBy(() -> scene.in(source, destination)).isExactlyInstanceOf(refusal);
  }

  @Test
  void severalSourcesDemandAnExistingDirectory() throws IOException {
    scene.in(List.of("src", "plain"), "/dir");

    assertThat(scene.pondText("/dir/src/f")).isEqualTo("f");
    assertThat(scene.pondText("/dir/plain")).isEqualTo("p");
    assertThatThrownBy(() -> scene.in(List.of("src", "plain"), "/new"))
        .isInstanceOf(NoSuchFileException.class);
    assertThatThrownBy(() -> scene.in(List.of("src", "plain"), "/file"))
        .isInstanceOf(NotDirectoryException.class);
    assertThatThrownBy(() -> scene.in(List.of("src", "src/../src"), "/dir"))
        .isInstanceOf(FileAlreadyExistsException.class)
        .hasMessageContaining("two sources");
  }

  @ParameterizedTest
  @CsvSource({
    "/src, dir, dir/src/f",
    "/src/, dir, dir/src/f",
    "/src, dir/., dir/src/f",
    "src, to-dir, dir/src/f",
    "/src, new, new/f",
    "/src, new/., new/f",
    "/src/., dir, dir/f",
    "/src/., new, new/f",
    "/dir/../src, dir, dir/src/f",
    "/, new, new/src/f",
    "/, dir, dir/src/f",
    "/plain, dir, dir/plain",
    "/plain, new, new",
  })
  void copiesOut(String source, String destination, String appears) throws IOException {
    Files.delete(scene.at("dir/old"));

    scene.out(source, destination);

    assertThat(scene.at(appears))
        .hasContent(source.equals("/plain") ? "p" : last(appears))
        .isRegularFile();
  }

  @ParameterizedTest
  @CsvSource({
    "/src, file, java.nio.file.NotDirectoryException",
    "/src, file/., java.nio.file.NotDirectoryException",
    "/src, gone/deep, java.nio.file.NoSuchFileException",
    "/src, nowhere, java.nio.file.NoSuchFileException",
    "/plain, new/., java.nio.file.NoSuchFileException",
    "/plain, file/., java.nio.file.NotDirectoryException",
    "/plain, file, java.nio.file.FileAlreadyExistsException",
    "/missing, dir, java.nio.file.NoSuchFileException",
    "/plain/., dir, java.nio.file.NotDirectoryException",
    "/plain/, dir, java.nio.file.NotDirectoryException",
  })
  void refusesOut(String source, String destination, Class<? extends Exception> refusal) {
    assertThatThrownBy(() -> scene.out(source, destination)).isExactlyInstanceOf(refusal);
  }

  @Test
  void aLinkAsSourceIsCopiedAsALinkUnlessItsContentsAreMeant() throws IOException {
    scene.in("to-dir", "/new-link");
    scene.in("to-dir/.", "/new-dir");
    scene.out("/to-dir", "new-link");
    scene.out("/to-dir/.", "new-dir");

    assertThat(scene.root.readLink("/new-link")).isEqualTo("dir");
    assertThat(scene.pondText("/new-dir/old")).isEqualTo("o");
    assertThat(Files.readSymbolicLink(scene.at("new-link"))).hasToString("dir");
    assertThat(scene.at("new-dir/old")).hasContent("o");
  }

  @Test
  void theFolderOfThePondTakesNoPart() throws IOException {
    scene.in("file", "/dir"); // and the folder of contents exists
    Files.createDirectories(folder.resolve("contents/ab"));
    Files.createSymbolicLink(scene.at("sneak"), folder.resolve("contents"));

    HostCopyReport report =
        scene.copy(List.of("host")).in(List.of(folder.resolve(".")), scene.root, "/all");

    assertThat(scene.root.list("/all")).isEmpty();
    assertThat(report.warnings()).singleElement().asString().contains("contents", "the pond");
    for (String inside : List.of("../contents", "../contents/ab", "sneak/ab", "sneak/.")) {
      assertThatThrownBy(() -> scene.in(inside, "/x"))
          .isInstanceOf(FileSystemException.class)
          .hasMessageContaining("the pond itself");
    }
    for (String inside : List.of("../contents", "../contents/ab", "sneak", "sneak/ab/new")) {
      assertThatThrownBy(() -> scene.out("/dir", inside))
          .isInstanceOf(FileSystemException.class)
          .hasMessageContaining("the pond itself");
    }
  }

  @Test
  void aDryRunSaysWhatItWouldDoAndDoesNothing() throws IOException {
    long operations = scene.workspace.operations();

    HostCopyReport in = scene.in("src", "/dir", Flag.DRY_RUN);
    HostCopyReport out = scene.out("/src", "dir", Flag.DRY_RUN);

    assertThat(in.changed()).containsExactly("/dir/src", "/dir/src/f");
    assertThat(in.files()).isEqualTo(1);
    assertThat(in.bytes()).isEqualTo(1);
    assertThat(scene.workspace.operations()).isEqualTo(operations);
    assertThat(out.changed())
        .containsExactly(scene.at("dir/src").toString(), scene.at("dir/src/f").toString());
    assertThat(scene.at("dir/src")).doesNotExist();
  }

  private static String last(String path) {
    return path.substring(path.lastIndexOf('/') + 1);
  }
}
