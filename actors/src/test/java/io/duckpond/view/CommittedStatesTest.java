package io.duckpond.view;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.duckpond.directory.DirectoryState;
import io.duckpond.journal.disk.DamageException;
import io.duckpond.names.NameMap;
import io.duckpond.node.Attributes;
import io.duckpond.node.Entry;
import io.duckpond.node.NodeId;
import io.duckpond.path.EntryName;
import io.duckpond.view.CommittedStates.NewState;
import java.io.IOException;
import java.io.InputStream;
import java.lang.ref.WeakReference;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** The root holds directory d; which state one sees is told by its sequence number. */
final class CommittedStatesTest {
  private static final NodeId D = new NodeId(1, 1);
  private static final EntryName NAME_OF_D = new EntryName("d");

  private final Log log = new Log();

  /** A log in memory: per directory its states by transaction, and how often it was asked. */
  private static final class Log implements DirectorySource {
    final Map<NodeId, NavigableMap<Long, DirectoryState>> states = new HashMap<>();
    int loads;

    void put(long txnSeq, NodeId directory, DirectoryState state) {
      states.computeIfAbsent(directory, id -> new TreeMap<>()).put(txnSeq, state);
    }

    @Override
    public Published load(NodeId directory, long asOf) {
      loads++;
      return asOf(directory, asOf)
          .orElseThrow(() -> new DamageException("no event of " + directory));
    }

    private Optional<Published> asOf(NodeId directory, long asOf) {
      return Optional.ofNullable(states.get(directory))
          .map(history -> history.floorEntry(asOf))
          .map(entry -> Published.loaded(entry.getKey(), 0, entry.getValue()));
    }

    @Override
    public Lineage lineage() {
      throw new IllegalStateException("nothing here asks for the past");
    }

    @Override
    public Map<NodeId, Published> loadAll(long asOf) {
      loads++;
      Map<NodeId, Published> all = new HashMap<>();
      states.keySet().forEach(id -> asOf(id, asOf).ifPresent(state -> all.put(id, state)));
      return all;
    }

    @Override
    public InputStream open(Entry.File entry, String path) {
      throw new IllegalStateException("no file here");
    }
  }

  private static DirectoryState holding(long seqNr, NodeId... children) {
    NameMap<Entry> entries = NameMap.empty();
    for (NodeId child : children) {
      EntryName name = child.equals(D) ? NAME_OF_D : new EntryName(child.hex());
      entries = entries.plus(name, new Entry.Directory(child, new Attributes(0755, 0)));
    }
    return new DirectoryState(seqNr, Optional.empty(), entries);
  }

  private CommittedStates committed() {
    log.put(1, NodeId.ROOT, holding(1, D));
    log.put(1, D, holding(1));
    return new CommittedStates(log, 1);
  }

  private void commit(CommittedStates states, long txnSeq, NodeId directory, long seqNr) {
    DirectoryState state = directory.equals(NodeId.ROOT) ? holding(seqNr, D) : holding(seqNr);
    log.put(txnSeq, directory, state);
    states.publish(txnSeq, 0, List.of(new NewState(directory, state, List.of())));
  }

  @Test
  void aViewShowsItsTransactionForEver() throws IOException {
    CommittedStates states = committed();
    TreeView first = states.newest();
    assertThat(first.directory(D).seqNr()).isEqualTo(1);

    commit(states, 2, D, 2);
    TreeView second = states.newest();
    commit(states, 3, D, 3);

    assertThat(first.directory(D).seqNr()).isEqualTo(1);
    assertThat(second.directory(D).seqNr()).isEqualTo(2);
    assertThat(states.newest().directory(D).seqNr()).isEqualTo(3);
    assertThat(states.newest().published(D).txnSeq()).isEqualTo(3);
    assertThat(log.loads).isEqualTo(1);
  }

  @Test
  void whatIsNotInMemoryIsLoadedOnceForAllReaders() throws IOException {
    CommittedStates states = committed();

    states.newest().directory(D);
    commit(states, 2, NodeId.ROOT, 2);
    states.newest().directory(D);

    assertThat(log.loads).isEqualTo(1);
  }

  @Test
  void anUnloadedDirectoryNeverReplacesANewerState() throws IOException {
    CommittedStates states = committed();
    TreeView old = states.newest();
    commit(states, 2, D, 2);

    assertThat(old.directory(D).seqNr()).isEqualTo(1);
    assertThat(states.newest().directory(D).seqNr()).isEqualTo(2);
    assertThat(old.directory(D).seqNr()).isEqualTo(1);
    assertThat(log.loads).isEqualTo(1);
  }

