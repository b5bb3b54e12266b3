package io.duckpond.host;

import io.duckpond.journal.disk.Disk;
import io.duckpond.journal.disk.DiskReader;
import io.duckpond.journal.disk.Sha256;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.security.MessageDigest;

/** Digests of host files, to compare them with what a pond holds. */
final class HostDigest {
  private static final int BUFFER = 1 << 18;

  private HostDigest() {}

  /** Reads all of {@code file} and returns its digest. */
  static Sha256 of(Disk disk, Path file) throws IOException {
    MessageDigest digest = Sha256.digest();
    ByteBuffer buffer = ByteBuffer.allocate(BUFFER);
    long position = 0;
    try (DiskReader reader = disk.open(file)) {
      for (int read = reader.read(buffer, 0); read >= 0; read = reader.read(buffer, position)) {
        position += read;
        digest.update(buffer.flip());
        buffer.clear();
      }
    }
    return Sha256.from(digest.digest());
  }
}
