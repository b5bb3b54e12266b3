package io.duckpond.transaction;

import io.duckpond.content.ContentStore;
import io.duckpond.content.Examination;
import io.duckpond.content.Holding;
import io.duckpond.content.NewContent;
import io.duckpond.node.ContentLocator;
import io.duckpond.node.Entry;
import io.duckpond.node.NodeId;
import io.duckpond.oplog.OplogEntry;
import io.duckpond.oplog.Staging;
import io.duckpond.table.TableSchema;
import java.io.IOException;
import java.io.InputStream;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The contents written in one transaction: of a file the newest, of a series every piece. Small
 * ones are kept in memory until together they exceed a threshold; from then on all are staged as
 * they arrive, and only their places are kept.
 */
final class PendingContents implements AutoCloseable {

  /** Where a content is until the commit. */
  sealed interface Held {}

  /** In memory; the row goes into its directory's event. */
  record InMemory(NodeId directory, OplogEntry.SmallFile row) implements Held {}

  /** In {@code contents/}; the row goes into its directory's event. */
  record InContents(OplogEntry.LargeFile row) implements Held {
    NewContent.Large content() {
      return new NewContent.Large(row.size(), row.sha256(), row.blocks());
    }
  }

  /** In a staged file of the log. */
  record Staged(ContentLocator.Logged place) implements Held {}

  private final ContentStore store;
  private final Holding taken;
  private final Supplier<Staging> stagings;
  private final long threshold;
  private final Undo undo;
  private final Map<NodeId, Held> held;
  private final Map<NodeId, PendingSeries> series;
  private Optional<Staging> staging = Optional.empty();
  private long bytesInMemory;
  private boolean exceeded;

  PendingContents(ContentStore store, Supplier<Staging> stagings, long threshold, Undo undo) {
    this.store = store;
    this.taken = store.hold();
    this.undo = undo;
    this.series = new UndoableMap<>(undo);
    this.stagings = stagings;
    this.held = new UndoableMap<>(undo);
    this.threshold = threshold;
  }

  /** Takes bytes in, which stay as long as this transaction may need them. */
  NewContent take(InputStream in) throws IOException {
    return taken.take(in);
  }

  /** The same of bytes that must pass an examination. */
  NewContent take(InputStream in, Examination examination) throws IOException {
    return taken.take(in, examination);
  }

  /** Takes the content of {@code file}, which stands in {@code directory}, in place of earlier. */
  void hold(NodeId directory, Entry.File file, NewContent content) throws IOException {
    replace(file.child(), held(directory, file, content, bytesOf(held.get(file.child()))));
  }

  /** Gets ready to append to a series. */
  void begin(PendingSeries appended) {
    series.put(appended.node(), appended);
  }

  /** Takes a piece of a series that was begun, which is {@code file} with it. */
  void append(NodeId directory, Entry.File file, NewContent content, TableSchema columns)
      throws IOException {
    Held piece = held(directory, file, content, 0);
    PendingSeries growing = series.get(file.child());
    if (growing == null) {
      throw new IllegalStateException("series " + file.child() + " was not begun");
    }
    undo.noteOf(growing, growing::restore);
    growing.add(file.version(), content, columns, piece);
    bytesInMemory += bytesOf(piece);
  }

  /** Returns where bytes go, {@code before} of which will be given up. */
  private Held held(NodeId directory, Entry.File file, NewContent content, long before)
      throws IOException {
    if (content instanceof NewContent.Large large) {
      return new InContents(
          new OplogEntry.LargeFile(
              file.child(),
              file.type(),
              file.version(),
              large.size(),
              large.sha256(),
              large.blocks()));
    }
    NewContent.Small small = (NewContent.Small) content;
    OplogEntry.SmallFile row =
        new OplogEntry.SmallFile(
            file.child(), file.type(), file.version(), small.sha256(), small.bytes());
    if (exceeded || bytesInMemory - before + row.bytes().length() > threshold) {
      stageAll();
      return staged(directory, row);
    }
    return new InMemory(directory, row);
  }

