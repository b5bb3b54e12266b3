package io.duckpond.launcher.command;

import io.duckpond.WorkingDirectory;
import io.duckpond.launcher.Console;
import io.duckpond.launcher.PondSession;
import io.duckpond.launcher.render.EntryJson;
import io.duckpond.launcher.render.EntryLines;
import io.duckpond.node.Entry;
import io.duckpond.node.NodePath;
import io.duckpond.path.EntryName;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Lists directories. */
@Command(
    name = "ls",
    description = "List the entries of directories, one name a line, in name order.",
    footer = {
      "",
      "A path that is no directory is listed itself. With several paths, or -R, names are paths.",
      "-l prints type (d - l, s of a series), mode, size in bytes, version, time of modification"
          + " and name; --json all that stat tells, an object a line.",
      "",
      "Examples:",
      "  pond ls",
      "  pond ls -l /src",
      "  pond ls -R0 /src | xargs -0 -n 1 echo",
      "  pond ls --json /src | jq -r 'select(.size > 1000).path'"
    })
final class LsCommand extends ReadingVerb {
  @Option(names = "-l", description = "One line of details each.")
  private boolean details;

  @Option(
      names = {"-a", "--all"},
      description = "Names that begin with a dot, too.")
  private boolean all;

  @Option(
      names = {"-R", "--recursive"},
      description = "Everything below, too.")
  private boolean recursive;

  @Option(names = "-0", description = "End each with a NUL.")
  private boolean endWithNul;

  @Option(names = "--pending", description = "Only what is not yet synced (in the shell).")
  private boolean pending;

  @Parameters(paramLabel = "PATH", description = "What to list; / if not given.")
  private List<String> paths = List.of("/");

  @Override
  void check() {
    refusePendingOfThePast("ls", pending);
  }

  @Override
  void print(PondSession session, Console console) throws IOException {
    WorkingDirectory root = session.root();
    Map<String, NodePath> listed = new LinkedHashMap<>();
    for (String path : paths) {
      list(root, path, listed);
    }
    if (pending) {
      Set<String> dirty = Set.copyOf(session.pending());
      listed.values().removeIf(node -> !dirty.contains(node.path()));
    }
    if (pond().json()) {
      listed.values().forEach(node -> console.json(EntryJson.of(node)));
    } else {
      printNames(listed, console);
    }
  }

  private void printNames(Map<String, NodePath> listed, Console console) {
    Map<String, Entry> entries = new LinkedHashMap<>();
    listed.forEach((shown, node) -> entries.put(shown, node.entry()));
    EntryLines lines =
        new EntryLines(console.names(), pond().colors(), pond().environment().zone());
    String end = endWithNul ? "\0" : "\n";
    for (String line : details ? lines.detailed(entries) : lines.plain(entries)) {
      console.print(line + end);
    }
  }

  private void list(WorkingDirectory root, String path, Map<String, NodePath> listed)
      throws IOException {
    NodePath top =
        root.exists(path) ? Located.following(root, path) : Located.notFollowing(root, path);
    if (!top.entry().isDirectory()) {
      listed.put(path, Located.notFollowing(root, path));
      return;
    }
    String prefix = paths.size() == 1 ? "" : path.endsWith("/") ? path : path + "/";
    if (recursive) {
      Located.visitBelow(
          root,
          top,
          (below, found) -> put(listed, prefix, below, Located.below(top, below, found)));
    } else {
      for (Map.Entry<EntryName, Entry> child : root.list(path).entrySet()) {
        String name = child.getKey().value();
        put(listed, prefix, name, Located.below(top, name, child.getValue()));
      }
    }
  }

  private void put(Map<String, NodePath> listed, String prefix, String below, NodePath node) {
    if (all || !isHidden(below)) {
      listed.put(prefix + below, node);
    }
  }

  /** Returns whether a relative path has a component that begins with a dot. */
  static boolean isHidden(String below) {
    return below.startsWith(".") || below.contains("/.");
  }
}
