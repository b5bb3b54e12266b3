package io.duckpond.launcher.command;

import io.duckpond.WorkingDirectory;
import io.duckpond.launcher.Console;
import io.duckpond.launcher.PondSession;
import io.duckpond.launcher.render.EntryJson;
import io.duckpond.launcher.render.EntryLines;
import io.duckpond.launcher.render.Sizes;
import io.duckpond.node.Entry;
import io.duckpond.node.NodePath;
import io.duckpond.path.EntryName;
import java.io.IOException;
import java.util.Iterator;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Draws what is below a directory. */
@Command(
    name = "tree",
    description = "Draw everything below a directory; counts go to standard error.",
    footer = {"", "Examples:", "  pond tree", "  pond tree -a /src"})
final class TreeCommand extends ReadingVerb {
  @Option(
      names = {"-a", "--all"},
      description = "Names that begin with a dot, too.")
  private boolean all;

  @Parameters(arity = "0..1", defaultValue = "/", paramLabel = "PATH", description = "Its top.")
  private String path = "/";

  private long directories;
  private long others;

  @Override
  void print(PondSession session, Console console) throws IOException {
    WorkingDirectory root = session.root();
    if (pond().json()) {
      printObjects(root, console);
      return;
    }
    EntryLines lines =
        new EntryLines(console.names(), pond().colors(), pond().environment().zone());
    SortedMap<EntryName, Entry> top = visible(root, path);
    console.line(lines.name(path, root.metadata(path)));
    draw(root, path, top, "", lines, console);
    console.note(Sizes.count(directories, "directory") + ", " + Sizes.count(others, "file"));
  }

  private void printObjects(WorkingDirectory root, Console console) throws IOException {
    NodePath top = Located.following(root, path);
    console.json(EntryJson.of(top));
    Located.visitBelow(
        root,
        top,
        (below, entry) -> {
          if (all || !LsCommand.isHidden(below)) {
            console.json(EntryJson.of(Located.below(top, below, entry)));
          }
        });
  }

  private void draw(
      WorkingDirectory root,
      String directory,
      SortedMap<EntryName, Entry> children,
      String indent,
      EntryLines lines,
      Console console)
      throws IOException {
    Iterator<Map.Entry<EntryName, Entry>> left = children.entrySet().iterator();
    while (left.hasNext()) {
      Map.Entry<EntryName, Entry> child = left.next();
      String name = child.getKey().value();
      Entry entry = child.getValue();
      String target =
          entry instanceof Entry.Symlink link ? " -> " + console.names().show(link.target()) : "";
      console.line(indent + (left.hasNext() ? "├── " : "└── ") + lines.name(name, entry) + target);
      if (entry.isDirectory()) {
        directories++;
        String below = directory.endsWith("/") ? directory + name : directory + "/" + name;
        draw(
            root,
            below,
            visible(root, below),
            indent + (left.hasNext() ? "│   " : "    "),
            lines,
            console);
      } else {
        others++;
      }
    }
  }

  private SortedMap<EntryName, Entry> visible(WorkingDirectory root, String directory)
      throws IOException {
    SortedMap<EntryName, Entry> shown = new TreeMap<>(root.list(directory));
    shown.keySet().removeIf(name -> !all && name.value().startsWith("."));
    return shown;
  }
}
