package io.duckpond.content;

import io.duckpond.journal.disk.Disk;
import io.duckpond.journal.disk.DiskReader;
import io.duckpond.journal.disk.Sha256;
import java.security.MessageDigest;
import java.util.concurrent.Executor;

/**
 * Takes one large content into {@code contents/}: its bytes, and the digests of its blocks. First
 * filled by one thread, then published by any.
 */
final class ContentWriter implements AutoCloseable {
  private final Disk disk;
  private final ContentFolder folder;
  private final Executor helpers;
  private final MessageDigest whole = Sha256.digest();
  private final BlockDigests.Builder blocks = new BlockDigests.Builder();
  private final Draft content;
  private Sha256 sha256 = Sha256.of(new byte[0]);
  private BlockDigests digests = BlockDigests.ofOneBlock(sha256);

  ContentWriter(Disk disk, ContentFolder folder, Executor helpers) {
    this.disk = disk;
    this.folder = folder;
    this.helpers = helpers;
    this.content = new Draft(disk, folder);
  }

  /** Adds the next bytes; all calls but the last must bring whole blocks. */
  void add(byte[] buffer, int length) {
    if (content.size() == 0 && length < BlockDigests.BLOCK) {
      addHere(buffer, length); // its only block, whose digest is that of the whole
      return;
    }
    // The two digests take most of the time, so somebody else may compute one of them.
    Errand digest = new Errand("digests", () -> blocks.add(buffer, length));
    digest.start(helpers);
    try {
      addHere(buffer, length);
    } finally {
      digest.await();
    }
  }

  private void addHere(byte[] buffer, int length) {
    whole.update(buffer, 0, length);
    content.write(buffer, length);
  }

  /** Returns what was written, which is all; nothing of it is durable yet. */
  NewContent.Large finish() {
    sha256 = Sha256.from(whole.digest());
    digests =
        BlockDigests.areStored(content.size()) ? blocks.build() : BlockDigests.ofOneBlock(sha256);
    return new NewContent.Large(content.size(), sha256, digests.sha256());
  }

  /** Opens what was written. */
  DiskReader open() {
    return content.open();
  }

  /** Makes the bytes durable and gives them their names; may be tried again if that fails. */
  void publish() {
    if (BlockDigests.areStored(content.size())) {
      // The digests first: whoever finds a content finds them too.
      try (Draft draft = new Draft(disk, folder)) {
        byte[] bytes = digests.bytes();
        draft.write(bytes, bytes.length);
        draft.publish(
            folder.blocksOf(sha256), new BlockDigests.Builder().add(bytes, bytes.length).build());
      }
    }
    content.publish(folder.fileOf(sha256), digests);
  }

  @Override
  public void close() {
    content.close();
  }
}
