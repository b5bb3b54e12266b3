package io.duckpond.content;

import io.duckpond.journal.disk.DamageException;
import io.duckpond.journal.disk.Disk;
import io.duckpond.journal.disk.DiskReader;
import io.duckpond.journal.disk.JournalException;
import io.duckpond.journal.disk.SystemErrors;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A file of {@code contents/} on its way: written once under a temporary name, synced, then given
 * its name. Publishing may be tried again after a failure. Closing it removes the temporary name.
 */
final class Draft implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Draft.class);

  private final Disk disk;
  private final ContentFolder folder;
  private ContentFolder.Temporary draft;
  private Durability durability = Durability.NOT_SYNCED;
  private boolean open = true;

  private enum Durability {
    NOT_SYNCED,
    SYNCED,
    /** A sync has failed: the bytes that can be read back may never reach the disk. */
    DOUBTFUL
  }

  Draft(Disk disk, ContentFolder folder) {
    this.disk = disk;
    this.folder = folder;
    try {
      this.draft = folder.createTemporary();
    } catch (IOException e) {
      throw failure(folder.directory(), e);
    }
  }

  void write(byte[] buffer, int length) {
    try {
      draft.writer().write(ByteBuffer.wrap(buffer, 0, length));
    } catch (IOException e) {
      throw failure(draft.file(), e);
    }
  }

  long size() {
    return draft.writer().position();
  }

  /** Opens what was written so far. */
  DiskReader open() {
    return ContentBytes.of(disk, new StoredFile(draft.file(), size(), draft.file().toString()));
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
        sync(digests);
        if (taken) {
          disk.rename(draft.file(), name);
        } else {
          link(name);
        }
      }
      folder.relyOn(name);
    } catch (IOException e) {
      throw failure(name, e);
    }
  }

  private void sync(BlockDigests digests) throws IOException {
    if (durability == Durability.SYNCED) {
      return;
    }
    if (durability == Durability.DOUBTFUL) {
      writeAnew(digests);
    }
    durability = Durability.DOUBTFUL;
    draft.writer().sync();
    durability = Durability.SYNCED;
  }

  /** Copies the bytes, which are checked, to another file: a sync that failed proves nothing. */
  private void writeAnew(BlockDigests digests) throws IOException {
    ContentFolder.Temporary doubtful = draft;
    StoredFile there = new StoredFile(doubtful.file(), size(), doubtful.file().toString());
    ContentFolder.Temporary copy = folder.createTemporary();
    try (DiskReader reader = there.open(disk);
        CheckedInput in = new CheckedInput(there, reader, digests)) {
      byte[] buffer = new byte[1 << 16];
      for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
        copy.writer().write(ByteBuffer.wrap(buffer, 0, read));
      }
    } catch (DamageException e) {
      remove(copy);
      throw JournalException.notStored(
          doubtful.file() + ": lost its bytes when it could not be synced; bring them again", e);
    } catch (IOException | RuntimeException e) {
      remove(copy);
      throw e;
    }
    draft = copy;
    remove(doubtful);
  }

  private void link(Path name) throws IOException {
    try {
      disk.link(draft.file(), name);
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
    return JournalException.notStored(
        "cannot write " + file + ": " + SystemErrors.message(cause), cause);
  }

  @Override
  public void close() {
    if (open) {
      open = false;
      remove(draft);
    }
  }

  /** What cannot be removed is litter, and no reason to deny what was done. */
  private void remove(ContentFolder.Temporary file) {
    try {
      file.writer().close();
      disk.delete(file.file());
    } catch (NoSuchFileException e) {
      return; // it has been renamed
    } catch (IOException e) {
      LOG.warn("cannot remove [{}]: {}", file.file(), e.getMessage());
    }
  }
}
