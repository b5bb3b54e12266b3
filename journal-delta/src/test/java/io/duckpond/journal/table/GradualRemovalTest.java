package io.duckpond.journal.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.duckpond.journal.disk.RealDisk;
import io.duckpond.journal.disk.TapeDisk;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GradualRemovalTest {
  @TempDir private Path directory;

  private final TapeDisk disk = new TapeDisk(new RealDisk());
  private final GradualRemoval removal = new GradualRemoval(disk);

  private List<Path> files(int from, int to) throws IOException {
    List<Path> files = new ArrayList<>();
    for (int number = from; number <= to; number++) {
      Path file = directory.resolve("f" + number);
      if (Files.notExists(file)) {
        Files.createFile(file);
      }
      files.add(file);
    }
    return files;
  }

  private List<String> left() throws IOException {
    try (var names = Files.list(directory)) {
      return names.map(name -> String.valueOf(name.getFileName())).sorted().toList();
    }
  }

  @Test
  void removesAFewAtATimeInTheirOrder() throws Exception {
    removal.add(files(1, 3));
    assertThat(disk.take()).isEmpty();

    removal.some();
    assertThat(disk.take()).containsExactly("delete f1", "delete f2");
    removal.some();
    assertThat(disk.take()).containsExactly("delete f3");
    removal.some();
    assertThat(disk.take()).isEmpty();
    assertThat(left()).isEmpty();
  }

  @Test
  void removesEachOnceThoughItWasAddedAgain() throws Exception {
    removal.add(files(1, 3));
    removal.add(files(2, 5));

    removal.all();

    assertThat(disk.take())
        .containsExactly("delete f1", "delete f2", "delete f3", "delete f4", "delete f5");
  }

  @Test
  void passesOverWhatIsGone() throws Exception {
    List<Path> files = files(1, 3);
    Files.delete(files.get(1));
    removal.add(files);

    removal.some();
    removal.some();

    assertThat(left()).isEmpty();
  }

  @Test
  void removesMoreAtATimeWhereVeryManyWait() {
    List<Path> gone = new ArrayList<>();
    for (int number = 0; number <= 10_001; number++) {
      gone.add(directory.resolve("gone" + number));
    }
    removal.add(gone);

    removal.some();
    assertThat(disk.take()).hasSize(4);
    removal.some();
    assertThat(disk.take()).hasSize(2);
  }

  @Test
  void leavesThoseBehindOneThatCannotBeRemovedUntilTheyAreAddedAgain() throws Exception {
    List<Path> files = files(1, 6);
    removal.add(files);
    disk.failAt(1, /* onlyOnce= */ true);

    removal.some();
    removal.all();
    assertThat(left()).containsExactly("f2", "f3", "f4", "f5", "f6");

    disk.heal();
    removal.add(files);
    removal.all();
    assertThat(left()).isEmpty();
  }

  @Test
  void whoWantsAllRemovedIsToldOfOneThatCannotBe() throws Exception {
    removal.add(files(1, 3));
    disk.failAt(1, /* onlyOnce= */ true);

    assertThatThrownBy(removal::all)
        .isInstanceOf(IOException.class)
        .hasMessageContaining("refused: delete f2");
    assertThat(left()).containsExactly("f2", "f3");
  }
}
