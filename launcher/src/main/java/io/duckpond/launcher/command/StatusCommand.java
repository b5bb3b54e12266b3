package io.duckpond.launcher.command;

import io.duckpond.PondStatus;
import io.duckpond.launcher.Console;
import io.duckpond.launcher.PondSession;
import io.duckpond.launcher.render.JsonObject;
import io.duckpond.launcher.render.Sizes;
import io.duckpond.launcher.render.Times;
import io.duckpond.node.NodeType;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;

/** Prints what the pond holds. */
@Command(
    name = "status",
    description = "Print the pond's id, state, nodes, log and lock.",
    footer = {
      "",
      "In the shell it names the nodes with changes that are not yet synced. With --as-of state and"
          + " nodes are those of then, log and lock those of now.",
      "",
      "Examples:",
      "  pond status"
    })
final class StatusCommand extends ReadingVerb {

  @Override
  void print(PondSession session, Console console) throws IOException {
    PondStatus status = session.pond().status(session.view());
    List<String> dirty = session.pending();
    if (pond().json()) {
      console.json(json(status, dirty));
      return;
    }
    console.line(
        "pond      "
            + console.names().show(status.directory().toString())
            + "  (id "
            + status.id()
            + ")");
    console.line(
        "state     transaction "
            + status.txnSeq()
            + ", "
            + (dirty.isEmpty() ? "clean" : Sizes.count(dirty.size(), "dirty node")));
    for (String path : dirty) {
      console.line("dirty     " + console.names().show(path));
    }
    console.line("nodes     " + nodes(status.nodes()));
    console.line(
        "log       "
            + Sizes.count(status.files(), "data file")
            + ", "
            + Sizes.bytes(status.bytes())
            + "; last sync "
            + Times.local(Times.ofMicros(status.lastCommitMicros()), pond().environment().zone()));
    console.line("lock      " + status.lockHolder().orElse("free"));
  }

  private static JsonObject json(PondStatus status, List<String> dirty) {
    return new JsonObject()
        .put("directory", status.directory().toString())
        .put("id", status.id())
        .put("txn_seq", status.txnSeq())
        .put("timestamp", Times.ofMicros(status.lastCommitMicros()))
        .putTexts("dirty", dirty)
        .putNumbers("nodes", status.nodes())
        .put("files", status.files())
        .put("bytes", status.bytes())
        .putText("lock_holder", status.lockHolder());
  }

  // The three everybody has are always named, the others where there are some.
  private static String nodes(Map<String, Long> counts) {
    List<String> parts = new ArrayList<>();
    for (NodeType type : List.of(NodeType.DIRECTORY, NodeType.FILE, NodeType.SYMLINK)) {
      parts.add(Sizes.count(counts.getOrDefault(type.storedName(), 0L), type.storedName()));
    }
    for (NodeType type : NodeType.values()) {
      boolean named =
          type == NodeType.DIRECTORY || type == NodeType.FILE || type == NodeType.SYMLINK;
      long count = counts.getOrDefault(type.storedName(), 0L);
      if (!named && count > 0) {
        parts.add(Sizes.count(count, type.storedName()));
      }
    }
    return String.join(", ", parts);
  }
}
