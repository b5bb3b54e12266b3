package io.duckpond.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.duckpond.host.HostCopyOptions.Flag;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HostRefusalTest {
  @TempDir private Path folder;
  private HostScene scene;

  @BeforeEach
  void open() throws IOException {
    scene = new HostScene(folder);
    scene.file("src/a", "a").file("src/z", "z");
  }

  @Test
  void aFifoIsRefusedBeforeAnythingChangesUnlessPassedOver() throws Exception {
    shell("mkfifo 'src/pi\npe'");

    refusesSource("src/pi\\npe", "FIFO");
    assertThat(scene.copy(List.of("pi*")).in(List.of(scene.at("src")), scene.root, "/1").warnings())
        .isEmpty();
    assertThat(scene.in("src", "/2", Flag.SKIP_UNSUPPORTED).warnings())
        .singleElement()
        .asString()
        .contains("pi\\npe", "passed over");
    assertThat(scene.root.walk("/2").keySet()).containsExactly("a", "z");
  }

  @Test
  void aNameThatIsNotUtf8IsRefusedAndNeverLostSilently() throws Exception {
    shell("printf x > \"$(printf 'src/caf\\351')\"");

    refusesSource("src/caf\\ufffd", "not UTF-8");
    assertThat(scene.in("src", "/2", Flag.SKIP_UNSUPPORTED).warnings()).hasSize(1);
  }

  @Test
  void aNameThatIsNotUtf8IsNotTakenForItsNeighbour() throws Exception {
    scene.file("src/caf\ufffd", "real");
    shell("printf x > \"$(printf 'src/caf\\351')\"");
    shell("mkdir \"$(printf 'src/caf\\352')\"");

    refusesSource("src/caf\\ufffd", "not UTF-8");
  }

  @Test
  void aLinkTargetThatIsNotUtf8IsRefused() throws Exception {
    shell("ln -s \"$(printf 'caf\\351')\" src/link");

    refusesSource("src/link", "not UTF-8");
  }

  @Test
  void anUnreadableFileOrDirectoryIsRefused() throws Exception {
    assumeThat(System.getProperty("user.name")).isNotEqualTo("root");
    scene.disk.setMode(scene.at("src/a"), 0);
    refusesSource("src/a", "permission denied");
    scene.disk.setMode(scene.at("src/a"), 0600);
    scene.directory("src/d");
    scene.disk.setMode(scene.at("src/d"), 0);

    refusesSource("src/d", "permission denied");
    scene.disk.setMode(scene.at("src/d"), 0700);
  }

  @Test
  void aTypeClashDeepInsideRefusesTheWholeCopyIn() throws IOException {
    scene.pondFile("/t/src/z/not-a-file", "x");
    long operations = scene.workspace.operations();

    assertThatThrownBy(() -> scene.in("src", "/t"))
        .isInstanceOf(FileAlreadyExistsException.class)
        .hasMessageContainingAll("/t/src/z", "directory");

    assertThat(scene.workspace.operations()).isEqualTo(operations);
    assertThat(scene.root.exists("/t/src/a")).isFalse();
  }

  @Test
  void aTypeClashDeepInsideRefusesTheWholeCopyOut() throws IOException {
    scene.in("src", "/src");
    scene.directory("t/src/z");

    for (Flag[] flags : new Flag[][] {{}, {Flag.OVERWRITE}}) {
      assertThatThrownBy(() -> scene.out("/src", "t", flags))
          .isInstanceOf(FileAlreadyExistsException.class)
          .hasMessageContaining("t/src/z");
    }
    assertThat(scene.at("t/src/a")).doesNotExist();
  }

  @Test
  void whatStandsOnTheHostIsReplacedOnlyWhenAskedTo() throws IOException {
    scene.in("src", "/src");
    scene.file("t/src/z", "mine");

    assertThatThrownBy(() -> scene.out("/src", "t")).isInstanceOf(FileAlreadyExistsException.class);
    assertThat(scene.at("t/src/a")).doesNotExist();
    assertThat(scene.at("t/src/z")).hasContent("mine");

    scene.out("/src", "t", Flag.OVERWRITE);
    assertThat(scene.hostTree("t/src")).isEqualTo(scene.hostTree("src"));
  }

  @Test
  void aLinkOnTheHostIsNeverFollowed() throws IOException {
    scene.pondFile("/src/d/f", "from the pond").pondFile("/src/l", "from the pond");
    scene.file("outside/f", "mine");
    scene.directory("t1/src").link("t1/src/d", "../../outside");
    scene.directory("t2/src/d").link("t2/src/l", "../../outside/f");

    for (String target : List.of("t1", "t2")) {
      for (Flag[] flags : new Flag[][] {{}, {Flag.OVERWRITE}}) {
        assertThatThrownBy(() -> scene.out("/src", target, flags))
            .isInstanceOf(FileAlreadyExistsException.class);
      }
    }
    assertThat(scene.hostTree("outside").keySet()).containsExactly("f");
    assertThat(scene.at("outside/f")).hasContent("mine");
  }

  @Test
  void aHostThatCannotTellTwoNamesApartIsRefused() throws IOException {
    scene.pondFile("/src/readme", "1").pondFile("/src/README", "2").pondFile("/src/a", "3");
    CaseBlindDisk blind = new CaseBlindDisk(scene.disk);
    HostCopyOptions options =
        new HostCopyOptions(java.util.Set.of(), List.of(), java.util.Set.of());
    HostCopy copy = new HostCopy(blind, options, io.duckpond.Progress.NONE);

    assertThatThrownBy(() -> copy.out(List.of("/src"), scene.root, scene.at("new")))
        .isInstanceOf(FileSystemException.class)
        .hasMessageContainingAll("readme", "cannot tell");
    assertThat(scene.at("new")).doesNotExist();
    assertThat(scene.hostTree(".").keySet()).allMatch(name -> name.startsWith("src"));

    scene.out("/src", "new");
    assertThat(scene.at("new/README")).hasContent("2");
  }

  @Test
  void globsLeaveOutNamesPathsAndWholeDirectories() throws IOException {
    scene.file("src/x.o", "").file("src/d/y.o", "").file("src/d/y.c", "").file("src/target/t", "");
    scene.file("src/d/target/t", "").file("src/deep/er/q.txt", "");
    HostCopy copy = scene.copy(List.of("*.o", "/target", "deep/**/q.{txt,md}", "[!b-z]"));

    copy.in(List.of(scene.at("src")), scene.root, "/p");
    copy.out(List.of("/p"), scene.root, scene.at("back"));

    assertThat(scene.root.walk("/p").keySet())
        .containsExactlyInAnyOrder("d", "d/target", "d/target/t", "d/y.c", "deep", "deep/er", "z");
    assertThat(scene.hostTree("back").keySet()).isEqualTo(scene.root.walk("/p").keySet());
    assertThatThrownBy(
            () -> scene.copy(List.of("[a")).in(List.of(scene.at("src")), scene.root, "/q"))
        .isInstanceOf(FileSystemException.class)
        .hasMessageContaining("not a glob");
  }

  @Test
  void aFileThatSaysItIsEmptyIsReadToItsEndWithAWarning() throws IOException {
    Path cpu = Path.of("/proc/self/status");
    assumeThat(cpu).exists();

    HostCopyReport report = scene.copy(List.of()).in(List.of(cpu), scene.root, "/status");

    assertThat(scene.pondText("/status")).contains("VmPeak");
    assertThat(report.bytes()).isPositive();
    assertThat(report.warnings()).singleElement().asString().contains("changed while it was read");
  }

  private void refusesSource(String escaped, String reason) {
    assertThatThrownBy(() -> scene.in("src", "/new"))
        .isInstanceOf(FileSystemException.class)
        .hasMessageContainingAll(escaped, reason);
    assertThat(scene.workspace.operations()).isZero();
  }

  private void shell(String script) throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder("sh", "-c", script).directory(scene.host.toFile()).inheritIO().start();
    assertThat(process.waitFor()).isZero();
    assertThat(Files.exists(scene.host)).isTrue();
  }
}
