package io.duckpond.journal.check;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.duckpond.journal.disk.Disk;
import io.duckpond.journal.disk.DiskReader;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;

/** Tells an entry that was cut off from one in which something was changed. */
final class EntryDamage {
  /** More than the last line of an entry ever has. */
  private static final int TAIL = 1024;

  private EntryDamage() {}

  static FindingKind kind(Disk disk, Path entry) {
    try {
      return endsInATrailer(disk, entry) ? FindingKind.FLIPPED : FindingKind.TORN;
    } catch (IOException e) {
      return FindingKind.FLIPPED; // it was read a moment ago, and was wrong: that is what counts
    }
  }

  private static boolean endsInATrailer(Disk disk, Path entry) throws IOException {
    try (DiskReader reader = disk.open(entry)) {
      long size = reader.size();
      ByteBuffer bytes = ByteBuffer.allocate((int) Math.min(TAIL, size));
      long start = size - bytes.capacity();
      while (bytes.hasRemaining() && reader.read(bytes, start + bytes.position()) > 0) {
        // until it is full, or the file ends
      }
      String tail = new String(bytes.array(), 0, bytes.position(), UTF_8);
      int line = tail.lastIndexOf('\n', tail.length() - 2);
      return tail.endsWith("}}\n") && tail.startsWith("{\"io.duckpond.trailer\":", line + 1);
    }
  }
}