  @Test
  void aStateThatALivingViewSeesIsKept() throws IOException {
    CommittedStates states = committed();
    TreeView kept = states.newest();
    kept.directory(D);

    for (long txnSeq = 2; txnSeq < 10; txnSeq++) {
      commit(states, txnSeq, D, txnSeq);
    }

    assertThat(kept.directory(D).seqNr()).isEqualTo(1);
    assertThat(log.loads).isEqualTo(1);
  }

  @Test
  void statesThatNobodySeesAreForgottenAndFoundInTheLogAgain() throws IOException {
    CommittedStates states = committed();
    WeakReference<TreeView> dropped = new WeakReference<>(states.newest());
    states.newest().directory(D);
    commit(states, 2, D, 2);
    Awaitility.await()
        .until(
            () -> {
              System.gc();
              return dropped.get() == null;
            });

    commit(states, 3, D, 3);

    assertThat(states.seen(D, 3)).isNotNull();
    assertThat(states.seen(D, 2)).isNull();
    assertThat(states.at(2).directory(D).seqNr()).isEqualTo(2);
    assertThat(states.newest().directory(D).seqNr()).isEqualTo(3);
  }

  @Test
  void whatAnotherProcessChangedIsReadAgain() throws IOException {
    CommittedStates states = committed();
    TreeView before = states.newest();
    before.directory(NodeId.ROOT);
    before.directory(D);
    log.put(2, D, holding(2));

    states.skipTo(2, Set.of(D));

    assertThat(states.newest().directory(D).seqNr()).isEqualTo(2);
    assertThat(before.directory(D).seqNr()).isEqualTo(1);
    assertThat(states.newest().directory(NodeId.ROOT).seqNr()).isEqualTo(1);
    assertThat(log.loads).isEqualTo(4); // both, then d for each of the two views
  }

  @Test
  void aLoadThatAnotherProcessOvertookIsNotShared() throws IOException {
    CommittedStates states = committed();
    TreeView before = states.newest();
    log.put(2, D, holding(2));
    states.skipTo(2, Set.of(D));

    assertThat(before.directory(D).seqNr()).isEqualTo(1);

    assertThat(states.newest().directory(D).seqNr()).isEqualTo(2);
  }

  @Test
  void loadingAllScansOnce() throws IOException {
    CommittedStates states = committed();

    states.newest().loadAll();
    commit(states, 2, D, 2);
    states.newest().loadAll();

    assertThat(states.newest().directory(NodeId.ROOT).get(NAME_OF_D)).isPresent();
    assertThat(log.loads).isEqualTo(1);
    states.skipTo(3, Set.of());
    states.newest().loadAll();
    assertThat(log.loads).isEqualTo(2);
  }

  @Test
  void aTreeThatDoesNotHangTogetherIsDamage() {
    CommittedStates states = committed();
    log.put(2, NodeId.ROOT, holding(2, D, new NodeId(9, 9)));
    states.skipTo(2, Set.of(NodeId.ROOT));
    TreeView torn = states.newest();

    assertThatThrownBy(torn::loadAll).isInstanceOf(DamageException.class);
  }

  @Test
  void theParentOfADirectoryIsWhereItIsNow() throws IOException {
    CommittedStates states = committed();
    NodeId other = new NodeId(2, 2);
    states.newest().directory(NodeId.ROOT);
    assertThat(states.newest().parentOf(D)).contains(new Link(NodeId.ROOT, NAME_OF_D));

    states.publish(
        2,
        0,
        List.of(
            new NewState(NodeId.ROOT, holding(2, other), List.of(NAME_OF_D)),
            new NewState(other, holding(1, D), List.of(NAME_OF_D))));

    assertThat(states.newest().parentOf(D)).contains(new Link(other, NAME_OF_D));
    assertThat(states.newest().parentOf(new NodeId(8, 8))).isEmpty();
    states.publish(3, 0, List.of(new NewState(other, holding(2), List.of(NAME_OF_D))));
    assertThat(states.newest().parentOf(D)).isEmpty();
  }

  @Test
  void transactionsArePublishedWithoutGap() {
    CommittedStates states = committed();

    assertThatThrownBy(() -> states.publish(3, 0, List.of()))
        .isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(() -> states.at(2)).isInstanceOf(IllegalStateException.class);
  }
}
