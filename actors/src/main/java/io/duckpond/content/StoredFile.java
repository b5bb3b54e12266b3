package io.duckpond.content;

import io.duckpond.journal.disk.DamageException;
import io.duckpond.journal.disk.Disk;
import io.duckpond.journal.disk.DiskReader;
import io.duckpond.journal.disk.JournalException;
import io.duckpond.journal.disk.SystemErrors;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/**
 * A file of {@code contents/} as somebody expects it.
 *
 * @param size bytes it must have
 * @param path whose content it is, for messages
 */
record StoredFile(Path file, long size, String path) {

  /** Returns the same that stands elsewhere. */
  StoredFile at(Path elsewhere) {
    return new StoredFile(elsewhere, size, path);
  }

  /** Opens it; another size or absence is damage. */
  DiskReader open(Disk disk) {
    try {
      DiskReader reader = disk.open(file);
      try {
        long found = reader.size();
        if (found != size) {
          throw damage("size", size + " bytes", found + " bytes");
        }
        return reader;
      } catch (IOException | RuntimeException e) {
        reader.close();
        throw e;
      }
    } catch (NoSuchFileException e) {
      throw new DamageException(message("file", size + " bytes", "no file"), e);
    } catch (IOException e) {
      throw failure(e);
    }
  }

  /** Fills the first {@code length} bytes of {@code into} from {@code position}. */
  void readFully(DiskReader reader, byte[] into, int length, long position) {
    ByteBuffer buffer = ByteBuffer.wrap(into, 0, length);
    try {
      while (buffer.hasRemaining()) {
        if (reader.read(buffer, position + buffer.position()) < 0) {
          throw damage("size", size + " bytes", position + buffer.position() + " bytes");
        }
      }
    } catch (IOException e) {
      throw failure(e);
    }
  }

  DamageException damage(String what, Object expected, Object found) {
    return new DamageException(message(what, expected, found));
  }

  private String message(String what, Object expected, Object found) {
    return path
        + ": damaged: "
        + what
        + " of "
        + file
        + ": expected "
        + expected
        + ", found "
        + found;
  }

  JournalException failure(IOException cause) {
    return JournalException.notStored(
        path + ": cannot read its content: " + SystemErrors.message(cause), cause);
  }
}
