package io.duckpond.content;

import io.duckpond.journal.disk.DiskReader;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;

/**
 * A content that has come whole, as the stream that would bring it: its store knows it again and
 * reads nothing, so it passes through all that takes streams. It gets its name when it is taken
 * from there, so that one that is refused leaves nothing. For one thread.
 */
public final class TakenContent extends InputStream {
  private final ContentStore store;
  private final NewContent content;
  private final Holding holding;

  /** Of a large one that has no name yet. */
  private Optional<ContentWriter> written;

  private Optional<InputStream> reading = Optional.empty();

  TakenContent(ContentStore store, NewContent content, Optional<ContentWriter> written) {
    this.store = store;
    this.content = content;
    this.holding = store.hold();
    this.written = written;
  }

  /** Lets go of the content, once somebody else holds it or nobody needs it. */
  public void letGo() {
    written.ifPresent(ContentWriter::close);
    written = Optional.empty();
    holding.close();
  }

  /** Returns {@code in}, if it is a content of this store that nobody has read. */
  static Optional<TakenContent> of(InputStream in, ContentStore store) {
    return in instanceof TakenContent taken && taken.store == store && taken.reading.isEmpty()
        ? Optional.of(taken)
        : Optional.empty();
  }

  /** Returns the content, which has its name from now on if it passes. */
  NewContent take(Optional<Examination> examination) throws IOException {
    if (examination.isPresent()) {
      try (DiskReader bytes = open()) {
        examination.get().examine(bytes);
      }
    }
    publish();
    return content;
  }

  private DiskReader open() throws IOException {
    if (written.isPresent()) {
      return written.get().open();
    }
    return content instanceof NewContent.Large large
        ? store.reader(large)
        : ContentBytes.of(((NewContent.Small) content).bytes().toArray());
  }

  private void publish() {
    if (written.isPresent() && content instanceof NewContent.Large large) {
      store.publish(large, written.get(), holding);
      written = Optional.empty();
    }
  }

  private InputStream reading() throws IOException {
    if (reading.isEmpty()) {
      publish();
      InputStream opened =
          content instanceof NewContent.Large large
              ? store.open(
                  large.sha256(), large.blocks(), large.size(), "content " + large.sha256().hex())
              : ((NewContent.Small) content).bytes().iterator().asInputStream();
      reading = Optional.of(opened);
    }
    return reading.get();
  }

  @Override
  public int read() throws IOException {
    return reading().read();
  }

  @Override
  public int read(byte[] into, int from, int length) throws IOException {
    return reading().read(into, from, length);
  }

  @Override
  public void close() throws IOException {
    if (reading.isPresent()) {
      reading.get().close();
    }
  }
}
