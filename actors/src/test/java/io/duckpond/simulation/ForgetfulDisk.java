package io.duckpond.simulation;

import io.duckpond.journal.disk.Disk;
import io.duckpond.journal.disk.DiskWriter;
import io.duckpond.journal.disk.ForwardingDisk;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.function.Predicate;

/** A disk on which some syncs do nothing, as if whoever asks for them had forgotten to. */
final class ForgetfulDisk extends ForwardingDisk {
  private final Predicate<Path> forgotten;

  ForgetfulDisk(Disk disk, Predicate<Path> forgotten) {
    super(disk);
    this.forgotten = forgotten;
  }

  @Override
  public void syncDirectory(Path directory) throws IOException {
    if (!forgotten.test(directory)) {
      super.syncDirectory(directory);
    }
  }

  @Override
  public DiskWriter create(Path file) throws IOException {
    DiskWriter writer = super.create(file);
    return new DiskWriter() {
      @Override
      public void write(ByteBuffer bytes) throws IOException {
        writer.write(bytes);
      }

      @Override
      public long position() {
        return writer.position();
      }

      @Override
      public void sync() throws IOException {
        if (!forgotten.test(file)) {
          writer.sync();
        }
      }

      @Override
      public void close() throws IOException {
        writer.close();
      }
    };
  }
}
