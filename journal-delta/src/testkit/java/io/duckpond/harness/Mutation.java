package io.duckpond.harness;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.Predicate;

/**
 * One damage to one file, or to two that are exchanged, as rotten bytes, a torn write, a wrong
 * restore from a backup or a careless hand make it.
 *
 * @param kind what was done, in a word or two
 * @param files what it was done to
 * @param detail where, and what was there before
 */
public record Mutation(Kind kind, List<Path> files, String detail) {
  private static final int[] BLOCKS = {1, 8, 64, 512, 4096};

  /** What can be done to a file. */
  public enum Kind {
    FLIP,
    ZERO,
    RANDOM,
    DELETE_BLOCK,
    DUPLICATE_BLOCK,
    SWAP_BLOCKS,
    TRUNCATE,
    TRUNCATE_AT_LINE,
    EMPTY,
    APPEND,
    EXCHANGE,
    OLDER,
    DELETE
  }

  /**
   * Damages one file of {@code disk}, chosen and changed at random.
   *
   * @param targets files to choose from
   * @param older states of the whole disk before the present one
   */
  public static Mutation apply(
      Random random, MemoryDisk disk, List<Path> targets, List<MemoryDisk> older)
      throws IOException {
    while (true) {
      Path file = targets.get(random.nextInt(targets.size()));
      // Every second one is a flipped bit: the smallest damage is the hardest to find.
      Kind[] kinds = Kind.values();
      Kind kind = random.nextBoolean() ? Kind.FLIP : kinds[random.nextInt(kinds.length)];
      byte[] before = disk.bytes(file);
      List<Path> files = new ArrayList<>(List.of(file));
      if (kind == Kind.EXCHANGE) {
        List<Path> others = targets.stream().filter(alike(file)).toList();
        if (others.isEmpty()) {
          continue;
        }
        files.add(others.get(random.nextInt(others.size())));
      }
      String detail = change(kind, random, disk, files, before, older);
      boolean gone = disk.stat(file).isEmpty();
      if (gone || !Arrays.equals(disk.bytes(file), before)) {
        return new Mutation(kind, List.copyOf(files), detail + " of " + before.length + " bytes");
      }
    }
  }

  private static String change(
      Kind kind,
      Random random,
      MemoryDisk disk,
      List<Path> files,
      byte[] bytes,
      List<MemoryDisk> older)
      throws IOException {
    Path file = files.get(0);
    int length = bytes.length;
    switch (kind) {
      case DELETE -> {
        disk.delete(file);
        return "all";
      }
      case EMPTY -> {
        disk.put(file, new byte[0]);
        return "all";
      }
      case APPEND -> {
        byte[] more = new byte[1 + random.nextInt(100)];
        random.nextBytes(more);
        disk.put(file, concat(bytes, more));
        return more.length + " bytes at the end";
      }
      case EXCHANGE -> {
        Path other = files.get(1);
        disk.put(file, disk.bytes(other));
        disk.put(other, bytes);
        return "with each other, the first";
      }
      case OLDER -> {
        if (!older.isEmpty()) {
          MemoryDisk state = older.get(random.nextInt(older.size()));
          if (state.stat(file).isPresent()) {
            disk.put(file, state.bytes(file));
          }
        }
        return "an older state";
      }
      case TRUNCATE -> {
        int to = length == 0 ? 0 : random.nextInt(length);
        disk.put(file, Arrays.copyOf(bytes, to));
        return "to " + to;
      }
      case TRUNCATE_AT_LINE -> {
        int to = length == 0 ? 0 : random.nextInt(length);
        while (to > 0 && bytes[to - 1] != '\n') {
          to--;
        }
        disk.put(file, Arrays.copyOf(bytes, to));
        return "to " + to;
      }
      default -> {
        return length == 0 ? "nothing" : changeBlock(kind, random, disk, file, bytes);
      }
    }
  }

  private static String changeBlock(
      Kind kind, Random random, MemoryDisk disk, Path file, byte[] bytes) {
    int size = Math.min(bytes.length, BLOCKS[random.nextInt(BLOCKS.length)]);
    int at = random.nextInt(bytes.length - size + 1);
    int other = random.nextInt(bytes.length - size + 1);
    byte[] block = Arrays.copyOfRange(bytes, at, at + size);
    byte[] changed = bytes.clone();
    switch (kind) {
      case FLIP -> {
        int bit = random.nextInt(8);
        at = random.nextInt(bytes.length);
        changed[at] ^= (byte) (1 << bit);
        disk.put(file, changed);
        return "bit " + bit + " of byte " + at;
      }
      case ZERO -> Arrays.fill(changed, at, at + size, (byte) 0);
      case RANDOM -> {
        byte[] noise = new byte[size];
        random.nextBytes(noise);
        System.arraycopy(noise, 0, changed, at, size);
      }
      case SWAP_BLOCKS -> {
        System.arraycopy(bytes, other, changed, at, size);
        System.arraycopy(block, 0, changed, other, size);
      }
      case DELETE_BLOCK ->
          changed =
              concat(Arrays.copyOf(bytes, at), Arrays.copyOfRange(bytes, at + size, bytes.length));
      case DUPLICATE_BLOCK ->
          changed =
              concat(
                  concat(Arrays.copyOf(bytes, at + size), block),
                  Arrays.copyOfRange(bytes, at + size, bytes.length));
      default -> throw new IllegalStateException("no block: " + kind);
    }
    disk.put(file, changed);
    return size + " bytes at " + at;
  }

  /** Returns whether a file is of the same kind: of the same ending, and not far away. */
  private static Predicate<Path> alike(Path file) {
    return other ->
        !other.equals(file)
            && ending(other).equals(ending(file))
            && (above(other, 1).equals(above(file, 1)) || above(other, 2).equals(above(file, 2)));
  }

  private static Path above(Path file, int levels) {
    return file.resolve("../".repeat(levels)).normalize();
  }

  private static String ending(Path file) {
    String name = String.valueOf(file.getFileName());
    return name.substring(Math.max(0, name.lastIndexOf('.')));
  }

  private static byte[] concat(byte[] first, byte[] second) {
    byte[] both = Arrays.copyOf(first, first.length + second.length);
    System.arraycopy(second, 0, both, first.length, second.length);
    return both;
  }
}
