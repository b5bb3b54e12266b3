package io.duckpond.journal.commit;

import io.duckpond.journal.disk.JournalException;
import io.duckpond.journal.table.StagedFile;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * What is held, what waits and what is being flushed: the queue's state, without its threads. Any
 * thread. Completes nothing itself, since that runs callers' code: methods that end transactions
 * return what has to be completed.
 */
final class PendingTransactions {
  /**
   * Rows of a transaction that is written ahead. Others would wait for as long as it takes to write
   * fewer: some ten milliseconds.
   */
  private static final int LARGE_ROWS = 2_000;

  private final CommitSettings settings;
  private final Deque<QueuedTransaction> waiting = new ArrayDeque<>();
  private final Map<String, HeldGroup> groups = new HashMap<>();
  private final Map<String, String> heldPartitions = new HashMap<>();
  private final UnfinishedWrites unfinished = new UnfinishedWrites();
  private final SequenceGuard sequences;
  private final Outcomes outcomes;
  private long bytes;
  private boolean closed;

  PendingTransactions(CommitSettings settings) {
    this.settings = settings;
    this.sequences = new SequenceGuard(settings.sequenceRule(), settings.knownPartitions());
    this.outcomes = new Outcomes(settings.rememberedTransactions());
  }

  synchronized long bytes() {
    return bytes;
  }

  /** Returns how many transactions wait for a flush. */
  synchronized int waiting() {
    return waiting.size();
  }

  synchronized OptionalLong highest(String partId) {
    return sequences.highest(partId);
  }

  synchronized void learn(String partId, long highest) {
    sequences.learn(partId, highest);
  }

  synchronized Optional<Receipt> receipt(String txnId) {
    return outcomes.receipt(txnId);
  }

  synchronized CompletionStage<Void> settled(String partId) {
    return unfinished.settled(partId);
  }

  /**
   * Queues a transaction. Throws {@link JournalException} if there is no room, or {@link
   * IllegalStateException} if its sequence numbers do not follow.
   */
  synchronized void add(QueuedTransaction transaction) {
    checkRoom(transaction.name(), bytes);
    transaction.partitions().forEach(this::checkNotHeld);
    admit(transaction);
    bytes += transaction.bytes();
    unfinished.begin(transaction.partitions());
  }

  /** Returns the held group of that name, a new one if need be; throws if it has ended. */
  synchronized HeldGroup group(String txnId, int participants) {
    Optional<RuntimeException> past = outcomes.refusal(txnId);
    if (past.isPresent()) {
      throw past.get();
    }
    if (closed) {
      throw closing(name(txnId));
    }
    return groups.computeIfAbsent(txnId, id -> new HeldGroup(id, participants));
  }

  /** What has become of a group. */
  enum Held {
    /** It waits for participants. */
    INCOMPLETE,
    /** It waits for the next flush. */
    QUEUED,
    /** It is complete, and so large that it is to be written ahead of its flush. */
    LARGE
  }

  /**
   * Adds a participant to a held group. Throws, like {@link #add}, what the group has to be failed
   * with.
   */
  synchronized Held hold(
      HeldGroup group,
      int participants,
      List<EncodedEvent> events,
      List<StagedFile> staged,
      byte[] description) {
    if (groups.get(group.txnId()) != group || group.isComplete()) {
      throw new IllegalStateException("it has ended");
    }
    Set<String> partitions = HeldGroup.partitions(events);
    partitions.forEach(this::checkNotHeld);
    long before = group.bytes();
    group.add(participants, events, staged, description);
    bytes += group.bytes() - before;
    partitions.forEach(partId -> heldPartitions.put(partId, group.txnId()));
    unfinished.begin(partitions);
    checkRoom(name(group.txnId()), bytes - group.bytes());
    if (!group.isComplete()) {
      return Held.INCOMPLETE;
    }
    if (group.rowCount() >= LARGE_ROWS) {
      return Held.LARGE;
    }
    queue(group, group.transaction());
    return Held.QUEUED;
  }

  /**
   * Queues a held group that was written ahead; returns whether it was still held. Throws what the
   * group has to be failed with.
   */
  synchronized boolean queuePrepared(HeldGroup group, QueuedTransaction transaction) {
    if (groups.get(group.txnId()) != group) {
      return false;
    }
    queue(group, transaction);
    return true;
  }

  private void queue(HeldGroup group, QueuedTransaction transaction) {
    admit(transaction);
    groups.remove(group.txnId());
    group.partitions().forEach(heldPartitions::remove);
  }

  /** Returns whether a group has neither become complete and queued, nor failed. */
  synchronized boolean isHeld(HeldGroup group) {
    return groups.get(group.txnId()) == group;
  }

