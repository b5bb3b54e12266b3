package io.duckpond.journal.disk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.FileSystemLoopException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class RealPathTest {
  @TempDir private Path temporary;
  private Path top;

  @BeforeEach
  void plant() throws Exception {
    top = temporary.toRealPath();
    Files.createDirectories(top.resolve("a/b/c"));
    Files.createSymbolicLink(top.resolve("up"), Path.of("a/b/../../a/b"));
    Files.createSymbolicLink(top.resolve("a/absolute"), top.resolve("up/c"));
    Files.createSymbolicLink(top.resolve("x"), Path.of("y"));
    Files.createSymbolicLink(top.resolve("y"), Path.of("x"));
    Files.createSymbolicLink(top.resolve("broken"), Path.of("nothing"));
  }

  @Test
  void findsWhatTheJdkFinds() throws Exception {
    for (String each : new String[] {"", "a/b/c", "up", "up/c", "a/absolute", "up/../absolute"}) {
      Path path = top.resolve(each);

      assertThat(RealPath.of(new RealDisk(), path)).isEqualTo(path.toRealPath());
    }
  }

  @Test
  void refusesWhatLeadsNowhere() {
    assertThatThrownBy(() -> RealPath.of(new RealDisk(), top.resolve("broken")))
        .isInstanceOf(NoSuchFileException.class)
        .hasMessageContaining("nothing");
    assertThatThrownBy(() -> RealPath.of(new RealDisk(), top.resolve("x")))
        .isInstanceOf(FileSystemLoopException.class);
  }
}
