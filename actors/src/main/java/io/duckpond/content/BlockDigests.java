package io.duckpond.content;

import io.duckpond.journal.disk.Sha256;
import java.io.ByteArrayOutputStream;
import java.security.MessageDigest;
import java.util.Arrays;

/** The digests of a content's blocks, one after the other, as {@code <sha256>.blocks} has them. */
final class BlockDigests {

  /** Bytes of every block but the last. */
  static final int BLOCK = 1 << 20;

  private final byte[] digests;

  BlockDigests(byte[] digests) {
    this.digests = digests.clone();
  }

  /** Returns how many bytes the digests of a content of {@code size} bytes take. */
  static long bytesFor(long size) {
    return (size + BLOCK - 1) / BLOCK * Sha256.BYTES;
  }

  /** Returns the digest of all of them: what the log holds. */
  Sha256 sha256() {
    return Sha256.of(digests);
  }

  Sha256 of(long block) {
    int from = Math.toIntExact(block * Sha256.BYTES);
    return Sha256.from(Arrays.copyOfRange(digests, from, from + Sha256.BYTES));
  }

  byte[] bytes() {
    return digests.clone();
  }

  /** Computes them from the blocks in order. */
  static final class Builder {
    private final MessageDigest digest = Sha256.digest();
    private final ByteArrayOutputStream digests = new ByteArrayOutputStream();

    void add(byte[] buffer, int from, int length) {
      digest.update(buffer, from, length);
      digests.writeBytes(digest.digest());
    }

    BlockDigests build() {
      return new BlockDigests(digests.toByteArray());
    }
  }
}
