package io.duckpond.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import io.duckpond.launcher.CommandLineFixture.Result;
import io.duckpond.launcher.tour.HostTrees;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The guided tour on a small tree. */
class TourTest {
  @TempDir private Path temporary;

  @Test
  void everythingThatWentInComesOut() throws IOException {
    Result result = CommandLineFixture.bare().run("tour", "--keep", tree().toString());

    assertThat(result.exitCode()).as(result.err()).isZero();
    assertThat(result.out())
        .contains("$ pond copy -m 'the tree as it was'", "$ pond restore --verify\n")
        .contains("\n# 5 nodes compared: ")
        .contains("\n# All of it came back: ");
    Matcher kept = Pattern.compile("export POND=(\\S+)\n$").matcher(result.out());
    assertThat(kept.find()).isTrue();
    Path pond = Path.of(kept.group(1));
    assertThat(CommandLineFixture.bare().variable("POND", pond.toString()).run("ls", "/tree").ok())
        .isEqualTo("large\nlink\nnone\nscript\n");
    HostTrees.delete(pond.resolve("..").normalize());
  }

  @Test
  void differencesAreNamed() throws IOException {
    Path left = tree();
    Path right = temporary.resolve("right");
    Files.createDirectory(right);
    Files.writeString(right.resolve("script"), "#!/bin/sh");
    Files.createSymbolicLink(right.resolve("link"), Path.of("elsewhere"));
    Files.createDirectory(right.resolve("extra"));

    assertThat(HostTrees.differences(left, right).stream().map(line -> line.replaceAll(":.*", "")))
        .contains("large", "link", "none", "script", "extra");
    assertThat(HostTrees.differences(left, left)).isEmpty();
  }

  private Path tree() throws IOException {
    Path tree = Files.createDirectory(temporary.resolve("tree"));
    Path script = Files.writeString(tree.resolve("script"), "#!/bin/sh\n");
    Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwxr-x---"));
    Files.setLastModifiedTime(
        script, FileTime.from(Instant.ofEpochSecond(1_000_000_000L, 123_456_789)));
    Files.write(tree.resolve("large"), new byte[3_000_000]);
    Files.createSymbolicLink(tree.resolve("link"), Path.of("script"));
    Files.createDirectory(tree.resolve("none"));
    return tree;
  }
}
