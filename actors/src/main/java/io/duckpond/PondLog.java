package io.duckpond;

import io.duckpond.content.ContentStore;
import io.duckpond.journal.disk.Sha256;
import io.duckpond.node.NodeId;
import io.duckpond.oplog.CommitReceipt;
import io.duckpond.oplog.DirectoryEvent;
import io.duckpond.oplog.LogFilter;
import io.duckpond.oplog.Oplog;
import io.duckpond.oplog.OplogReader;
import io.duckpond.oplog.RecordRow;
import io.duckpond.oplog.Staging;
import io.duckpond.oplog.TransactionRow;
import io.duckpond.transaction.CommitLog;
import io.duckpond.view.CommittedStates;
import java.io.IOException;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.pekko.actor.typed.ActorSystem;

/** The log and the contents of one pond, as its Committer needs them. Any thread. */
final class PondLog implements CommitLog {
  private static final String EVENT = "event";

  private final Oplog oplog;
  private final ContentStore contents;
  private final CommittedStates states;
  private final Snapshotter snapshotter;

  PondLog(Oplog oplog, ContentStore contents, CommittedStates states, Snapshotter snapshotter) {
    this.oplog = oplog;
    this.contents = contents;
    this.states = states;
    this.snapshotter = snapshotter;
  }

  @Override
  public void syncContents(Collection<Sha256> written) {
    contents.sync(written);
  }

  @Override
  public synchronized void catchUp() throws IOException {
    oplog.refresh();
    long head = oplog.txnSeq();
    long known = states.txnSeq();
    if (head > known) {
      states.skipTo(head, states.isEmpty() ? Set.of() : changedBetween(known + 1, head));
    }
  }

  private Set<NodeId> changedBetween(long from, long to) {
    LogFilter filter = new LogFilter(Optional.empty(), from, to);
    try (Stream<RecordRow> records = oplog.reader().records(filter, OplogReader.Bytes.SKIP)) {
      return records
          .filter(record -> record.kind().equals(EVENT))
          .map(record -> NodeId.parse(record.partId()))
          .collect(Collectors.toSet());
    }
  }

  @Override
  public CompletionStage<CommitReceipt> contribute(
      ActorSystem<?> system,
      DirectoryEvent.Group group,
      List<DirectoryEvent> newborn,
      Staging staging,
      TransactionRow description) {
    return oplog.contribute(system, group, newborn, staging, description);
  }

  @Override
  public void abandon(ActorSystem<?> system, DirectoryEvent.Group group, RuntimeException cause) {
    oplog.abandon(system, group, cause);
  }

  @Override
  public void published(Collection<NodeId> directories) {
    snapshotter.published(directories);
  }
}
