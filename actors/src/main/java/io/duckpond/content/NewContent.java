package io.duckpond.content;

import io.duckpond.journal.disk.Sha256;
import org.apache.pekko.util.ByteString;

/** Bytes taken in, hashed, and durable once the transaction that names them is. */
public sealed interface NewContent {

  /** Returns the number of bytes. */
  long size();

  /** Returns the digest of all of them. */
  Sha256 sha256();

  /** Bytes that go into the log. */
  record Small(ByteString bytes, Sha256 sha256) implements NewContent {
    @Override
    public long size() {
      return bytes.length();
    }
  }

  /**
   * Bytes that stand in {@code contents/} under their digest.
   *
   * @param blocks digest of the file of block digests beside it
   */
  record Large(long size, Sha256 sha256, Sha256 blocks) implements NewContent {}
}
