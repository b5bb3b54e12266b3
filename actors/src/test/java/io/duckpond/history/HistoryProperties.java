package io.duckpond.history;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.duckpond.Pond;
import io.duckpond.PondSettings;
import io.duckpond.WorkingDirectory;
import io.duckpond.harness.Harness;
import io.duckpond.history.History.Links;
import io.duckpond.node.Attributes;
import io.duckpond.node.Entry;
import io.duckpond.node.NodeId;
import io.duckpond.oplog.TransactionRow;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Histories agree with what the states before and after each transaction show: random scripts, and
 * the difference of every two neighbouring states as the truth.
 */
final class HistoryProperties {
  private static final List<String> NAMES = List.of("a", "b", "c");

  @TempDir private Path temporary;

  /** A node of one state. */
  private record There(NodeId holder, String path, Entry entry) {}

  @Test
  void historiesAreWhatTheStatesShow() throws IOException {
    Harness harness = Harness.named("history");
    Random random = new Random(harness.seed());
    int scripts = Harness.size(6, 200);
    for (int script = 0; script < scripts; script++) {
      Path folder = temporary.resolve("pond-" + script);
      try (Pond pond = Pond.create(folder, PondSettings.load())) {
        List<Map<NodeId, There>> states = new ArrayList<>();
        states.add(Map.of());
        states.add(nodes(pond));
        for (int step = 0; step < 25; step++) {
          long before = pond.view().txnSeq();
          pond.transact(root -> change(root, random), 1);
          if (pond.view().txnSeq() > before) {
            states.add(nodes(pond));
          }
        }
        harness.count("transactions", states.size() - 1);
        compare(pond, states, harness, script);
      }
    }
    harness.count("scripts", scripts);
    System.getLogger(HistoryProperties.class.getName())
        .log(System.Logger.Level.DEBUG, harness.report());
  }

  private static void compare(
      Pond pond, List<Map<NodeId, There>> states, Harness harness, int script) throws IOException {
    Map<String, NodeId> newest = new TreeMap<>();
    states.forEach(state -> state.forEach((node, there) -> newest.put(there.path(), node)));
    History history = pond.history();
    for (Map.Entry<String, NodeId> asked : newest.entrySet()) {
      String at = harness.at("script " + script + " path " + asked.getKey());
      NodeHistory found = history.of(asked.getKey(), Links.KEEP);

      assertThat(found.node()).as(at).isEqualTo(asked.getValue());
      assertThat(lines(found)).as(at).isEqualTo(expected(states, asked.getValue()));
      assertThat(history.transactions(asked.getKey(), Links.KEEP, Long.MAX_VALUE))
          .as(at)
          .extracting(TransactionRow::txnSeq)
          .isEqualTo(touched(states, asked.getValue()));
      harness.count("histories", 1);
    }
  }

  private static List<String> expected(List<Map<NodeId, There>> states, NodeId node) {
    List<String> lines = new ArrayList<>();
    for (int txn = states.size() - 1; txn > 0; txn--) {
      There before = states.get(txn - 1).get(node);
      There after = states.get(txn).get(node);
      if (after == null && before != null) {
        lines.add(txn + " REMOVED " + before.path());
      } else if (before == null && after != null) {
        lines.add(txn + " CREATED " + after.path());
      } else if (before != null && after != null && isTouched(before, after)) {
        boolean moved = !place(before).equals(place(after));
        lines.add(txn + " CHANGED " + after.path() + (moved ? " from " + before.path() : ""));
      }
    }
    return lines;
  }

  private static List<String> lines(NodeHistory history) {
    return history.changes().stream()
        .map(
            change -> {
              String what =
                  change.kinds().contains(NodeChange.Kind.CREATED)
                      ? "CREATED"
                      : change.kinds().contains(NodeChange.Kind.REMOVED) ? "REMOVED" : "CHANGED";
              return change.txnSeq()
                  + " "
                  + what
                  + " "
                  + change.path()
                  + change.movedFrom().map(from -> " from " + from).orElse("");
            })
        .toList();
  }

  private static List<Long> touched(List<Map<NodeId, There>> states, NodeId top) {
    List<Long> touched = new ArrayList<>();
    for (int txn = states.size() - 1; txn > 0; txn--) {
      Map<NodeId, There> before = states.get(txn - 1);
      Map<NodeId, There> after = states.get(txn);
      TreeSet<NodeId> nodes = new TreeSet<>(before.keySet());
      nodes.addAll(after.keySet());
      for (NodeId node : nodes) {
        There was = before.get(node);
        There is = after.get(node);
        boolean changed = was == null || is == null || isTouched(was, is);
        if (changed && (isBelow(before, node, top) || isBelow(after, node, top))) {
          touched.add((long) txn);
          break;
        }
      }
    }
    return touched;
  }

  private static boolean isBelow(Map<NodeId, There> state, NodeId node, NodeId top) {
    There there = state.get(node);
    return there != null
        && (node.equals(top) || (!node.equals(NodeId.ROOT) && isBelow(state, there.holder(), top)));
  }

  private static boolean isTouched(There before, There after) {
    return !place(before).equals(place(after)) || !before.entry().equals(after.entry());
  }

  private static String place(There there) {
    return there.holder() + there.path().substring(there.path().lastIndexOf('/'));
  }

  private static Map<NodeId, There> nodes(Pond pond) throws IOException {
    Map<NodeId, There> nodes = new HashMap<>();
    WorkingDirectory root = pond.view().root();
    Map<String, NodeId> ids = new HashMap<>(Map.of("", NodeId.ROOT));
    nodes.put(NodeId.ROOT, new There(NodeId.ROOT, "/", root.metadata("/")));
    root.walk("/")
        .forEach(
            (relative, entry) -> {
              String path = "/" + relative;
              ids.put(path, entry.child());
              String holder = path.substring(0, path.lastIndexOf('/'));
              nodes.put(entry.child(), new There(requireNonNull(ids.get(holder)), path, entry));
            });
    return nodes;
  }

  private static boolean change(WorkingDirectory root, Random random) throws IOException {
    for (int left = 1 + random.nextInt(3); left > 0; left--) {
      String path = path(random);
      try {
        switch (random.nextInt(8)) {
          case 0, 1 -> root.createDirectory(path);
          case 2, 3 ->
              root.write(
                  path, new ByteArrayInputStream(Long.toString(random.nextLong()).getBytes(UTF_8)));
          case 4 -> root.removeRecursively(path);
          case 5 -> root.setAttributes(path, new Attributes(0600, random.nextInt(1000)));
          case 6 -> root.renameReplacing(path, path(random));
          default -> root.rename(path, path(random));
        }
      } catch (FileSystemException refused) {
        continue; // the script is random: what makes no sense is not done
      }
    }
    return true;
  }

  private static String path(Random random) {
    StringBuilder path = new StringBuilder();
    for (int depth = 1 + random.nextInt(3); depth > 0; depth--) {
      path.append('/').append(NAMES.get(random.nextInt(NAMES.size())));
    }
    return path.toString();
  }
}
