package io.duckpond.launcher.command;

import io.duckpond.WorkingDirectory;
import io.duckpond.launcher.Complaint;
import io.duckpond.launcher.Environment;
import io.duckpond.launcher.PondSession;
import io.duckpond.node.Entry;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
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

  @Parameters(paramLabel = "PATH", description = "The file.")
  private String path = "";

  private Optional<Stored> stored = Optional.empty();

  /** What an earlier attempt has taken in. */
  private record Stored(WorkingDirectory root, Entry.File file) {}

  @Override
  final void check() {
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
        stored = Optional.of(new Stored(root, store(root, path, again)));
      }
    } else {
      stored = Optional.of(new Stored(root, store(root, path, given())));
    }
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

  /** Stores {@code content} at a path. */
  abstract Entry.File store(WorkingDirectory root, String at, InputStream content)
      throws IOException;
}
