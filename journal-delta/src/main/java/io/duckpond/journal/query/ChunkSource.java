package io.duckpond.journal.query;

import io.duckpond.journal.table.TableVersion;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.Function;
import java.util.function.Supplier;
import org.apache.pekko.stream.Attributes;
import org.apache.pekko.stream.Outlet;
import org.apache.pekko.stream.SourceShape;
import org.apache.pekko.stream.stage.AbstractOutHandler;
import org.apache.pekko.stream.stage.AsyncCallback;
import org.apache.pekko.stream.stage.GraphStage;
import org.apache.pekko.stream.stage.GraphStageLogic;
import org.jspecify.annotations.Nullable;

/**
 * Hands out what a reader reads, one piece after another: the next is read when the last has been
 * taken and more is asked for. At the end of what there is, a current query completes and a live
 * one waits for the table to change.
 */
final class ChunkSource<T> extends GraphStage<SourceShape<T>> {
  private final String name;
  private final Supplier<CompletionStage<EventTable>> opening;
  private final Function<EventTable, ChunkReader<T>> reading;
  private final boolean live;
  private final Executor readers;
  private final Outlet<T> out;
  private final SourceShape<T> shape;

  /**
   * @param opening finds the table, once for each run of the stream
   * @param readers runs all that blocks
   */
  ChunkSource(
      String name,
      Supplier<CompletionStage<EventTable>> opening,
      Function<EventTable, ChunkReader<T>> reading,
      boolean live,
      Executor readers) {
    this.name = name;
    this.opening = opening;
    this.reading = reading;
    this.live = live;
    this.readers = readers;
    this.out = Outlet.create(name + ".out");
    this.shape = SourceShape.of(out);
  }

  @Override
  public SourceShape<T> shape() {
    return shape;
  }

  @Override
  public Attributes initialAttributes() {
    return Attributes.name(name);
  }

  @Override
  public GraphStageLogic createLogic(Attributes inheritedAttributes) {
    return new Logic();
  }

  /** A table with a reader of it, and how far a current query goes. */
  private static final class Reading<T> {
    private final EventTable table;
    private final ChunkReader<T> reader;
    private final boolean live;
    private long end = -1; // touched by one reading task after another

    Reading(EventTable table, ChunkReader<T> reader, boolean live) {
      this.table = table;
      this.reader = reader;
      this.live = live;
    }

    CompletionStage<ChunkReader.Chunk<T>> next(Executor readers) {
      CompletionStage<TableVersion> found = end < 0 ? table.newest() : table.known();
      return found.thenApplyAsync(
          version -> {
            if (live || end < 0) {
              end = version.txnSeq();
            }
            try {
              return reader.read(version, end);
            } catch (IOException e) {
              throw new UncheckedIOException(e);
            }
          },
          readers);
    }
  }

  private final class Logic extends GraphStageLogic {
    private final Deque<T> ready = new ArrayDeque<>();
    private final AsyncCallback<Reading<T>> opened = createAsyncCallback(this::onOpened);
    private final AsyncCallback<ChunkReader.Chunk<T>> read = createAsyncCallback(this::onRead);
    private final AsyncCallback<Throwable> failed = createAsyncCallback(this::onFailed);
    private final AsyncCallback<Boolean> changed = createAsyncCallback(any -> onChanged());
    private @Nullable Reading<T> table;
    private Runnable unwatch = () -> {};
    private boolean busy = true;
    private boolean caughtUp;
    private boolean ended;

    /** What is being read may be older than the change. */
    private boolean changedWhileBusy;

    Logic() {
      super(shape);
      setHandler(
          out,
          new AbstractOutHandler() {
            @Override
            public void onPull() {
              proceed();
            }
          });
    }

    @Override
    public void preStart() {
      opening
          .get()
          .thenApply(found -> new Reading<>(found, reading.apply(found), live))
          .whenComplete(
              (found, failure) -> {
                if (failure == null) {
                  opened.invoke(found);
                } else {
                  failed.invoke(failure);
                }
              });
    }

    @Override
    public void postStop() {
      unwatch.run();
    }

    private void onOpened(Reading<T> found) {
      table = found;
      busy = false;
      if (live) {
        unwatch = found.table.watch(() -> changed.invoke(true));
      }
      proceed();
    }

    private void onChanged() {
      caughtUp = false;
      changedWhileBusy = busy;
      proceed();
    }

    private void onRead(ChunkReader.Chunk<T> chunk) {
      busy = false;
      ready.addAll(chunk.elements());
      switch (chunk.progress()) {
        case MORE -> caughtUp = false;
        case CAUGHT_UP -> {
          caughtUp = !changedWhileBusy;
          ended = !live;
        }
        case ENDED -> ended = true;
      }
      changedWhileBusy = false;
      proceed();
    }

    private void onFailed(Throwable failure) {
      Throwable cause = failure.getCause();
      failStage(failure instanceof CompletionException && cause != null ? cause : failure);
    }

    private void proceed() {
      if (!ready.isEmpty() && isAvailable(out)) {
        push(out, ready.remove());
      }
      if (ready.isEmpty() && ended) {
        completeStage();
      } else if (ready.isEmpty() && !busy && !caughtUp && isAvailable(out)) {
        readOn();
      }
    }

    private void readOn() {
      Reading<T> from = table;
      if (from == null) {
        return;
      }
      busy = true;
      from.next(readers)
          .whenComplete(
              (chunk, failure) -> {
                if (failure == null) {
                  read.invoke(chunk);
                } else {
                  failed.invoke(failure);
                }
              });
    }
  }
}
