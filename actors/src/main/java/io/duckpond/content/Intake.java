package io.duckpond.content;

import io.duckpond.journal.disk.Sha256;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Optional;
import org.apache.pekko.util.ByteString;

/**
 * A content on its way in whose bringer adds it piece by piece, where {@link ContentStore#take}
 * would wait for him: up to the inline limit it becomes bytes, beyond it is written to a file with
 * bounded memory. For one thread at a time. Closed before it is finished, it leaves nothing.
 */
public final class Intake implements AutoCloseable {
  private final ContentStore store;
  private final byte[] buffer;
  private Optional<ContentWriter> writer = Optional.empty();
  private int filled;
  private boolean ended;
  private Optional<RuntimeException> failure = Optional.empty();

  Intake(ContentStore store, byte[] buffer) {
    this.store = store;
    this.buffer = buffer;
  }

  /** Adds the bytes that remain in {@code bytes}; may wait for the disk. A failure is final. */
  public void add(ByteBuffer bytes) {
    requireOpen();
    try {
      fill(bytes);
    } catch (RuntimeException e) {
      failure = Optional.of(e); // or the rest would be taken for the whole
      close();
      throw e;
    }
  }

  private void fill(ByteBuffer bytes) {
    while (bytes.hasRemaining()) {
      if (filled == buffer.length) {
        writeOut(); // only now, as the last piece alone may be less than whole blocks
      }
      int count = Math.min(bytes.remaining(), buffer.length - filled);
      bytes.get(buffer, filled, count);
      filled += count;
    }
  }

  private void writeOut() {
    ContentWriter open = writer.orElseGet(store::newWriter);
    writer = Optional.of(open);
    open.add(buffer, filled);
    filled = 0;
  }

  /** Ends the content. A large one is durable once it is taken, after {@link ContentStore#sync}. */
  public TakenContent finish() {
    requireOpen();
    if (writer.isEmpty() && filled <= store.inlineLimit()) {
      byte[] bytes = Arrays.copyOf(buffer, filled);
      ended = true;
      return new TakenContent(
          store,
          new NewContent.Small(ByteString.fromArrayUnsafe(bytes), Sha256.of(bytes)),
          Optional.empty());
    }
    if (filled > 0) {
      writeOut();
    }
    NewContent.Large content = writer.orElseThrow().finish();
    ended = true;
    return new TakenContent(store, content, writer);
  }

  private void requireOpen() {
    if (failure.isPresent()) {
      throw failure.get();
    }
    if (ended) {
      throw new IllegalStateException("a content that has ended takes no more");
    }
  }

  /** Gives up what was added, unless it is finished. */
  @Override
  public void close() {
    if (!ended) {
      ended = true;
      writer.ifPresent(ContentWriter::close);
    }
  }
}