  private Staged staged(NodeId directory, OplogEntry.SmallFile row) throws IOException {
    return new Staged(staging().stage(directory.hex(), row));
  }

  private void stageAll() throws IOException {
    exceeded = true;
    if (bytesInMemory == 0) {
      return;
    }
    for (Map.Entry<NodeId, Held> each : Map.copyOf(held).entrySet()) {
      if (each.getValue() instanceof InMemory) {
        held.put(each.getKey(), outOfMemory(each.getValue()));
      }
    }
    for (PendingSeries each : series.values()) {
      undo.noteOf(each, each::restore);
      each.move(this::outOfMemory);
    }
  }

  private Held outOfMemory(Held content) throws IOException {
    if (!(content instanceof InMemory small)) {
      return content;
    }
    Staged staged = staged(small.directory(), small.row());
    bytesInMemory -= small.row().bytes().length();
    return staged;
  }

  private void replace(NodeId node, Held content) {
    bytesInMemory += bytesOf(content) - bytesOf(held.put(node, content));
  }

  private static long bytesOf(@Nullable Held content) {
    return content instanceof InMemory small ? small.row().bytes().length() : 0;
  }

  /** Forgets the content of a file that is gone. */
  void drop(NodeId node) {
    bytesInMemory -= bytesOf(held.remove(node));
    PendingSeries dropped = series.remove(node);
    if (dropped != null) {
      dropped.appended().forEach(each -> bytesInMemory -= bytesOf(each.held()));
    }
  }

  /** Returns what was appended to a series in this transaction. */
  Optional<PendingSeries> series(NodeId node) {
    return Optional.ofNullable(series.get(node));
  }

  /** Opens the bytes of a version that is held. */
  InputStream open(Held content, NodeId node, long version) throws IOException {
    if (content instanceof InMemory small) {
      return small.row().bytes().asInputStream();
    }
    if (content instanceof InContents large) {
      OplogEntry.LargeFile row = large.row();
      return store.open(row.sha256(), row.blocks(), row.size(), node.toString());
    }
    ContentLocator.Logged place = ((Staged) content).place();
    return staging().read(place, node, version).bytes().asInputStream();
  }

  /** Returns the bytes of a version that is held, so that another file can have them. */
  NewContent content(Held content, NodeId node, long version) throws IOException {
    if (content instanceof InContents large) {
      return large.content();
    }
    OplogEntry.SmallFile row =
        content instanceof InMemory small
            ? small.row()
            : staging().read(((Staged) content).place(), node, version);
    return new NewContent.Small(row.bytes(), row.sha256());
  }

  /** Returns where the content of a file is that was written in this transaction. */
  Optional<Held> of(NodeId node) {
    return Optional.ofNullable(held.get(node));
  }

  /**
   * A moment to go back to, beside what {@link Undo} knows of it.
   *
   * @param staged empty if nothing was to be staged then
   */
  record Mark(Optional<Staging.Mark> staged, long bytesInMemory, boolean exceeded) {}

  /** Returns the present moment. */
  Mark mark() throws IOException {
    Optional<Staging.Mark> staged =
        staging.isEmpty() ? Optional.empty() : Optional.of(staging.get().mark());
    return new Mark(staged, bytesInMemory, exceeded);
  }

  /** Drops what was staged since, once what is held has been made what it was. */
  void rewind(Mark mark) {
    staging.ifPresent(each -> each.rewind(mark.staged().orElse(Staging.Mark.START)));
    bytesInMemory = mark.bytesInMemory();
    exceeded = mark.exceeded();
  }

  /** Returns the staging of this transaction; it has no file unless something was staged. */
  Staging staging() {
    if (staging.isEmpty()) {
      staging = Optional.of(stagings.get());
    }
    return staging.get();
  }

  /** Forgets everything; removes what was staged, unless a commit has listed it. */
  @Override
  public void close() {
    held.clear();
    series.clear();
    bytesInMemory = 0;
    exceeded = false;
    staging.ifPresent(Staging::close);
    staging = Optional.empty();
    taken.close();
  }
}
