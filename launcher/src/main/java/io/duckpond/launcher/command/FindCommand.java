package io.duckpond.launcher.command;

import io.duckpond.WorkingDirectory;
import io.duckpond.glob.Glob;
import io.duckpond.launcher.Console;
import io.duckpond.launcher.PondSession;
import io.duckpond.launcher.render.EntryJson;
import io.duckpond.node.NodePath;
import io.duckpond.node.NodeType;
import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Searches below a directory. */
@Command(
    name = "find",
    description = "Print the paths of a node and all below it that pass every test, one a line.",
    footer = {
      "",
      "Paths are absolute. Links are neither followed nor, where they lead nowhere, a mistake;"
          + " names that begin with a dot are as all others.",
      "--glob: without a slash of the name, with one of the path below PATH, or of the whole path"
          + " if it begins with a slash. --type: f (all that has bytes), d, l, or a type as stat"
          + " prints it; given several times, any of them. --size: exactly N bytes, +N more, -N"
          + " less; k, M, G are KiB, MiB, GiB; given twice, both. --newer: modified after a time,"
          + " as --as-of takes it, or after the node at a path; with a slash in it, it is a path.",
      "",
      "Examples:",
      "  pond find",
      "  pond find /src --glob '*.java' --size +10k",
      "  pond find /src --glob 'test/**/*.java'",
      "  pond find --type d --newer 2026-11-22T13:00:00Z",
      "  pond find -0 /logs --newer /logs/last | xargs -0 pond cat"
    })
final class FindCommand extends ReadingVerb {
  @Option(names = "--glob", paramLabel = "P", description = "Names or paths that match.")
  private @Nullable String glob;

  @Option(names = "--type", paramLabel = "T", description = "Nodes of a type.")
  private List<String> types = List.of();

  @Option(names = "--size", paramLabel = "±N", description = "Files by their bytes.")
  private List<String> sizes = List.of();

  @Option(names = "--newer", paramLabel = "X", description = "Modified after a time or node.")
  private @Nullable String newer;

  @Option(names = "-0", description = "End each with a NUL.")
  private boolean endWithNul;

  @Parameters(arity = "0..1", defaultValue = "/", paramLabel = "PATH", description = "Its top.")
  private String path = "/";

  private final List<Predicate<NodePath>> tests = new ArrayList<>();

  @Override
  void check() {
    if (!types.isEmpty()) {
      Set<NodeType> wanted = EnumSet.noneOf(NodeType.class);
      types.forEach(type -> wanted.addAll(NodeTests.types(type)));
      tests.add(node -> wanted.contains(node.entry().type()));
    }
    sizes.forEach(size -> tests.add(NodeTests.size(size)));
  }

  @Override
  void print(PondSession session, Console console) throws IOException {
    WorkingDirectory root = session.root();
    NodePath top = Located.notFollowing(root, path);
    if (path.endsWith("/")) {
      top = Located.following(root, path);
    }
    if (glob != null) {
      tests.add(NodeTests.glob(Glob.parse(glob), glob, top.path()));
    }
    if (newer != null) {
      tests.add(NodeTests.newer(newer, root, pond().environment().zone()));
    }
    show(top, console);
    if (top.entry().isDirectory()) {
      NodePath whole = top;
      Located.visitBelow(
          root, top, (below, entry) -> show(Located.below(whole, below, entry), console));
    }
  }

  private void show(NodePath node, Console console) {
    if (!tests.stream().allMatch(test -> test.test(node))) {
      return;
    }
    if (pond().json()) {
      console.json(EntryJson.of(node));
    } else {
      console.print(console.names().show(node.path()) + (endWithNul ? '\0' : '\n'));
    }
  }
}
