package io.duckpond.journal.benchmark;

import io.duckpond.journal.arrow.CodecColumn;
import io.duckpond.journal.arrow.EventCodec;
import io.duckpond.journal.arrow.InnerRow;
import io.duckpond.journal.arrow.RowSink;
import java.util.List;
import java.util.Objects;
import java.util.SplittableRandom;

/** Events of bytes: random ones, of which no compression makes less. */
final class Payloads implements EventCodec {
  /** Bytes of an event. */
  static final int LENGTH = 100;

  private static final int DIFFERENT = 4096;
  private static final byte[][] PAYLOADS = new byte[DIFFERENT][LENGTH];

  static {
    SplittableRandom random = new SplittableRandom(42);
    for (byte[] payload : PAYLOADS) {
      random.nextBytes(payload);
    }
  }

  /** Returns a payload; many apart are the same, for too far apart for a page to notice. */
  static byte[] of(long number) {
    return PAYLOADS[(int) (number % DIFFERENT)];
  }

  /** Returns a payload like no other. */
  static byte[] unique(long number) {
    byte[] payload = new byte[LENGTH];
    new SplittableRandom(number).nextBytes(payload);
    return payload;
  }

  @Override
  public List<CodecColumn> columns() {
    return List.of(new CodecColumn("payload", CodecColumn.Type.BINARY, false));
  }

  @Override
  public void encode(Object event, RowSink sink) {
    sink.event(event);
  }

  @Override
  public Object decode(List<InnerRow> rows) {
    return Objects.requireNonNull(rows.get(0).values().get(0));
  }
}
