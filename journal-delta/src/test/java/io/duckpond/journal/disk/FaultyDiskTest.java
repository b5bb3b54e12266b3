package io.duckpond.journal.disk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.duckpond.journal.disk.FaultyDisk.Fault;
import io.duckpond.journal.disk.FaultyDisk.Times;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** The contract on a disk that could fail but does not, and what it does when it does. */
class FaultyDiskTest extends DiskContract {
  private static final Path FILE = Path.of("/file");

  private final FaultyDisk faulty = new FaultyDisk(new SimulatedDisk());

  @Override
  Disk disk() {
    return new FaultyDisk(new RealDisk());
  }

  private void write() throws IOException {
    try (DiskWriter writer = faulty.create(FILE)) {
      writer.write(ByteBuffer.wrap("text".getBytes(java.nio.charset.StandardCharsets.UTF_8)));
      writer.sync();
    }
  }

  @Test
  void failsOnceAndThenNoMore() throws Exception {
    faulty.fail(Fault.NO_SPACE, 0, Times.ONCE);

    assertThatThrownBy(this::write)
        .isInstanceOf(FileSystemException.class)
        .hasMessage("/file: No space left on device");
    write();

    assertThat(faulty.failed()).contains("create /file");
    assertThat(faulty.operations(Fault.NO_SPACE)).isEqualTo(4);
    assertThat(faulty.operations(Fault.SHORT_WRITE)).isEqualTo(1);
  }

  @Test
  void failsForEverWhatTheErrorCanHit() throws Exception {
    write();
    faulty.fail(Fault.READ_ONLY, 0, Times.FOR_EVER);

    assertThatThrownBy(() -> faulty.delete(FILE)).hasMessageContaining("Read-only file system");
    assertThatThrownBy(() -> faulty.delete(FILE)).hasMessageContaining("Read-only file system");
    assertThat(faulty.names(Path.of("/"))).containsExactly("file");
    faulty.heal();
    faulty.delete(FILE);
  }

  @Test
  void hitsEachOperationOfARun() throws Exception {
    int runs = 0;
    do {
      faulty.heal();
      if (faulty.stat(FILE).isPresent()) {
        faulty.delete(FILE);
      }
      faulty.fail(Fault.IO_ERROR, runs, Times.ONCE);
      try {
        write();
        assertThat(faulty.failed()).isEmpty();
      } catch (IOException e) {
        assertThat(e).hasMessageContaining("Input/output error");
        assertThat(faulty.failed()).isPresent();
      }
      runs++;
    } while (faulty.failed().isPresent());

    assertThat(runs).isEqualTo(4);
  }

  @Test
  void writesAPartAndFails() throws Exception {
    faulty.fail(Fault.SHORT_WRITE, 0, Times.ONCE);

    assertThatThrownBy(this::write).isInstanceOf(IOException.class);

    assertThat(faulty.stat(FILE).orElseThrow().size()).isEqualTo(2);
  }

  @Test
  void doesItAndDeniesIt() throws Exception {
    write();
    faulty.fail(Fault.UNSEEN_SUCCESS, 0, Times.ONCE);

    assertThatThrownBy(() -> faulty.link(FILE, Path.of("/b"))).hasMessage("/b: Input/output error");

    assertThat(faulty.stat(Path.of("/b"))).isPresent();
  }

  @Test
  void runsOutOfDescriptorsOnlyWhereOneIsNeeded() throws Exception {
    write();
    faulty.fail(Fault.NO_DESCRIPTORS, 0, Times.FOR_EVER);

    assertThatThrownBy(() -> faulty.open(FILE)).isInstanceOf(FileSystemException.class);
    assertThatThrownBy(() -> faulty.syncDirectory(Path.of("/")))
        .isInstanceOf(FileSystemException.class);
    faulty.link(FILE, Path.of("/b"));
    assertThat(faulty.stat(FILE)).isPresent();
  }
}
