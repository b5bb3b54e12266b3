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

  /** Returns whether a content of {@code size} bytes has them in a file of their own. */
  static boolean areStored(long size) {
    return size > BLOCK;
  }

  /** Returns those of a content of one block, which needs no file to hold them. */
  static BlockDigests ofOneBlock(Sha256 content) {
    return new BlockDigests(content.bytes());
  }

  /** Computes them from the blocks in order. */
  static final class Builder {
    private final MessageDigest digest = Sha256.digest();
    private final ByteArrayOutputStream digests = new ByteArrayOutputStream();

    /** Adds the next bytes; all calls but the last must bring whole blocks. */
    Builder add(byte[] buffer, int length) {
      for (int from = 0; from < length; from += BLOCK) {
        digest.update(buffer, from, Math.min(BLOCK, length - from));
        digests.writeBytes(digest.digest());
      }
      return this;
    }

    BlockDigests build() {
      return new BlockDigests(digests.toByteArray());
    }
  }
}
