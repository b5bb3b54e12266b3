package io.duckpond.check;

import io.duckpond.CheckMode;
import io.duckpond.CheckReport;
import io.duckpond.Finding;
import io.duckpond.Progress;
import io.duckpond.content.ContentCheck;
import io.duckpond.journal.disk.Machine;
import io.duckpond.journal.disk.Sha256;
import io.duckpond.journal.disk.Stopwatch;
import io.duckpond.oplog.LogCheck;
import io.duckpond.oplog.OplogEntry;
import io.duckpond.restore.ContentRoot;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Executor;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * One look at all of a pond's files: the log, the tree that it makes, the contents. It needs no
 * pond that can be opened, goes on after whatever it finds, and changes nothing.
 */
public final class Inspection {
  private final Machine machine;
  private final Path log;
  private final Path contents;
  private final CheckMode mode;
  private final Progress progress;
  private final Stopwatch stopwatch;
  private Paths paths = new Paths();
  private boolean complete;

  /**
   * Of a pond.
   *
   * @param log the folder of its log
   * @param contents the folder of its large contents
   */
  public Inspection(Machine machine, Path log, Path contents, CheckMode mode, Progress progress) {
    this.machine = machine;
    this.log = log;
    this.contents = contents;
    this.mode = mode;
    this.progress = progress;
    this.stopwatch = Stopwatch.start(machine.clock());
  }

  /**
   * Inspects, with up to {@code parallelism} tasks on {@code executor}.
   *
   * @throws NoSuchFileException if there is no log, nor anything left of one
   */
  public CheckReport run(Executor executor, int parallelism) throws IOException {
    History[] history = {new History()};
    LogCheck.Report logged;
    try (LogCheck check = new LogCheck(machine, log)) {
      logged =
          check.run(
              mode,
              () -> history[0] = new History(), // what a check that began anew had seen is void
              executor,
              parallelism,
              progress);
    }
    return report(logged, history[0]);
  }

  private CheckReport report(LogCheck.Report logged, History history) throws IOException {
    History.Rebuilt rebuilt = history.rebuild();
    ContentCheck contentCheck = checkContents(history);
    Map<Sha256, OplogEntry.LargeFile> large = history.largeFiles();
    TreeCheck tree = new TreeCheck(rebuilt.directories());
    Affected affected =
        new Affected(
            logged.damagedParts(),
            contentCheck.damaged().stream()
                .map(damaged -> damaged.content().sha256())
                .collect(Collectors.toSet()),
            history.rows(),
            history.series(),
            mode == CheckMode.DEEP,
            history::hasEvent);
    tree.run(affected);
    affected.directories(rebuilt.directories(), tree.paths());
    for (Affected.Lost lost : affected.unexplained()) {
      tree.bad(lost.path(), lost.expected(), "nothing there");
    }
    paths = tree.paths();
    boolean whole =
        logged.damagedParts().isEmpty() && rebuilt.wrong().isEmpty() && tree.findings().isEmpty();

    complete = whole && logged.sound();
    List<Finding> findings = new ArrayList<>();
    logged.findings().stream()
        .filter(Finding::damage)
        .map(affected::complete)
        .forEach(findings::add);
    findings.addAll(History.findings(rebuilt.wrong(), tree.paths()));
    findings.addAll(tree.findings());
    contentCheck.damaged().stream()
        .map(
            damaged ->
                affected.complete(
                    damaged.finding(),
                    damaged.content().sha256(),
                    earlier(large.get(damaged.content().sha256()))))
        .sorted(Comparator.comparing(Finding::subject))
        .forEach(findings::add);
    logged.findings().stream().filter(finding -> !finding.damage()).forEach(findings::add);
    findings.addAll(contentCheck.leftovers());
    return new CheckReport(
        findings,
        logged.txnSeq(),
        whole ? contentRoot(logged, rebuilt) : Optional.empty(),
        rebuilt.directories().size(),
        history.events(),
        logged.files() + contentCheck.files(),
        logged.bytes() + contentCheck.bytes(),
        stopwatch.elapsed());
  }

  /** Returns the path of a directory of the tree that was inspected, or what else it is called. */
  public String pathOf(String partId) {
    return Affected.named(partId, paths);
  }

  /**
   * Returns whether the log and all events in it were read, so that what nothing refers to is
   * really an orphan.
   */
  public boolean knowsAllReferences() {
    return complete;
  }

  private static String earlier(OplogEntry.@Nullable LargeFile row) {
    return row == null
        ? "an earlier state"
        : "an earlier state: version " + row.version() + " of file " + row.node();
  }

  private ContentCheck checkContents(History history) throws IOException {
    ContentCheck check = new ContentCheck(machine.disk(), contents, mode, progress);
    for (OplogEntry.LargeFile file : new TreeMap<>(byName(history.largeFiles())).values()) {
      check.check(new ContentCheck.Wanted(file.sha256(), file.blocks(), file.size()));
    }
    check.findLeftovers(history.largeFiles());
    return check;
  }

  private static Map<String, OplogEntry.LargeFile> byName(
      Map<Sha256, OplogEntry.LargeFile> contents) {
    return contents.values().stream()
        .collect(Collectors.toMap(file -> file.sha256().hex(), file -> file));
  }

  private static Optional<Sha256> contentRoot(LogCheck.Report logged, History.Rebuilt rebuilt)
      throws IOException {
    return Optional.of(ContentRoot.of(new RebuiltTree(logged.txnSeq(), rebuilt.directories())));
  }
}
