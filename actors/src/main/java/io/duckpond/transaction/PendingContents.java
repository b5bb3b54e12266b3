package io.duckpond.transaction;

import io.duckpond.content.NewContent;
import io.duckpond.node.ContentLocator;
import io.duckpond.node.Entry;
import io.duckpond.node.NodeId;
import io.duckpond.oplog.OplogEntry;
import io.duckpond.oplog.Staging;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The contents written in one transaction, newest version per file. Small ones are kept in memory
 * until together they exceed a threshold; from then on all are staged as they arrive, and only
 * their places are kept.
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

  private final Supplier<Staging> stagings;
  private final long threshold;
  private final Map<NodeId, Held> held = new HashMap<>();
  private Optional<Staging> staging = Optional.empty();
  private long bytesInMemory;
  private boolean exceeded;

  PendingContents(Supplier<Staging> stagings, long threshold) {
    this.stagings = stagings;
    this.threshold = threshold;
  }

  /** Takes the content of {@code file}, which stands in {@code directory}, in place of earlier. */
  void hold(NodeId directory, Entry.File file, NewContent content) throws IOException {
    if (content instanceof NewContent.Small small) {
      holdSmall(
          directory,
          new OplogEntry.SmallFile(
              file.child(), file.type(), file.version(), small.sha256(), small.bytes()));
    } else if (content instanceof NewContent.Large large) {
      replace(
          file.child(),
          new InContents(
              new OplogEntry.LargeFile(
                  file.child(),
                  file.type(),
                  file.version(),
                  large.size(),
                  large.sha256(),
                  large.blocks())));
    }
  }

  private void holdSmall(NodeId directory, OplogEntry.SmallFile row) throws IOException {
    long before = bytesOf(held.get(row.node()));
    if (exceeded || bytesInMemory - before + row.bytes().length() > threshold) {
      stageAll();
      replace(row.node(), new Staged(staging().stage(directory.hex(), row)));
    } else {
      replace(row.node(), new InMemory(directory, row));
    }
  }

  private void stageAll() throws IOException {
    exceeded = true;
    if (bytesInMemory == 0) {
      return;
    }
    for (Map.Entry<NodeId, Held> each : held.entrySet()) {
      if (each.getValue() instanceof InMemory small) {
        each.setValue(new Staged(staging().stage(small.directory().hex(), small.row())));
        bytesInMemory -= small.row().bytes().length();
      }
    }
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
  }

  /** Returns where the content of a file is that was written in this transaction. */
  Optional<Held> of(NodeId node) {
    return Optional.ofNullable(held.get(node));
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
    bytesInMemory = 0;
    exceeded = false;
    staging.ifPresent(Staging::close);
    staging = Optional.empty();
  }
}
