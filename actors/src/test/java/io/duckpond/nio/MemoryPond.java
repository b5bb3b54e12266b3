package io.duckpond.nio;

import com.typesafe.config.ConfigFactory;
import io.duckpond.CommitInfo;
import io.duckpond.Pond;
import io.duckpond.PondSettings;
import io.duckpond.harness.MemoryDisk;
import io.duckpond.journal.disk.Machine;
import java.io.IOException;
import java.nio.file.FileSystem;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicLong;

/** A pond on a disk in memory, and its file system. */
final class MemoryPond implements AutoCloseable {
  private static final AtomicLong NUMBER = new AtomicLong();

  private final Path folder = Path.of("/memory/pond-" + NUMBER.incrementAndGet());
  private final Machine machine = Machine.with(new MemoryDisk());
  private final PondSettings settings;
  private Pond pond;
  private FileSystem fileSystem;

  MemoryPond() throws IOException {
    this("");
  }

  /** The same with settings beside the usual ones. */
  MemoryPond(String overrides) throws IOException {
    this.settings =
        PondSettings.from(ConfigFactory.parseString(overrides).withFallback(ConfigFactory.load()));
    this.pond = Pond.create(machine, folder, settings, CommitInfo.NONE);
    this.fileSystem = PondFileSystems.of(pond);
  }

  Pond pond() {
    return pond;
  }

  FileSystem fileSystem() {
    return fileSystem;
  }

  Path path(String text) {
    return fileSystem.getPath(text);
  }

  Machine machine() {
    return machine;
  }

  void restart() throws IOException {
    close();
    pond = Pond.open(machine, folder, settings);
    fileSystem = PondFileSystems.of(pond);
  }

  @Override
  public void close() throws IOException {
    fileSystem.close();
    pond.close();
  }
}
