package io.duckpond.journal.table;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Arrays;
import java.util.Base64;
import java.util.Collection;
import java.util.Optional;

/**
 * A Bloom filter of partition ids, small enough to stand in the log beside its file's name.
 *
 * <p>Stored as base64 of one byte, the number of probes, and up to 2 KiB of bits. Probe {@code i}
 * is bit {@code (h1 + i * h2) mod bits} (unsigned), where {@code h1} is the mixed 64-bit FNV-1a
 * hash of the id in UTF-8 and {@code h2} the mix of {@code h1} plus the golden ratio, made odd.
 */
public final class PartIdFilter {
  private static final int MAX_BYTES = 2048;
  private static final int BITS_PER_ID = 24;
  private static final int PROBES = 12;
  // The probes of an id are a progression: in a few bits, or a power of two, those of several ids
  // meet often, and a wrong yes makes a partition unreadable when a file is damaged that does not
  // concern it. One id is also both ends of the range of keys, which says no to all others.
  private static final int LEAST_BYTES = 61;
  private static final int BYTES_FOR_ONE = 8;
  // With fewer bits an id than this, half of all probes answer yes: not worth its bytes.
  private static final int LEAST_BITS_PER_ID = 2;

  private final byte[] bits;
  private final int probes;

  private PartIdFilter(byte[] bits, int probes) {
    this.bits = bits;
    this.probes = probes;
  }

  /** Returns the filter of {@code ids}; empty if there are too many for one. */
  static Optional<PartIdFilter> of(Collection<String> ids) {
    if ((long) ids.size() * LEAST_BITS_PER_ID > MAX_BYTES * 8L) {
      return Optional.empty();
    }
    int least = ids.size() > 1 ? LEAST_BYTES : BYTES_FOR_ONE;
    int bytes = Math.max(least, Math.min(MAX_BYTES, (ids.size() * BITS_PER_ID + 7) / 8));
    int bitsPerId = bytes * 8 / Math.max(1, ids.size());
    int probes = Math.max(1, Math.min(PROBES, bitsPerId * 7 / 10));
    PartIdFilter filter = new PartIdFilter(new byte[bytes], probes);
    ids.forEach(filter::add);
    return Optional.of(filter);
  }

  /** Returns the filter stored as {@code text}; empty if it is not one, which prunes nothing. */
  static Optional<PartIdFilter> parse(String text) {
    try {
      byte[] stored = Base64.getDecoder().decode(text);
      if (stored.length < 2 || stored[0] <= 0) {
        return Optional.empty();
      }
      byte[] bits = Arrays.copyOfRange(stored, 1, stored.length);
      return Optional.of(new PartIdFilter(bits, stored[0]));
    } catch (IllegalArgumentException e) {
      return Optional.empty(); // only a hint is lost; the trailer guards its bytes
    }
  }

  /** Returns the stored form. */
  String format() {
    byte[] stored = new byte[bits.length + 1];
    stored[0] = (byte) probes;
    System.arraycopy(bits, 0, stored, 1, bits.length);
    return Base64.getEncoder().encodeToString(stored);
  }

  /** Returns false only if {@code id} was surely not put in. */
  boolean mayContain(String id) {
    long first = hash(id);
    long step = mix(first + 0x9E3779B97F4A7C15L) | 1;
    for (int i = 0; i < probes; i++) {
      int bit = bit(first + i * step);
      if ((bits[bit >> 3] & 1 << (bit & 7)) == 0) {
        return false;
      }
    }
    return true;
  }

  private void add(String id) {
    long first = hash(id);
    long step = mix(first + 0x9E3779B97F4A7C15L) | 1;
    for (int i = 0; i < probes; i++) {
      int bit = bit(first + i * step);
      bits[bit >> 3] |= (byte) (1 << (bit & 7));
    }
  }

  private int bit(long hash) {
    return (int) Long.remainderUnsigned(hash, bits.length * 8L);
  }

  private static long hash(String id) {
    long hash = 0xCBF29CE484222325L;
    for (byte b : id.getBytes(UTF_8)) {
      hash = (hash ^ (b & 0xFF)) * 0x100000001B3L;
    }
    return mix(hash);
  }

  private static long mix(long value) {
    long mixed = (value ^ (value >>> 33)) * 0xFF51AFD7ED558CCDL;
    mixed = (mixed ^ (mixed >>> 33)) * 0xC4CEB9FE1A85EC53L;
    return mixed ^ (mixed >>> 33);
  }
}