  /** Returns the group of that name that waits for participants. */
  synchronized Optional<HeldGroup> held(String txnId) {
    return Optional.ofNullable(groups.get(txnId));
  }

  /** Ends a held group, unless it has become complete or failed meanwhile: then empty. */
  synchronized Optional<List<CompletableFuture<Void>>> abandon(
      HeldGroup group, RuntimeException cause) {
    if (!groups.remove(group.txnId(), group)) {
      return Optional.empty();
    }
    outcomes.failed(group.txnId(), cause);
    bytes -= group.bytes();
    group.partitions().forEach(heldPartitions::remove);
    return Optional.of(unfinished.end(group.partitions()));
  }

  /** Ends a group that waits for participants; empty if it does not, or not any more. */
  synchronized Optional<List<CompletableFuture<Void>>> giveUp(
      HeldGroup group, RuntimeException cause) {
    return group.isComplete() ? Optional.empty() : abandon(group, cause);
  }

  /** Says who has come to a held group. */
  synchronized String progress(HeldGroup group) {
    return group.progress();
  }

  /** Takes what one flush may hold; at least one transaction if any waits. */
  synchronized List<QueuedTransaction> take() {
    List<QueuedTransaction> taken = new ArrayList<>();
    long takenBytes = 0;
    long takenRows = 0;
    while (!waiting.isEmpty()) {
      QueuedTransaction next = waiting.element();
      takenBytes += next.bytesToWrite();
      takenRows += next.rowsToWrite();
      if (!taken.isEmpty()
          && (takenBytes > settings.maxFlushBytes() || takenRows > settings.maxFlushRows())) {
        break;
      }
      taken.add(waiting.remove());
      if (next.prepared().isPresent()) {
        // Its file stands behind that of the flush: what follows it has to be behind both.
        break;
      }
    }
    return taken;
  }

  /** Takes all that waits, and forgets what it knew of sequence numbers: a flush has failed. */
  synchronized List<QueuedTransaction> takeAllAfterFailure() {
    List<QueuedTransaction> all = List.copyOf(waiting);
    waiting.clear();
    sequences.clear();
    return all;
  }

  /** Ends transactions that are durable, each with its receipt. */
  synchronized List<CompletableFuture<Void>> durable(
      List<QueuedTransaction> transactions, List<Receipt> receipts) {
    for (int i = 0; i < transactions.size(); i++) {
      Receipt receipt = receipts.get(i);
      transactions.get(i).txnId().ifPresent(id -> outcomes.durable(id, receipt));
    }
    return end(transactions);
  }

  /** Ends transactions that have failed. */
  synchronized List<CompletableFuture<Void>> failed(
      List<QueuedTransaction> transactions, RuntimeException cause) {
    for (QueuedTransaction transaction : transactions) {
      transaction.txnId().ifPresent(id -> outcomes.failed(id, cause));
    }
    return end(transactions);
  }

  /** Refuses all that comes from now on; returns what is held. */
  synchronized Collection<HeldGroup> close() {
    closed = true;
    return List.copyOf(groups.values());
  }

  private List<CompletableFuture<Void>> end(List<QueuedTransaction> transactions) {
    List<CompletableFuture<Void>> settled = new ArrayList<>();
    for (QueuedTransaction transaction : transactions) {
      bytes -= transaction.bytes();
      settled.addAll(unfinished.end(transaction.partitions()));
    }
    return settled;
  }

  private void admit(QueuedTransaction transaction) {
    if (closed) {
      throw closing(transaction.name());
    }
    if (transaction.isEmpty()) {
      throw new IllegalStateException(transaction.name() + " holds nothing");
    }
    sequences.accept(transaction.events());
    waiting.add(transaction);
  }

  // Only what others have waiting counts: one transaction of any size goes through, for its bytes
  // are on the heap already.
  private void checkRoom(String name, long others) {
    if (others > settings.maxPendingBytes()) {
      throw JournalException.notStored(
          "%s: more than [%d] bytes wait to be written; write less at a time"
              .formatted(name, settings.maxPendingBytes()),
          new IllegalStateException("[" + others + "] bytes wait"));
    }
  }

  // A later write of the partition must not become durable before the held one.
  private void checkNotHeld(String partId) {
    String txnId = heldPartitions.get(partId);
    if (txnId != null) {
      throw JournalException.notStored(
          "partition [%s] takes no write before %s is complete".formatted(partId, name(txnId)),
          new IllegalStateException("held"));
    }
  }

  static String name(String txnId) {
    return "transaction [" + txnId + "]";
  }

  static JournalException closing(String name) {
    return JournalException.notStored(
        name + ": the journal is closing", new CancellationException("closing"));
  }
}
