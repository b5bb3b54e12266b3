package io.duckpond.launcher.command;

import io.duckpond.WorkingDirectory;
import io.duckpond.launcher.Complaint;
import io.duckpond.launcher.Environment;
import io.duckpond.launcher.PondSession;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Stores standard input. */
@Command(
    name = "put",
    description = "Store standard input as a new file, or as a new version of one.",
    footer = {
      "",
      "In the shell, whose standard input is its commands, --text gives the content.",
      "",
      "Examples:",
      "  date | pond put /now.txt",
      "  pond put -m 'first words' /notes.txt < notes.txt",
      "  pond put --text 'a few words' /notes.txt"
    })
final class PutCommand extends WritingVerb {
  @Option(
      names = "--text",
      paramLabel = "STRING",
      description = "Store this instead of standard input, with nothing added.")
  private @Nullable String text;

  @Parameters(paramLabel = "PATH", description = "The file.")
  private String path = "";

  private Optional<WorkingDirectory> written = Optional.empty();

  @Override
  void check() {
    if (text == null && pond().shared().isPresent()) {
      throw Complaint.usage(
              "put", "standard input is the shell's commands", "put --text 'words' " + path)
          .exception();
    }
    if (text == null && pond().environment().isTerminal(Environment.Stream.IN)) {
      pond().console().note("reading from the terminal; Ctrl-D ends it");
    }
  }

  @Override
  void change(PondSession session, WorkingDirectory root) throws IOException {
    if (written.isPresent()) {
      // Standard input can be read once; the attempt that met a conflict still has it.
      try (InputStream content = written.get().read(path)) {
        root.write(path, content);
      }
    } else {
      InputStream content =
          text == null
              ? pond().environment().in()
              : new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
      root.write(path, content);
    }
    written = Optional.of(root);
  }
}
