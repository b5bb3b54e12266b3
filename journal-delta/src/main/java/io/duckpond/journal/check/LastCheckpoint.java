package io.duckpond.journal.check;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.duckpond.journal.disk.Disk;
import io.duckpond.journal.disk.DiskReader;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** The hint at the newest checkpoint. Reading goes well without it, only slower. */
final class LastCheckpoint {
  /** A hint has some hundred bytes; one of megabytes is none. */
  private static final int LONGEST = 1 << 16;

  private static final ObjectMapper JSON = new ObjectMapper();

  private LastCheckpoint() {}

  /** Returns whether there is one that is wrong. */
  static boolean check(Disk disk, Path table, FolderListing listing, Findings findings)
      throws IOException {
    if (!listing.logOthers().contains(FolderListing.LAST_CHECKPOINT)) {
      return false;
    }
    String name = FolderListing.LOG + "/" + FolderListing.LAST_CHECKPOINT;
    try {
      long version = version(read(disk, table.resolve(name)));
      if (version < 0) {
        bad(findings, name, "a JSON object with the version of a checkpoint", "something else");
        return true;
      }
      if (!listing.checkpoints().containsKey(version)) {
        bad(
            findings,
            name,
            "the version of a checkpoint",
            version + String.format(", but no %020d.checkpoint.parquet", version));
        return true;
      }
    } catch (NoSuchFileException e) {
      return false; // replaced meanwhile
    } catch (IOException e) {
      findings.unreadable(name, e);
    }
    return false;
  }

  private static void bad(Findings findings, String name, String expected, String found) {
    findings.damage(FindingKind.BAD_LAST_CHECKPOINT, name, expected, found, Findings.SET_ASIDE);
  }

  private static byte[] read(Disk disk, Path file) throws IOException {
    try (DiskReader reader = disk.open(file)) {
      ByteBuffer bytes = ByteBuffer.allocate((int) Math.min(LONGEST, reader.size()));
      while (bytes.hasRemaining() && reader.read(bytes, bytes.position()) > 0) {
        // until it is full, or the file ends
      }
      return bytes.array();
    }
  }

  private static long version(byte[] bytes) throws IOException {
    try {
      JsonNode hint = JSON.readTree(bytes);
      JsonNode version = hint.path("version");
      return version.isIntegralNumber() ? version.asLong() : -1;
    } catch (JsonProcessingException e) {
      return -1;
    }
  }
}
