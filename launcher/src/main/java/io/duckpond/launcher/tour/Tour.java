package io.duckpond.launcher.tour;

import io.duckpond.launcher.Console;
import io.duckpond.launcher.Environment;
import io.duckpond.launcher.render.Sizes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A real tree goes into a pond, is changed and queried; all but the log is deleted; it comes back,
 * and out again unchanged. Whatever differs fails the tour.
 */
public final class Tour {
  private static final Pattern CONTENT_ROOT = Pattern.compile("content root +([0-9a-f]{64})");

  private final Console console;
  private final Steps steps;
  private final Path tree;
  private final Path place;
  private final Path pond;

  /** A tour with {@code tree}, in the empty folder {@code place}. */
  public Tour(Environment environment, Console console, Path tree, Path place) {
    this.console = console;
    this.tree = tree;
    this.place = place;
    this.pond = pondIn(place);
    Map<String, String> variables = new HashMap<>(environment.variables());
    variables.put("POND", pond.toString());
    this.steps = new Steps(environment.withVariables(variables), console);
  }

  /** Returns where a tour in {@code place} has its pond. */
  public static Path pondIn(Path place) {
    return place.resolve("pond");
  }

  /** Runs all of it; throws what the user is told if anything is not as it should be. */
  public TourReport run() throws IOException {
    long start = System.nanoTime();
    console.line("# The tree is " + tree + ". Everything below is real output.");
    fill();
    change();
    String before = look();
    loseAllButTheLog();
    String after = comeBack();
    steps.expect("the content root after the restore", before, after);
    long nodes = compare();
    Duration took = Duration.ofNanos(System.nanoTime() - start);
    console.line("");
    console.line(
        "# All of it came back: " + took.toSeconds() + "." + took.toMillisPart() / 100 + " s.");
    console.flush();
    return new TourReport(nodes, after, took);
  }

  private void fill() throws IOException {
    steps.chapter("Make a pond and put the tree into it: one transaction, all of it or nothing.");
    steps.pond("init", pond.toString());
    console.line("$ export POND=" + pond);
    steps.pond("copy", "-m", "the tree as it was", tree.toString(), "pond:/tree");
    steps.pond("ls", "-l", "/tree");
  }

  private void change() throws IOException {
    steps.chapter("Change it. Every verb is one durable transaction; the history keeps it all.");
    steps.pond("mkdir", "-p", "/notes/drafts");
    steps.pipe("a first draft", "put", "/notes/drafts/plan.txt");
    steps.pipe("a second draft", "put", "/notes/drafts/plan.txt");
    steps.pond("mv", "/notes/drafts/plan.txt", "/notes/plan.txt");
    steps.pond("ln", "-s", "plan.txt", "/notes/latest");
    steps.pond("rm", "-r", "/notes/drafts");
    steps.expect(
        "what /notes/latest leads to", "a second draft\n", steps.pond("cat", "/notes/latest"));
    steps.pond("ls", "-l", "/notes");
  }

  private String look() throws IOException {
    steps.chapter("Look at it: the state, the log, and SQL over the whole history.");
    steps.pond("status");
    steps.pond("log", "-n", "3");
    steps.pond("show", "-n", "2");
    steps.pond(
        "query",
        "select file_type, count(*) as entries from oplog_entries group by file_type order by 1");
    steps.pond(
        "query",
        "select path, type, size from nodes where path like '/tree/%'"
            + " order by size desc nulls last, path limit 5");
    steps.pond("query", "select txn_seq, command, message from transactions order by txn_seq");
    return contentRoot(steps.pond("restore"));
  }

  private void loseAllButTheLog() throws IOException {
    steps.chapter("Lose everything but oplog/ and contents/, the only truth. Reading goes on.");
    try (Stream<Path> parts = Files.list(pond)) {
      for (Path part : parts.sorted().toList()) {
        if (!List.of("oplog", "contents").contains(String.valueOf(part.getFileName()))) {
          console.line("$ rm -r " + part);
          HostTrees.delete(part);
        }
      }
    }
    steps.pond("ls", "/");
  }

  private String comeBack() throws IOException {
    steps.chapter("Rebuild every directory from the log, in parallel, checking every hash.");
    return contentRoot(steps.pond("restore", "--verify"));
  }

  private long compare() throws IOException {
    steps.chapter("Copy the tree out and compare it with what went in.");
    Path out = place.resolve("out");
    steps.pond("copy", "pond:/tree", out.toString());
    List<String> differences = HostTrees.differences(tree, out);
    steps.expect("the tree that came out", List.of(), differences.stream().limit(5).toList());
    long nodes;
    try (Stream<Path> all = Files.walk(out)) {
      nodes = all.count();
    }
    console.line(
        "# "
            + Sizes.count(nodes, "node")
            + " compared: types, bytes, modes, times to the nanosecond and link targets are equal.");
    HostTrees.delete(out);
    return nodes;
  }

  private String contentRoot(String printed) {
    Matcher found = CONTENT_ROOT.matcher(printed);
    steps.expect("a content root in what restore printed", true, found.find());
    return found.group(1);
  }
}
