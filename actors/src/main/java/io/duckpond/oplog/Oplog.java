package io.duckpond.oplog;

import io.duckpond.journal.disk.Disk;
import io.duckpond.node.ContentLocator;
import io.duckpond.node.NodeId;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.apache.pekko.actor.setup.Setup;
import org.apache.pekko.actor.typed.ActorSystem;

/**
 * The port to the log: append, scan, fetch, receipt. The only type through which the filesystem
 * meets the journal. Any thread.
 */
public final class Oplog implements AutoCloseable {

  private Oplog() {}

  /** Creates the table of a new pond. */
  public static Oplog create(Disk disk, Path directory, String pondId) throws IOException {
    throw new IllegalStateException("contract");
  }

  /** Opens the table of a pond; refuses one of another format by its number. */
  public static Oplog open(Disk disk, Path directory) throws IOException {
    throw new IllegalStateException("contract");
  }

  /** Returns the pond's id. */
  public String pondId() {
    throw new IllegalStateException("contract");
  }

  /** Returns the number of the newest transaction seen; 0 if there is none. */
  public long txnSeq() {
    throw new IllegalStateException("contract");
  }

  /** Returns the time of the newest transaction seen, microseconds since the epoch. */
  public long timestampMicros() {
    throw new IllegalStateException("contract");
  }

  /** Returns the number of data files and their bytes. */
  public TableSize size() {
    throw new IllegalStateException("contract");
  }

  /** Looks for transactions that another process has committed. */
  public void refresh() throws IOException {
    throw new IllegalStateException("contract");
  }

  /**
   * Takes the one write lock; closing the result gives it back.
   *
   * @throws io.duckpond.journal.disk.JournalException naming the holder, after {@code wait}
   */
  public Closeable lock(Path lockFile, Duration wait, String command) throws IOException {
    throw new IllegalStateException("contract");
  }

  /** Hands out the events of one directory, oldest first, beyond {@code afterSeqNr}. */
  public void replay(NodeId directory, long afterSeqNr, long toTxnSeq, Consumer<LoggedEvent> sink)
      throws IOException {
    throw new IllegalStateException("contract");
  }

  /**
   * Reads the whole log up to {@code toTxnSeq} in parallel. {@code sink} gets every event once,
   * from many threads at once, in no particular order.
   */
  public void replayAll(
      long toTxnSeq, Executor executor, int parallelism, Consumer<LoggedEvent> sink)
      throws IOException {
    throw new IllegalStateException("contract");
  }

  /**
   * Returns the row of a file's version: a {@link OplogEntry.SmallFile} with its bytes, or a {@link
   * OplogEntry.LargeFile}. Neighbouring rows are kept for a while, so that reading a tree in order
   * is cheap. Damage or absence is a {@code DamageException} naming {@code path}.
   */
  public OplogEntry fetch(ContentLocator.Logged place, NodeId node, long version, String path)
      throws IOException {
    throw new IllegalStateException("contract");
  }

  /** Starts staging for one transaction; makes no file until the first row arrives. */
  public Staging stage() {
    throw new IllegalStateException("contract");
  }

  /** Returns what an actor system needs so that its journal writes this log. */
  public Setup setup() {
    throw new IllegalStateException("contract");
  }

  /**
   * Adds to transaction {@code group} what no directory actor brings, as one participant: first
   * events of newborn directories, the staged files, the description. The stage completes once the
   * whole transaction is durable.
   */
  public CompletionStage<CommitReceipt> contribute(
      ActorSystem<?> system,
      DirectoryEvent.Group group,
      List<DirectoryEvent> newborn,
      Staging staging,
      TransactionRow description) {
    throw new IllegalStateException("contract");
  }

  /** Returns the log for those who look at history, as far as this object has seen it. */
  public OplogReader reader() {
    throw new IllegalStateException("contract");
  }

  @Override
  public void close() {}

  /** The log's data files. */
  public record TableSize(int files, long bytes) {}
}
