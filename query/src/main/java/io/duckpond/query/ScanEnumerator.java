package io.duckpond.query;

import java.util.Iterator;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.apache.calcite.linq4j.Enumerator;
import org.jspecify.annotations.Nullable;

/** The rows of a scan, one after the other, until the statement is cancelled. */
final class ScanEnumerator implements Enumerator<@Nullable Object> {

  private final Stream<@Nullable Object> stream;
  private final Iterator<@Nullable Object> iterator;
  private final @Nullable AtomicBoolean cancelled;
  private @Nullable Object current;

  /** Closes {@code stream} when it is closed itself. */
  ScanEnumerator(Stream<@Nullable Object> stream, @Nullable AtomicBoolean cancelled) {
    this.stream = stream;
    this.iterator = stream.iterator();
    this.cancelled = cancelled;
  }

  @Override
  public @Nullable Object current() {
    return current;
  }

  @Override
  public boolean moveNext() {
    if (cancelled != null && cancelled.get()) {
      throw new IllegalStateException("the statement was cancelled");
    }
    if (!iterator.hasNext()) {
      return false;
    }
    current = iterator.next();
    return true;
  }

  @Override
  public void reset() {
    throw new UnsupportedOperationException("a scan goes forward only");
  }

  @Override
  public void close() {
    stream.close();
  }
}
