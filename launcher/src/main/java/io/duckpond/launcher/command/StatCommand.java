package io.duckpond.launcher.command;

import io.duckpond.WorkingDirectory;
import io.duckpond.launcher.Console;
import io.duckpond.launcher.PondSession;
import io.duckpond.launcher.render.Modes;
import io.duckpond.launcher.render.Sizes;
import io.duckpond.launcher.render.Times;
import io.duckpond.node.Entry;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Prints what is known of nodes. */
@Command(
    name = "stat",
    description = "Print all that is known of nodes; links are followed.",
    footer = {"", "Examples:", "  pond stat /notes.txt", "  pond stat --no-follow /latest"})
final class StatCommand extends ReadingVerb {
  @Option(names = "--no-follow", description = "Of a link, the link itself.")
  private boolean noFollow;

  @Parameters(arity = "1..*", paramLabel = "PATH", description = "Nodes.")
  private List<String> paths = List.of();

  @Override
  void print(PondSession session, Console console) throws IOException {
    WorkingDirectory root = session.root();
    for (String path : paths) {
      Located node = noFollow ? Located.notFollowing(root, path) : Located.following(root, path);
      if (pond().json()) {
        console.json(node.json());
      } else {
        print(node.path(), node.entry(), console);
      }
    }
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
