package io.duckpond.launcher.command;

import io.duckpond.FileOptions;
import io.duckpond.WorkingDirectory;
import io.duckpond.launcher.Complaint;
import io.duckpond.launcher.Environment;
import io.duckpond.launcher.PondSession;
import io.duckpond.node.Entry;
import io.duckpond.node.NodeType;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** A verb that stores standard input, or a text instead. */
abstract class StoringVerb extends WritingVerb {
  @Option(
      names = "--text",
      paramLabel = "STRING",
      description = "Store this instead of standard input, with nothing added.")
  private @Nullable String text;

  @Option(
      names = "--type",
      paramLabel = "T",
      description = "What to make: put a file or a table, append a series or a table-series.")
  private @Nullable String type;

  @Parameters(paramLabel = "PATH", description = "The file.")
  private String path = "";

  private Optional<Stored> stored = Optional.empty();

  /** What an earlier attempt has taken in. */
  private record Stored(WorkingDirectory root, Entry.File file) {}

  @Override
  final void check() {
    NodeType unused = wanted();
    if (text == null && pond().shared().isPresent()) {
      throw Complaint.usage(
              name(), "standard input is the shell's commands", name() + " --text 'words' " + path)
          .exception();
    }
    if (text == null && pond().environment().isTerminal(Environment.Stream.IN)) {
      pond().console().note("reading from the terminal; Ctrl-D ends it");
    }
  }

  @Override
  final void change(PondSession session, WorkingDirectory root) throws IOException {
    if (stored.isPresent()) {
      try (InputStream again = again(stored.get())) {
        stored = Optional.of(new Stored(root, storeTyped(root, again)));
      }
    } else {
      stored = Optional.of(new Stored(root, storeTyped(root, given())));
    }
  }

  private Entry.File storeTyped(WorkingDirectory root, InputStream content) throws IOException {
    if (type == null) {
      return store(root, path, content);
    }
    NodeType wanted = wanted();
    if (!root.exists(path)) {
      return root.createFile(path, content, FileOptions.of(wanted));
    }
    NodeType there = root.metadata(path).type();
    if (there != wanted) {
      throw Complaint.refusal(path, "is a " + there.storedName() + ", not a " + wanted.storedName())
          .exception();
    }
    return store(root, path, content);
  }

  /** Returns the type that is asked for, else the usual one. */
  private NodeType wanted() {
    return types().stream()
        .filter(each -> type == null || each.storedName().equals(type))
        .findFirst()
        .orElseThrow(
            () ->
                Complaint.usage(
                        name(),
                        "no type for " + name() + ": '" + type + "'",
                        types().stream()
                            .map(NodeType::storedName)
                            .collect(Collectors.joining(" or ")))
                    .exception());
  }

  private InputStream given() {
    return text == null
        ? pond().environment().in()
        : new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
  }

  /** Standard input can be read once; the attempt that met a conflict still has it. */
  private InputStream again(Stored before) throws IOException {
    return before.root().readVersion(path, before.file().version());
  }

  /** Returns the verb, for messages. */
  abstract String name();

  /** Returns the types of what it makes, the usual one first. */
  abstract List<NodeType> types();

  /** Stores {@code content} at a path. */
  abstract Entry.File store(WorkingDirectory root, String at, InputStream content)
      throws IOException;
}
