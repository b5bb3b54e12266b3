package io.duckpond.content;

import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;

/**
 * A content that a store has taken in already, as the stream that would bring it: that store knows
 * it again and reads nothing, so it passes through all that takes streams. For one thread.
 */
public final class TakenContent extends InputStream {
  private final ContentStore store;
  private final NewContent content;
  private final Holding holding;
  private Optional<InputStream> reading = Optional.empty();

  TakenContent(ContentStore store, NewContent content, Holding holding) {
    this.store = store;
    this.content = content;
    this.holding = holding;
  }

  /** Lets go of the content, once somebody else holds it or nobody needs it. */
  public void letGo() {
    holding.close();
  }

  /** Returns the content, if {@code in} is one that this store has taken and nobody has read. */
  static Optional<NewContent> of(InputStream in, ContentStore store) {
    return in instanceof TakenContent taken && taken.store == store && taken.reading.isEmpty()
        ? Optional.of(taken.content)
        : Optional.empty();
  }

  private InputStream reading() throws IOException {
    if (reading.isEmpty()) {
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
