package io.duckpond.content;

import io.duckpond.journal.disk.Disk;
import io.duckpond.journal.disk.Sha256;
import java.nio.file.Path;
import java.security.MessageDigest;

/** Takes one large content into {@code contents/}: its bytes, and the digests of its blocks. */
final class ContentWriter implements AutoCloseable {
  private final Disk disk;
  private final ContentFolder folder;
  private final MessageDigest whole = Sha256.digest();
  private final Draft content;

  ContentWriter(Disk disk, ContentFolder folder) {
    this.disk = disk;
    this.folder = folder;
    this.content = new Draft(disk, folder);
  }

  /** Adds the next bytes; all calls but the last must bring whole blocks. */
  void add(byte[] buffer, int length) {
    whole.update(buffer, 0, length);
    content.write(buffer, length);
  }

  /** Returns what was written; its bytes are durable, its names not yet. */
  NewContent.Large finish() {
    Sha256 sha256 = Sha256.from(whole.digest());
    BlockDigests digests = content.digests();
    Path file = folder.fileOf(sha256);
    // The digests first: whoever finds a content finds them too.
    try (Draft blocks = new Draft(disk, folder)) {
      byte[] bytes = digests.bytes();
      blocks.write(bytes, bytes.length);
      blocks.publish(folder.blocksOf(sha256));
    }
    content.publish(file);
    return new NewContent.Large(content.size(), sha256, digests.sha256());
  }

  @Override
  public void close() {
    content.close();
  }
}
