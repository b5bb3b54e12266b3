package io.duckpond.content;

import io.duckpond.journal.disk.DamageException;
import io.duckpond.journal.disk.Disk;
import io.duckpond.journal.disk.DiskReader;
import io.duckpond.journal.disk.DiskWriter;
import io.duckpond.journal.disk.JournalException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Path;

/**
 * A file of {@code contents/} on its way: written once under a temporary name, synced, then given
 * its name. Closing it removes the temporary name.
 */
final class Draft implements AutoCloseable {
  private final Disk disk;
  private final ContentFolder folder;
  private final Path temporary;
  private final DiskWriter writer;
  private boolean open = true;
  private boolean standing = true;

  Draft(Disk disk, ContentFolder folder) {
    this.disk = disk;
    this.folder = folder;
    try {
      ContentFolder.Temporary created = folder.createTemporary();
      this.temporary = created.file();
      this.writer = created.writer();
    } catch (IOException e) {
      throw failure(folder.directory(), e);
    }
  }

  void write(byte[] buffer, int length) {
    try {
      writer.write(ByteBuffer.wrap(buffer, 0, length));
    } catch (IOException e) {
      throw failure(temporary, e);
    }
  }

  long size() {
    return writer.position();
  }

  /**
   * Lets these bytes stand at {@code name}. An intact file of that name wins, and spares this one
   * the sync; a damaged one is replaced, which heals all history that refers to it.
   *
   * @param digests of what was written
   */
  void publish(Path name, BlockDigests digests) {
    try {
      folder.prepare(name);
      boolean taken = disk.stat(name).isPresent();
      if (!taken || !isIntact(name, digests)) {
        writer.sync();
        if (taken) {
          disk.rename(temporary, name);
          standing = false;
        } else {
          link(name);
        }
      }
      folder.relyOn(name);
    } catch (IOException e) {
      throw failure(name, e);
    }
  }

  private void link(Path name) throws IOException {
    try {
      disk.link(temporary, name);
    } catch (FileAlreadyExistsException e) {
      // Another thread or process has just put the same bytes there, synced as ours are.
      return;
    }
  }

  private boolean isIntact(Path name, BlockDigests digests) throws IOException {
    StoredFile there = new StoredFile(name, size(), name.toString());
    try (DiskReader reader = there.open(disk);
        CheckedInput in = new CheckedInput(there, reader, digests)) {
      in.readThrough();
      return true;
    } catch (DamageException e) {
      return false;
    }
  }

  private static JournalException failure(Path file, IOException cause) {
    return JournalException.notStored(file + ": cannot write: " + cause, cause);
  }

  @Override
  public void close() {
    try {
      if (open) {
        open = false;
        writer.close();
      }
      if (standing) {
        standing = false;
        disk.delete(temporary);
      }
    } catch (IOException e) {
      throw failure(temporary, e);
    }
  }
}
