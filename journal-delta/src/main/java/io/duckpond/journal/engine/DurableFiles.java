package io.duckpond.journal.engine;

import io.duckpond.journal.disk.Disk;
import io.duckpond.journal.disk.DiskReader;
import io.duckpond.journal.disk.Machine;
import io.duckpond.journal.disk.Sha256;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.MessageDigest;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Whole files, written so that a name never stands for half of one. */
public final class DurableFiles {
  private static final Logger LOG = LoggerFactory.getLogger(DurableFiles.class);

  private DurableFiles() {}

  /** Writes the bytes of a file. */
  @FunctionalInterface
  public interface Body {
    /** Writes to {@code out}, which the caller syncs and closes. */
    void writeTo(DiskOutput out) throws IOException;
  }

  /**
   * Writes a temporary file, syncs it, gives it its name and syncs the directory. If {@code
   * overwrite} is false and the name is taken, fails with {@link
   * java.nio.file.FileAlreadyExistsException} and leaves what is there.
   *
   * @return the digest of what was written
   */
  public static Sha256 publish(Machine machine, Path file, boolean overwrite, Body body)
      throws IOException {
    Disk disk = machine.disk();
    Path temporary = temporaryFor(machine, file);
    Sha256 digest;
    try {
      try (DiskOutput out = DiskOutput.create(disk, temporary)) {
        body.writeTo(out);
        digest = out.digest();
        out.sync();
      }
      if (overwrite) {
        disk.rename(temporary, file);
      } else {
        disk.link(temporary, file);
      }
    } catch (IOException | RuntimeException e) {
      discard(disk, temporary, e);
      throw e;
    }
    if (!overwrite) {
      try {
        disk.delete(temporary);
      } catch (IOException e) {
        // The file has its name; what remains is litter, and no reason to deny that.
        LOG.warn("cannot remove [{}]: {}", temporary, e.getMessage());
      }
    }
    disk.syncDirectory(parentOf(file));
    return digest;
  }

  /** Returns a fresh name beside {@code file} that no reader of the table takes for one of it. */
  public static Path temporaryFor(Machine machine, Path file) {
    return file.resolveSibling("." + file.getFileName() + "." + machine.uuid() + ".tmp");
  }

  /** Removes a file that did not come to be; a second failure goes along with the first. */
  public static void discard(Disk disk, Path file, Exception failure) {
    try {
      disk.delete(file);
    } catch (NoSuchFileException gone) {
      return; // it never came to be
    } catch (IOException e) {
      failure.addSuppressed(e);
    }
  }

  /** Returns all bytes of a file of less than 2 GiB. */
  public static byte[] readAll(Disk disk, Path file) throws IOException {
    try (DiskReader reader = disk.open(file)) {
      ByteBuffer bytes = ByteBuffer.allocate(Math.toIntExact(reader.size()));
      while (bytes.hasRemaining()) {
        if (reader.read(bytes, bytes.position()) < 0) {
          throw new EOFException(file + " ends at byte " + bytes.position());
        }
      }
      return bytes.array();
    }
  }

  /** Returns the digest of all bytes of a file of any size. */
  public static Sha256 digest(Disk disk, Path file) throws IOException {
    MessageDigest digest = Sha256.digest();
    ByteBuffer window = ByteBuffer.allocate(1 << 16);
    try (DiskReader reader = disk.open(file)) {
      long position = 0;
      for (int read = 0; read >= 0; read = reader.read(window.clear(), position)) {
        digest.update(window.flip());
        position += read;
      }
    }
    return Sha256.from(digest.digest());
  }

  static Path parentOf(Path file) {
    Path parent = file.getParent();
    if (parent == null) {
      throw new IllegalArgumentException("not a file: " + file);
    }
    return parent;
  }
}
