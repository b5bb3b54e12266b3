package io.duckpond.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.duckpond.host.HostCopyOptions.Flag;
import io.duckpond.node.Attributes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HostRoundTripTest {
  @TempDir private Path folder;
  private HostScene scene;

  @BeforeEach
  void open() throws IOException {
    scene = new HostScene(folder);
  }

  @Test
  void bytesModesTimesLinksAndEmptyDirectoriesSurviveBothWays() throws IOException {
    makeTree();

    HostCopyReport in = scene.in("src", "/src");
    HostCopyReport out = scene.out("/src", "back");

    assertThat(scene.pondTree("/src")).isEqualTo(scene.hostTree("src"));
    assertThat(scene.hostTree("back")).isEqualTo(scene.hostTree("src"));
    assertThat(scene.disk.stat(scene.at("back")).orElseThrow().modifiedNanos())
        .isEqualTo(scene.disk.stat(scene.at("src")).orElseThrow().modifiedNanos());
    assertThat(out.files()).isEqualTo(in.files());
    assertThat(out.directories()).isEqualTo(in.directories());
    assertThat(out.symlinks()).isEqualTo(in.symlinks()).isEqualTo(4);
    assertThat(out.bytes()).isEqualTo(in.bytes());
    assertThat(in.warnings()).isEmpty();
  }

  @Test
  void aSecondCopyOfTheSameTreeChangesNothing() throws IOException {
    makeTree();
    HostCopyReport first = scene.in("src", "/");
    long operations = scene.workspace.operations();

    HostCopyReport second = scene.in("src", "/");

    assertThat(scene.workspace.operations()).isEqualTo(operations);
    assertThat(second.files() + second.directories() + second.symlinks()).isZero();
    assertThat(second.unchanged())
        .isEqualTo(first.files() + first.directories() + first.symlinks());
  }

  @Test
  void aSecondCopyOutChangesNothing() throws IOException {
    makeTree();
    HostCopyReport first = scene.in("src", "/src");
    scene.out("/src/.", "back/.", Flag.DRY_RUN);
    scene.out("/src", "back");

    HostCopyReport second = scene.out("/src/.", "back");

    assertThat(second.files() + second.directories() + second.symlinks()).isZero();
    assertThat(second.unchanged())
        .isEqualTo(first.files() + first.directories() + first.symlinks() - 1);
    assertThat(scene.hostTree("back")).isEqualTo(scene.hostTree("src"));
  }

  @Test
  void aNewTimeOrModeIsKeptWithoutAnotherVersion() throws IOException {
    scene.file("src/f", "same");
    scene.in("src", "/");
    long version = scene.root.metadata("/src/f").version();
    scene.disk.setMode(scene.at("src/f"), 0600);
    scene.disk.setModified(scene.at("src/f"), 1_000_000_007);

    HostCopyReport report = scene.in("src", "/");

    assertThat(scene.root.metadata("/src/f").version()).isEqualTo(version);
    assertThat(scene.root.metadata("/src/f").attributes().mode()).isEqualTo(0600);
    assertThat(scene.root.metadata("/src/f").attributes().modifiedNanos()).isEqualTo(1_000_000_007);
    assertThat(report.bytes()).isZero();
    assertThat(report.files()).isEqualTo(1);
  }

  @Test
  void fractionsOfASecondBefore1970AreDroppedWithAWarning() throws IOException {
    scene.pondFile("/old", "x");
    scene.root.setAttributes("/old", new Attributes(0644, -4_999_999_877L));

    HostCopyReport report = scene.out("/old", "old");

    assertThat(scene.disk.stat(scene.at("old")).orElseThrow().modifiedNanos())
        .isEqualTo(-5_000_000_000L);
    assertThat(report.warnings()).singleElement().asString().contains("before 1970");
  }

  @Test
  void slashesThatTheJdkCannotWriteBecomeOneWithAWarning() throws IOException {
    scene.root.createDirectory("/d");
    scene.root.createSymlink("/d/far", "//net/x");
    scene.root.createSymlink("/d/wide", "a///b//c");

    HostCopyReport report = scene.out("/d", "d");

    assertThat(scene.disk.readSymbolicLink(scene.at("d/far"))).isEqualTo("/net/x");
    assertThat(scene.disk.readSymbolicLink(scene.at("d/wide"))).isEqualTo("a/b/c");
    assertThat(report.warnings()).hasSize(2).allMatch(line -> line.contains("slashes"));
    assertThat(scene.root.readLink("/d/far")).isEqualTo("//net/x");
  }

  @Test
  void randomTreesSurviveBothWays() throws IOException {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    for (int round = 0; round < 5; round++) {
      String name = "t" + round;
      scene.directory(name);
      grow(random, name, 4);

      scene.in(name, "/" + name);
      scene.out("/" + name, name + "-back");

      assertThat(scene.hostTree(name + "-back"))
          .as("seed %d, round %d", seed, round)
          .isEqualTo(scene.hostTree(name));
    }
  }

  @Test
  void everyModeSurvives() throws IOException {
    assumeThat(System.getProperty("user.name")).isEqualTo("root");
    for (int mode = 0; mode <= 0777; mode++) {
      scene.file("src/f" + mode, "x");
      scene.disk.setMode(scene.at("src/f" + mode), mode);
      scene.file("src/d" + mode + "/in", "y");
      scene.disk.setMode(scene.at("src/d" + mode), mode);
    }

    scene.in("src", "/src");
    scene.out("/src", "back");

    assertThat(scene.hostTree("back")).isEqualTo(scene.hostTree("src"));
  }

  private void makeTree() throws IOException {
    byte[] large = new byte[3_000_000];
    new Random(1).nextBytes(large);
    scene.file("src/plain.txt", "hello").file("src/empty", "").directory("src/void/below");
    Files.write(scene.at("src/large.bin"), large);
    for (String name :
        List.of(
            "with space",
            "new\nline",
            "tab\tand\u0001control",
            "duck \ud83e\udd86",
            "-rf",
            "--",
            "back\\slash",
            "*?[a]{b}",
            ".hidden",
            "...",
            "~",
            "pond:x",
            "e\u0301 and \u00e9",
            "a\ufffdb",
            "n".repeat(255),
            "\u00e9".repeat(127))) {
      scene.file("src/names/" + name, name).directory("src/names/d/" + name);
    }
    scene.link("src/dangling", "no/such/file").link("src/absolute", "/no/such/place");
    scene.link("src/up", "..").link("src/names/loop", "loop");
    scene.disk.setMode(scene.at("src/plain.txt"), 0640);
    scene.disk.setModified(scene.at("src/plain.txt"), 1_234_567_890_123_456_789L);
    scene.disk.setModified(scene.at("src/empty"), -1_000_000_000L);
    scene.disk.setModified(scene.at("src/dangling"), 1_111_111_111_222_333_000L);
    scene.disk.setModified(scene.at("src/void/below"), 999_999_999L);
    scene.disk.setMode(scene.at("src/void"), 0555);
    scene.disk.setModified(scene.at("src"), 1_500_000_000_000_000_001L);
  }

  private void grow(Random random, String path, int levels) throws IOException {
    int entries = random.nextInt(8);
    for (int i = 0; i < entries; i++) {
      String child = path + "/" + (char) ('a' + random.nextInt(26)) + i;
      int kind = random.nextInt(levels > 0 ? 4 : 3);
      if (kind == 3) {
        scene.directory(child);
        grow(random, child, levels - 1);
        scene.disk.setModified(scene.at(child), random.nextLong() >>> 2);
        scene.disk.setMode(scene.at(child), 0700 | random.nextInt(0100));
      } else if (kind == 2) {
        scene.link(child, "x".repeat(1 + random.nextInt(200)));
      } else {
        byte[] bytes = new byte[random.nextInt(kind == 0 ? 20_000 : 600_000)];
        random.nextBytes(bytes);
        Files.write(scene.at(child), bytes);
        scene.disk.setModified(scene.at(child), random.nextLong() >>> 2);
        scene.disk.setMode(scene.at(child), 0400 | random.nextInt(0400));
      }
    }
  }
}
