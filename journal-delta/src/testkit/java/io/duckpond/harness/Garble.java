package io.duckpond.harness;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Random;

/** Sound bytes made unsound, as fuzzers do it: mostly near to what is sound. */
public final class Garble {
  private static final int[] NUMBERS = {
    -1, Integer.MIN_VALUE, Integer.MAX_VALUE, 0, 1, 7, 255, 65_535, 1 << 20, 1 << 28
  };

  private Garble() {}

  /** Returns other bytes than {@code sound}, or by chance the same. */
  public static byte[] bytes(Random random, byte[] sound) {
    byte[] bytes = sound.clone();
    for (int changes = random.nextInt(4); changes >= 0; changes--) {
      bytes = changed(random, bytes);
    }
    return bytes;
  }

  private static byte[] changed(Random random, byte[] bytes) {
    int length = bytes.length;
    if (length < 8) {
      byte[] noise = new byte[random.nextInt(64)];
      random.nextBytes(noise);
      return noise;
    }
    switch (random.nextInt(8)) {
      case 0 -> {
        return Arrays.copyOf(bytes, random.nextInt(length));
      }
      case 1 -> {
        return Arrays.copyOf(bytes, length + random.nextInt(64));
      }
      case 2 -> {
        // A number that means something to whoever reads one there.
        int at = random.nextInt(length / 4) * 4;
        int number = NUMBERS[random.nextInt(NUMBERS.length)];
        ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).putInt(at, number);
      }
      case 3 -> {
        int from = random.nextInt(length);
        int to = random.nextInt(length);
        int count = Math.min(random.nextInt(64), length - Math.max(from, to));
        System.arraycopy(bytes, from, bytes, to, count);
      }
      case 4 -> bytes[random.nextInt(length)] = (byte) random.nextInt();
      default -> bytes[random.nextInt(length)] ^= (byte) (1 << random.nextInt(8));
    }
    return bytes;
  }
}
