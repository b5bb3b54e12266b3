package io.duckpond.journal.table;

import io.duckpond.journal.disk.Sha256;

/**
 * The end of a data file, with its indexes, bloom filters and footer. Parquet's page checksums do
 * not guard it, and a flipped bit in it could hide records from a scan.
 *
 * @param offset where it begins, in bytes
 * @param sha256 of the bytes from there to the end of the file
 */
public record FileTail(long offset, Sha256 sha256) {

  /** Returns the stored form. */
  String format() {
    return offset + ":" + sha256.hex();
  }

  static FileTail parse(String stored) {
    int colon = stored.indexOf(':');
    return new FileTail(
        Long.parseLong(stored.substring(0, colon)), Sha256.parse(stored.substring(colon + 1)));
  }
}
