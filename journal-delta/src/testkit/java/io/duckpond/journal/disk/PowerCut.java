package io.duckpond.journal.disk;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/**
 * What a power cut spares of all that was not synced: nothing, everything, or any part of it. Bytes
 * go by sectors: the end of a file may be missing, and what lies before it may be zeros.
 */
final class PowerCut {
  private static final int SECTOR = 512;

  private final RandomGenerator random;
  private final double spared;

  PowerCut(RandomGenerator seed) {
    // Neighbouring seeds of some generators begin alike.
    this.random = new SplittableRandom(seed.nextLong());
    this.spared =
        switch (random.nextInt(4)) {
          case 0 -> 0;
          case 1 -> 1;
          default -> random.nextDouble();
        };
  }

  /** Decides of one change whether it is spared. */
  boolean keeps() {
    return random.nextDouble() < spared;
  }

  /**
   * Returns what is left of a file's {@code size} bytes, the first {@code durable} of them surely.
   */
  byte[] bytes(byte[] bytes, int durable, int size) {
    if (durable == size) {
      return bytes.length == size ? bytes : Arrays.copyOf(bytes, size);
    }
    byte[] left = Arrays.copyOf(bytes, length(durable, size));
    for (int sector = durable - durable % SECTOR; sector < left.length; sector += SECTOR) {
      if (!keeps()) {
        int from = Math.max(sector, durable);
        Arrays.fill(left, from, Math.min(sector + SECTOR, left.length), (byte) 0);
      }
    }
    return left;
  }

  private int length(int durable, int size) {
    if (keeps()) {
      return size;
    }
    return spared == 0 ? durable : random.nextInt(durable, size + 1);
  }
}
