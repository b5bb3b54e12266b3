package io.duckpond.launcher.command;

import io.duckpond.WorkingDirectory;
import io.duckpond.dynamic.Definition;
import io.duckpond.history.History.Links;
import io.duckpond.history.NodeChange;
import io.duckpond.history.NodeHistory;
import io.duckpond.launcher.Console;
import io.duckpond.launcher.PondSession;
import io.duckpond.launcher.render.EntryJson;
import io.duckpond.launcher.render.JsonObject;
import io.duckpond.launcher.render.Modes;
import io.duckpond.launcher.render.Sizes;
import io.duckpond.launcher.render.Times;
import io.duckpond.node.Entry;
import io.duckpond.node.NodePath;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Prints what is known of nodes. */
@Command(
    name = "stat",
    description = "Print all that is known of nodes; links are followed.",
    footer = {
      "",
      "changed is the last transaction that did something to the node itself; what happens in a"
          + " directory is no change of it.",
      "",
      "Examples:",
      "  pond stat /notes.txt",
      "  pond stat --no-follow /latest",
      "  pond stat --json /notes.txt | jq -r .sha256"
    })
final class StatCommand extends ReadingVerb {
  @Option(names = "--no-follow", description = "Of a link, the link itself.")
  private boolean noFollow;

  @Parameters(arity = "1..*", paramLabel = "PATH", description = "Nodes.")
  private List<String> paths = List.of();

  @Override
  void print(PondSession session, Console console) throws IOException {
    WorkingDirectory root = session.root();
    for (String path : paths) {
      NodePath node = noFollow ? Located.notFollowing(root, path) : Located.following(root, path);
      Optional<NodeChange> changed = lastChange(session, node);
      if (pond().json()) {
        console.json(json(node, changed));
      } else {
        print(node.path(), node.entry(), console);
        if (node.entry() instanceof Entry.File file && file.type().isDynamic()) {
          Definition definition = root.definition(path);
          console.line("factory   " + console.names().show(definition.factory()));
          console.line("config    " + console.names().show(definition.configuration().toString()));
        }
        changed.ifPresent(
            change ->
                console.line(
                    "changed   transaction "
                        + change.txnSeq()
                        + " at "
                        + Times.utc(Times.ofMicros(change.timestampMicros()))));
      }
    }
  }

  /** Returns the last committed change of a node itself; empty if it is still pending. */
  private static Optional<NodeChange> lastChange(PondSession session, NodePath node)
      throws IOException {
    try {
      NodeHistory history = session.history().of(node.path(), Links.KEEP);
      return Optional.of(history)
          .filter(known -> known.node().equals(node.entry().child()))
          .map(NodeHistory::newest);
    } catch (NoSuchFileException | NotDirectoryException pending) {
      return Optional.empty();
    }
  }

  private static JsonObject json(NodePath node, Optional<NodeChange> changed) {
    return EntryJson.of(node)
        .putNumber(
            "txn_seq",
            changed.isPresent() ? OptionalLong.of(changed.get().txnSeq()) : OptionalLong.empty())
        .putText(
            "timestamp",
            changed.map(change -> String.valueOf(Times.ofMicros(change.timestampMicros()))));
  }

  private static void print(String path, Entry entry, Console console) {
    int mode = entry.attributes().mode();
    console.line("path      " + console.names().show(path));
    console.line("id        " + entry.child().hex());
    console.line("type      " + entry.type().storedName());
    console.line("mode      " + Modes.letters(mode) + String.format(Locale.ROOT, " (%04o)", mode));
    console.line("modified  " + Times.ofNanos(entry.attributes().modifiedNanos()));
    console.line("version   " + entry.version());
    if (entry instanceof Entry.File file) {
      console.line("size      " + file.size() + " (" + Sizes.bytes(file.size()) + ")");
      console.line("sha256    " + file.sha256());
    } else if (entry instanceof Entry.Symlink link) {
      console.line("target    " + console.names().show(link.target()));
    }
  }
}
