package io.duckpond.journal.commit;

import io.duckpond.journal.table.StagedFile;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;

/** A transaction that waits for participants. Guarded by the queue's lock. */
final class HeldGroup {
  private final String txnId;
  private final int participants;
  private final List<EncodedEvent> events = new ArrayList<>();
  private final List<StagedFile> staged = new ArrayList<>();
  private final CompletableFuture<Receipt> done = new CompletableFuture<>();
  private byte[] description = new byte[0];
  private int arrived;
  private long bytes;
  private int rows;
  private final AtomicBoolean timeoutStarted = new AtomicBoolean();
  private volatile Timer.Cancellation timeout = () -> {};

  HeldGroup(String txnId, int participants) {
    this.txnId = txnId;
    this.participants = participants;
  }

  String txnId() {
    return txnId;
  }

  /** Completes for all participants at once. */
  CompletableFuture<Receipt> done() {
    return done;
  }

  /** Returns whether the caller is the first to ask, who then starts the timeout. */
  boolean startTimeout() {
    return timeoutStarted.compareAndSet(false, true);
  }

  void timeout(Timer.Cancellation cancellation) {
    timeout = cancellation;
  }

  void cancelTimeout() {
    timeout.cancel();
  }

  long bytes() {
    return bytes;
  }

  /** Takes one participant in; refuses with {@link IllegalArgumentException}. */
  void add(int claimed, List<EncodedEvent> more, List<StagedFile> files, byte[] words) {
    if (claimed != participants) {
      throw new IllegalArgumentException(
          "one participant counts [" + participants + "] participants, another [" + claimed + "]");
    }
    if (words.length > 0 && description.length > 0) {
      throw new IllegalArgumentException("two participants describe it");
    }
    events.addAll(more);
    staged.addAll(files);
    if (words.length > 0) {
      description = words;
    }
    bytes += more.stream().mapToLong(EncodedEvent::bytes).sum() + words.length;
    rows += more.stream().mapToInt(EncodedEvent::rowCount).sum();
    arrived++;
  }

  int rowCount() {
    return rows;
  }

  boolean isComplete() {
    return arrived == participants;
  }

  /** Says who is there and how many are not. */
  String progress() {
    return "["
        + arrived
        + "] of ["
        + participants
        + "] participants, of partitions "
        + partitions();
  }

  Set<String> partitions() {
    return partitions(events);
  }

  static Set<String> partitions(List<EncodedEvent> events) {
    Set<String> partitions = new HashSet<>();
    events.forEach(event -> partitions.add(event.partId()));
    return partitions;
  }

  QueuedTransaction transaction() {
    return new QueuedTransaction(
        Optional.of(txnId), events, List.of(), staged, Optional.empty(), description, done);
  }
}
