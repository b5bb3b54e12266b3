package io.duckpond.content;

import io.duckpond.journal.disk.Disk;
import io.duckpond.journal.disk.DiskReader;
import io.duckpond.journal.disk.JournalException;
import io.duckpond.journal.disk.Sha256;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Path;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.apache.pekko.util.ByteString;

/**
 * The folder {@code contents/}: large contents as plain files named by their SHA-256, each with the
 * digests of its 1 MiB blocks beside it. Equal contents are one file. Any thread.
 *
 * <p>A disk that fails to write or read is a {@link JournalException}; only what {@code in} throws
 * comes out of {@link #take} as an {@link IOException}.
 */
public final class ContentStore {
  private static final int MAX_INLINE_LIMIT = 1 << 30;

  private final Disk disk;
  private final ContentFolder folder;
  private final int inlineLimit;
  private final int bufferBytes;
  private final ConcurrentLinkedQueue<byte[]> buffers = new ConcurrentLinkedQueue<>();

  /** A store in {@code directory}, which is created when the first large content arrives. */
  public ContentStore(Disk disk, Path directory, long inlineLimit) {
    if (inlineLimit < 0 || inlineLimit > MAX_INLINE_LIMIT) {
      throw new IllegalArgumentException("not an inline limit of 0 to 1 GiB: " + inlineLimit);
    }
    this.disk = disk;
    this.folder = new ContentFolder(disk, directory);
    this.inlineLimit = (int) inlineLimit;
    // Whole blocks, and one byte more than the limit, so that one fill tells small from large.
    this.bufferBytes = (this.inlineLimit / BlockDigests.BLOCK + 1) * BlockDigests.BLOCK;
  }

  /**
   * Reads {@code in} to its end: up to the inline limit it comes back as bytes, beyond it is
   * written to a file with bounded memory. The file's bytes are synced on return, its name only
   * after {@link #sync}.
   */
  public NewContent take(InputStream in) throws IOException {
    byte[] pooled = buffers.poll();
    byte[] buffer = pooled == null ? new byte[bufferBytes] : pooled;
    try {
      int filled = in.readNBytes(buffer, 0, buffer.length);
      if (filled <= inlineLimit) {
        byte[] bytes = Arrays.copyOf(buffer, filled);
        return new NewContent.Small(ByteString.fromArrayUnsafe(bytes), Sha256.of(bytes));
      }
      try (ContentWriter writer = new ContentWriter(disk, folder)) {
        while (filled > 0) {
          writer.add(buffer, filled);
          filled = filled < buffer.length ? 0 : in.readNBytes(buffer, 0, buffer.length);
        }
        return writer.finish();
      }
    } finally {
      buffers.add(buffer);
    }
  }

  /** Makes the names of all contents taken so far durable; called before a commit. */
  public void sync() throws IOException {
    folder.sync();
  }

  /**
   * Opens a large content; each block is checked before any of its bytes is handed out. Damage or
   * absence is a {@code DamageException} that names {@code path}, expected and found. What is
   * skipped is neither read nor checked.
   */
  public InputStream open(Sha256 sha256, Sha256 blocks, long size, String path) throws IOException {
    BlockDigests digests = readDigests(folder.blocksOf(sha256), blocks, size, path);
    StoredFile content = new StoredFile(folder.fileOf(sha256), size, path);
    return new CheckedInput(content, content.open(disk), digests);
  }

  /** Reads every byte of a content and checks it; for {@code restore --verify}. */
  public void verify(Sha256 sha256, Sha256 blocks, long size, String path) throws IOException {
    MessageDigest digest = Sha256.digest();
    OutputStream whole = new DigestOutputStream(OutputStream.nullOutputStream(), digest);
    try (InputStream in = open(sha256, blocks, size, path)) {
      in.transferTo(whole);
    }
    Sha256 found = Sha256.from(digest.digest());
    if (!found.equals(sha256)) {
      throw new StoredFile(folder.fileOf(sha256), size, path).damage("digest", sha256, found);
    }
  }

  private BlockDigests readDigests(Path file, Sha256 expected, long size, String path)
      throws IOException {
    StoredFile stored = new StoredFile(file, BlockDigests.bytesFor(size), path);
    byte[] bytes = new byte[Math.toIntExact(stored.size())];
    try (DiskReader reader = stored.open(disk)) {
      stored.readFully(reader, bytes, bytes.length, 0);
    }
    BlockDigests digests = new BlockDigests(bytes);
    if (!digests.sha256().equals(expected)) {
      throw stored.damage("digest", expected, digests.sha256());
    }
    return digests;
  }
}
