package io.duckpond.directory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.duckpond.node.Attributes;
import io.duckpond.node.Entry;
import io.duckpond.node.NodeId;
import io.duckpond.oplog.DirectoryEntry;
import io.duckpond.oplog.DirectoryEvent;
import io.duckpond.oplog.LoggedEvent;
import io.duckpond.oplog.OplogEntry;
import io.duckpond.path.EntryName;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class DirectoryStateTest {

  private static final NodeId DIRECTORY = new NodeId(7, 7);
  private static final EntryName A = new EntryName("a");
  private static final EntryName B = new EntryName("b");

  @Test
  void namesAreFilledAndFreed() {
    DirectoryState state =
        DirectoryState.EMPTY
            .apply(event(new DirectoryEntry.Put(A, node(1)), new DirectoryEntry.Put(B, node(2))))
            .apply(
                event(
                    new DirectoryEntry.MovedOut(A, node(1), NodeId.ROOT, B),
                    new DirectoryEntry.MovedIn(B, node(3), NodeId.ROOT, A)));

    assertThat(state.seqNr()).isEqualTo(2);
    assertThat(state.entries()).containsOnlyKeys(B);
    assertThat(state.get(B)).contains(node(3));
    assertThat(state.get(A)).isEmpty();
    assertThat(state.own()).isEmpty();
  }

  @Test
  void ownAttributesStayUntilARowChangesThem() {
    Attributes first = new Attributes(0755, 1);
    Attributes second = new Attributes(0700, 2);

    DirectoryState state = DirectoryState.EMPTY.apply(event(Optional.of(first)));

    assertThat(state.apply(event(Optional.empty())).own()).contains(first);
    assertThat(state.apply(event(Optional.of(second))).own()).contains(second);
  }

  @Test
  void missingOrDoubledEventIsADefectOfTheLog() {
    DirectoryState state = DirectoryState.EMPTY.apply(event());

    assertThatIllegalStateException()
        .isThrownBy(() -> state.apply(new LoggedEvent(DIRECTORY, 3, 9, 9, event())))
        .withMessage("partition [" + DIRECTORY + "]: event 3 follows event 1");
    assertThatIllegalStateException().isThrownBy(() -> state.apply(event(), 1));
  }

  @Test
  void takingAwayWhatIsNotThereIsADefectOfTheLog() {
    DirectoryEvent removal = event(new DirectoryEntry.Remove(A, node(1)));

    assertThatIllegalStateException()
        .isThrownBy(() -> DirectoryState.EMPTY.apply(removal))
        .withMessage("partition [" + DIRECTORY + "]: 'a' is taken away but not there");
    assertThatIllegalStateException()
        .isThrownBy(
            () ->
                DirectoryState.EMPTY
                    .apply(event(new DirectoryEntry.Put(B, node(2))))
                    .apply(removal));
  }

  @Test
  void anyGroupingOfChangesIntoEventsGivesTheSameEntries() {
    long seed = 5;
    Random random = new Random(seed);
    TreeMap<EntryName, Entry> expected = new TreeMap<>();
    DirectoryState state = DirectoryState.EMPTY;
    for (int event = 0; event < 500; event++) {
      List<DirectoryEntry> changes = new ArrayList<>();
      for (int i = random.nextInt(4); i > 0; i--) {
        changes.add(random(random, expected));
      }
      state = state.apply(event(changes.toArray(DirectoryEntry[]::new)));
      assertThat(state.entries()).as("seed %d, event %d", seed, event).isEqualTo(expected);
    }
  }

  private static DirectoryEntry random(Random random, Map<EntryName, Entry> entries) {
    EntryName name = new EntryName("name" + random.nextInt(20));
    Entry removed = entries.remove(name);
    if (removed != null && random.nextBoolean()) {
      return new DirectoryEntry.Remove(name, removed);
    }
    Entry put = node(random.nextInt());
    entries.put(name, put);
    return new DirectoryEntry.Put(name, put);
  }

  @Test
  void newbornOf200000NamesIsSorted() {
    List<DirectoryEntry> changes = new ArrayList<>();
    for (int i = 0; i < 200_000; i++) {
      changes.add(new DirectoryEntry.Put(new EntryName("name" + i), node(i)));
    }

    DirectoryState state =
        DirectoryState.EMPTY.apply(event(changes.toArray(DirectoryEntry[]::new)));

    assertThat(state.entries()).hasSize(200_000);
    assertThat(List.copyOf(state.entries().keySet())).isSorted();
    assertThat(state.get(new EntryName("name77777"))).contains(node(77_777));
  }

  private static Entry node(long id) {
    return new Entry.Directory(new NodeId(id, id), new Attributes(0755, id));
  }

  private static DirectoryEvent event(DirectoryEntry... changes) {
    return event(List.of(changes), Optional.empty());
  }

  private static DirectoryEvent event(Optional<Attributes> own) {
    return event(List.of(), own);
  }

  private static DirectoryEvent event(List<DirectoryEntry> changes, Optional<Attributes> own) {
    return new DirectoryEvent(
        DirectoryEvent.Group.STORED,
        List.of(new OplogEntry.DirectoryChanged(DIRECTORY, changes, own)));
  }
}
