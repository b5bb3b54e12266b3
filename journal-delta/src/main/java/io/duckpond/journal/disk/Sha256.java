package io.duckpond.journal.disk;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** A SHA-256 digest as a value. */
public record Sha256(long first, long second, long third, long fourth) {

  /** Number of bytes of a digest. */
  public static final int BYTES = 32;

  /** The sum of no digests. */
  public static final Sha256 ZERO = new Sha256(0, 0, 0, 0);

  /** To find and make one costs as much as to digest some hundred bytes, which most are. */
  private static final ThreadLocal<MessageDigest> DIGEST = ThreadLocal.withInitial(Sha256::digest);

  /** Returns the digest held in 32 bytes. */
  public static Sha256 from(byte[] digest) {
    if (digest.length != BYTES) {
      throw new IllegalArgumentException("not a SHA-256 digest: " + digest.length + " bytes");
    }
    ByteBuffer buffer = ByteBuffer.wrap(digest);
    return new Sha256(buffer.getLong(), buffer.getLong(), buffer.getLong(), buffer.getLong());
  }

  /** Returns the digest written as 64 hexadecimal digits. */
  public static Sha256 parse(String hex) {
    return from(HexFormat.of().parseHex(hex));
  }

  /** Returns the digest of all of {@code bytes}. */
  public static Sha256 of(byte[] bytes) {
    return of(bytes, bytes.length);
  }

  /** Returns the digest of the first {@code length} of {@code bytes}. */
  public static Sha256 of(byte[] bytes, int length) {
    MessageDigest digest = DIGEST.get(); // as new: whoever updates it ends it at once
    digest.update(bytes, 0, length);
    return from(digest.digest());
  }

  /** Returns the sum of each of the four words by itself: of many digests, in whatever order. */
  public Sha256 plus(Sha256 other) {
    return new Sha256(
        first + other.first, second + other.second, third + other.third, fourth + other.fourth);
  }

  /** Returns the difference, likewise. */
  public Sha256 minus(Sha256 other) {
    return new Sha256(
        first - other.first, second - other.second, third - other.third, fourth - other.fourth);
  }

  /** Returns a fresh SHA-256 computation. */
  public static MessageDigest digest() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  /** Returns the 32 bytes. */
  public byte[] bytes() {
    return ByteBuffer.allocate(BYTES)
        .putLong(first)
        .putLong(second)
        .putLong(third)
        .putLong(fourth)
        .array();
  }

  /** Returns 64 lower-case hexadecimal digits. */
  public String hex() {
    return HexFormat.of().formatHex(bytes());
  }

  @Override
  public String toString() {
    return hex();
  }
}
