package io.duckpond.restore;

import static io.duckpond.oplog.TestLog.event;
import static io.duckpond.oplog.TestLog.node;
import static io.duckpond.oplog.TestLog.put;
import static io.duckpond.oplog.TestLog.small;
import static org.assertj.core.api.Assertions.assertThat;

import io.duckpond.harness.Harness;
import io.duckpond.node.ContentLocator;
import io.duckpond.node.Entry;
import io.duckpond.node.NodeId;
import io.duckpond.oplog.DirectoryEntry;
import io.duckpond.oplog.DirectoryEvent;
import io.duckpond.oplog.TestLog;
import io.duckpond.view.CommittedStates;
import io.duckpond.view.DirectorySource;
import io.duckpond.view.Lineage;
import io.duckpond.view.Published;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ForkJoinPool;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openjdk.jol.info.GraphLayout;

/**
 * The heap that a tree takes which was loaded from the log, by JOL: everything that can be reached
 * from what readers see, but for the log itself. For every directory that is its state, the map
 * from its id and the hint where it is; for every entry its name and what is known of the child.
 */
final class LoadedTreeHeapTest {
  private static final int ENTRIES = Harness.size(50_000, 500_000);
  private static final int DIRECTORIES = ENTRIES / 10;
  private static final int LARGE = ENTRIES / 5;
  private static final int LARGE_AT_FIRST = LARGE / 2;
  private static final int FILES_IN_EACH = (ENTRIES - DIRECTORIES - LARGE) / DIRECTORIES;

  /** The numbers of a file alone take as many: less would be something left out. */
  private static final long LEAST_BYTES = 100;

  private static final long MOST_BYTES = 300;

  static {
    System.setProperty("jol.magicFieldOffset", "true"); // states are records
    System.setProperty("jol.skipDynamicAttach", "true");
    System.setProperty("jol.skipHotspotSAAttach", "true");
  }

  private final Harness harness = Harness.named("loaded-tree-heap");

  @TempDir private Path folder;

  @Test
  void aLoadedEntryTakesAtMostThreeHundredBytes() throws IOException {
    try (TestLog log = TestLog.create(folder.resolve("oplog"))) {
      fill(log);
      Map<NodeId, Published> loaded =
          RestoreScan.run(log.oplog(), Long.MAX_VALUE, ForkJoinPool.commonPool(), 2, n -> {})
              .directories();
      CommittedStates states = new CommittedStates(Nowhere.NOWHERE, log.oplog().txnSeq());

      states.replaceAll(loaded, log.oplog().txnSeq());

      long entries = loaded.values().stream().mapToLong(at -> at.state().entries().size()).sum();
      long bytes = GraphLayout.parseInstance(states).totalSize() / entries;
      harness.count("directories", states.size());
      harness.count("entries", entries);
      harness.count("bytes of heap for each entry", bytes);
      System.out.println(harness.report());
      assertThat(states.size()).isEqualTo(DIRECTORIES + 2);
      assertThat(entries).isGreaterThan(ENTRIES * 9L / 10);
      assertThat(bytes).isBetween(LEAST_BYTES, MOST_BYTES);
    }
  }

  /** Directories in the root, with files in each; the large one grows by several events. */
  private void fill(TestLog log) {
    NodeId large = node(DIRECTORIES + 1L);
    List<DirectoryEntry> inRoot = new ArrayList<>(List.of(put("large", large)));
    List<DirectoryEvent> events = new ArrayList<>();
    for (int i = 1; i <= DIRECTORIES; i++) {
      inRoot.add(put("directory-" + i, node(i)));
      events.add(event(node(i), files("file-", node(i), 0, FILES_IN_EACH, 1)));
    }
    events.add(event(NodeId.ROOT, inRoot));
    events.add(event(large, files("entry-", large, 0, LARGE_AT_FIRST, 1)));
    log.commit(log.oplog().stage(), events.toArray(DirectoryEvent[]::new));
    int each = (LARGE - LARGE_AT_FIRST) / 5;
    for (int i = 0; i < 5; i++) {
      int from = LARGE_AT_FIRST + i * each;
      log.change(event(large, files("entry-", large, from, from + each, i + 2)));
    }
  }

  private static List<DirectoryEntry> files(
      String prefix, NodeId directory, int from, int to, long seqNr) {
    List<DirectoryEntry> files = new ArrayList<>();
    ContentLocator.Logged place = new ContentLocator.Logged(directory.hex(), seqNr);
    for (int i = from; i < to; i++) {
      NodeId node = new NodeId(directory.low(), i);
      files.add(put(prefix + i + ".txt", small(node, prefix + i), place));
    }
    return files;
  }

  /** The log, which is not to be measured. */
  private enum Nowhere implements DirectorySource {
    NOWHERE;

    @Override
    public Published load(NodeId directory, long asOf) {
      throw new IllegalStateException("all is loaded");
    }

    @Override
    public Map<NodeId, Published> loadAll(long asOf) {
      throw new IllegalStateException("all is loaded");
    }

    @Override
    public Lineage lineage() {
      throw new IllegalStateException("no past is asked for");
    }

    @Override
    public InputStream open(Entry.File entry, String path) {
      throw new IllegalStateException("no bytes are read");
    }
  }
}
