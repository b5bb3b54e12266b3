package io.duckpond.content;

import io.duckpond.journal.disk.Disk;
import io.duckpond.journal.disk.DiskReader;
import io.duckpond.journal.disk.DiskWriter;
import io.duckpond.journal.disk.JournalException;
import io.duckpond.journal.disk.Sha256;
import io.duckpond.journal.disk.SystemErrors;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The contents that a process has taken in, for the process that collects: their digests, one after
 * the other, in a file beside the drafts. Nothing of it need survive a power cut, as whoever took
 * them does not. For one thread.
 */
final class TakenList implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(TakenList.class);

  private final Disk disk;
  private final ContentFolder folder;
  private Optional<ContentFolder.Temporary> file = Optional.empty();

  TakenList(Disk disk, ContentFolder folder) {
    this.disk = disk;
    this.folder = folder;
  }

  /**
   * Adds a content.
   *
   * @param before what is to be in the list if that has to begin anew, in another file
   */
  void add(Sha256 content, Iterable<Sha256> before) {
    try {
      if (file.isEmpty()) {
        file = Optional.of(folder.createTakenList());
        for (Sha256 each : before) {
          append(each);
        }
      }
      append(content);
    } catch (IOException e) {
      // Nobody knows how much of it was written: what would follow might be out of step.
      file.ifPresent(torn -> discard(torn.writer()));
      file = Optional.empty();
      throw JournalException.notStored(
          "cannot note in "
              + folder.directory()
              + " what is being taken in: "
              + SystemErrors.message(e),
          e);
    }
  }

  private void append(Sha256 content) throws IOException {
    file.orElseThrow().writer().write(ByteBuffer.wrap(content.bytes()));
  }

  private static void discard(DiskWriter torn) {
    try {
      torn.close();
    } catch (IOException e) {
      LOG.debug("a list of contents is left behind", e);
    }
  }

  /** Hands out what a process has noted so far; what it is just writing is not yet taken in. */
  static void read(Disk disk, Path file, Consumer<Sha256> sink) throws IOException {
    byte[] digest = new byte[Sha256.BYTES];
    ByteBuffer window = ByteBuffer.allocate(1 << 16);
    try (DiskReader reader = disk.open(file)) {
      long position = 0;
      while (fill(reader, window.clear(), position)) {
        window.flip();
        position += window.remaining() / Sha256.BYTES * (long) Sha256.BYTES;
        while (window.remaining() >= Sha256.BYTES) {
          window.get(digest);
          sink.accept(Sha256.from(Arrays.copyOf(digest, digest.length)));
        }
      }
    } catch (NoSuchFileException e) {
      LOG.debug("[{}] is gone: its process has ended", file);
    }
  }

  /** Returns whether there was a whole digest more. */
  private static boolean fill(DiskReader reader, ByteBuffer window, long position)
      throws IOException {
    int read = 0;
    while (window.hasRemaining() && read >= 0) {
      read = reader.read(window, position + window.position());
    }
    return window.position() >= Sha256.BYTES;
  }

  @Override
  public void close() {
    if (file.isEmpty()) {
      return;
    }
    try {
      file.get().writer().close();
      disk.delete(file.get().file());
    } catch (NoSuchFileException e) {
      LOG.debug("[{}] is gone already", file.get().file());
    } catch (IOException e) {
      LOG.debug("[{}] is left behind", file.get().file(), e);
    }
    file = Optional.empty();
  }
}
