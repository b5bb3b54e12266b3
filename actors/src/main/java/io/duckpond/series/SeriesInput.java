package io.duckpond.series;

import io.duckpond.journal.disk.DamageException;
import io.duckpond.journal.disk.Sha256;
import io.duckpond.node.Entry;
import io.duckpond.oplog.OplogEntry;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;

/**
 * The bytes of all pieces of a series, oldest to newest. What is skipped is not looked for. Who
 * reads from the first byte to the last also has it checked that the pieces are those of the
 * series.
 */
public final class SeriesInput extends InputStream {
  private final Pieces pieces;
  private final Entry.File series;
  private final String path;
  private long position;
  private Optional<Reading> reading = Optional.empty();

  /** Of the pieces passed so far; empty once something was skipped. */
  private Optional<Sha256> digest = Optional.of(OplogEntry.Pieces.NONE);

  private long passed;

  /** A piece that is being read. */
  private record Reading(Pieces.Placed placed, InputStream in) {}

  /** {@code path} is for messages. */
  public SeriesInput(Pieces pieces, Entry.File series, String path) {
    this.pieces = pieces;
    this.series = series;
    this.path = path;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] into, int from, int length) throws IOException {
    if (length == 0) {
      return 0;
    }
    if (position >= series.size()) {
      checkEnd();
      return -1;
    }
    Reading now = reading();
    long left = now.placed().end() - position;
    int read = now.in().read(into, from, (int) Math.min(length, left));
    if (read < 0) {
      throw new DamageException(
          path + ": piece " + now.placed().piece().version() + " ends too early");
    }
    position += read;
    if (position == now.placed().end()) {
      pass(now);
    }
    return read;
  }

  private Reading reading() throws IOException {
    if (reading.isPresent()) {
      return reading.get();
    }
    Pieces.Placed next = digest.isPresent() ? nextWithBytes() : pieces.holding(position);
    InputStream in = pieces.open(next.piece());
    Reading opened = new Reading(next, in);
    reading = Optional.of(opened);
    if (position > next.start()) {
      in.skipNBytes(position - next.start());
    }
    return opened;
  }

  /** The pieces before are all passed: an empty one counts, though nothing is read of it. */
  private Pieces.Placed nextWithBytes() throws IOException {
    Pieces.Placed next = pieces.numbered(passed + 1);
    while (next.piece().size() == 0) {
      count(next);
      next = pieces.numbered(passed + 1);
    }
    return next;
  }

  private void pass(Reading done) throws IOException {
    // The end of a piece is read, too, so that whoever opened it may check what is to be checked.
    int more = done.in().read();
    if (more >= 0) {
      throw new DamageException(
          path + ": piece " + done.placed().piece().version() + " does not end");
    }
    done.in().close();
    reading = Optional.empty();
    if (digest.isPresent()) {
      count(done.placed());
    }
  }

  private void count(Pieces.Placed placed) {
    digest = digest.map(before -> OplogEntry.Pieces.sha256(before, placed.piece().sha256()));
    passed = placed.piece().version();
  }

  private void checkEnd() throws IOException {
    if (digest.isEmpty()) {
      return;
    }
    while (passed < series.version()) {
      count(pieces.numbered(passed + 1));
    }
    Sha256 found = digest.get();
    digest = Optional.empty();
    if (!found.equals(series.sha256())) {
      throw new DamageException(
          String.format(
              "%s: the pieces up to version %d are not those of the series: expected digest %s,"
                  + " found %s",
              path, series.version(), series.sha256(), found));
    }
  }

  @Override
  public long skip(long count) throws IOException {
    long skipped = Math.max(0, Math.min(count, series.size() - position));
    if (skipped == 0) {
      return 0;
    }
    digest = Optional.empty();
    position += skipped;
    if (reading.isPresent()) {
      Reading now = reading.get();
      if (position < now.placed().end()) {
        now.in().skipNBytes(skipped);
      } else {
        close();
      }
    }
    return skipped;
  }

  @Override
  public int available() throws IOException {
    return reading.isPresent() ? reading.get().in().available() : 0;
  }

  @Override
  public void close() throws IOException {
    if (reading.isPresent()) {
      InputStream in = reading.get().in();
      reading = Optional.empty();
      in.close();
    }
  }
}
