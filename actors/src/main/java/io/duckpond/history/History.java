package io.duckpond.history;

import io.duckpond.WorkingDirectory;
import io.duckpond.history.NodeChange.Kind;
import io.duckpond.node.Attributes;
import io.duckpond.node.Entry;
import io.duckpond.node.NodeId;
import io.duckpond.oplog.LogFilter;
import io.duckpond.oplog.Oplog;
import io.duckpond.oplog.OplogReader;
import io.duckpond.oplog.TransactionRow;
import io.duckpond.path.EntryName;
import io.duckpond.path.PondPath;
import io.duckpond.path.Resolution;
import io.duckpond.series.Pieces;
import io.duckpond.transaction.TreeWorkingDirectory;
import io.duckpond.view.Tree;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.EnumSet;
import java.util.List;
import java.util.LongSummaryStatistics;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Executor;
import java.util.stream.Stream;

/**
 * What became of nodes up to one committed state, out of the log. A path means what is there; if
 * nothing is, the newest node that was ever there. Reads the events of the directories in question,
 * never contents. For one thread; damage in what it reads is a {@code DamageException}.
 */
public final class History {

  /** What a link at the end of a path means. */
  public enum Links {
    FOLLOW,
    KEEP
  }

  private final Oplog log;
  private final OplogReader reader;
  private final Tree tree;
  private final Executor executor;
  private final int parallelism;
  private final Places places;

  /** The history up to the state that {@code tree} shows. */
  public History(Oplog log, Tree tree, Executor executor, int parallelism) {
    this.log = log;
    this.reader = log.reader();
    this.tree = tree;
    this.executor = executor;
    this.parallelism = parallelism;
    this.places = new Places(log, tree.txnSeq(), executor, parallelism);
  }

  /**
   * Returns the life of the node at a path.
   *
   * @throws java.nio.file.NoSuchFileException if nothing was ever there
   */
  public NodeHistory of(String path, Links links) throws IOException {
    PastPath.Located found = locate(path, links);
    return found.node().equals(NodeId.ROOT) ? ofRoot() : of(found);
  }

  /**
   * Returns the transactions that touched what is at a path, newest first: of a directory all that
   * changed something at or below it, wherever it was then.
   */
  public List<TransactionRow> transactions(String path, Links links, long most) throws IOException {
    NodeHistory history = of(path, links);
    TreeSet<Long> touched = new TreeSet<>();
    history.changes().forEach(change -> touched.add(change.txnSeq()));
    if (history.newest().entry() instanceof Entry.Directory) {
      touched.addAll(
          new Subtree(log, tree.txnSeq(), executor, parallelism)
              .transactions(history.node(), history.presence(tree.txnSeq())));
    }
    return rows(touched.descendingSet().stream().limit(most).toList());
  }

  /**
   * Opens the bytes of a version of the file at a path; links are followed.
   *
   * @throws FileSystemException if it is no file or has no such version
   */
  public InputStream open(String path, long version) throws IOException {
    NodeHistory history = of(path, Links.FOLLOW);
    if (history.newest().entry() instanceof Entry.File series && series.type().isSeries()) {
      return openPiece(series, path, version);
    }
    LongSummaryStatistics versions = new LongSummaryStatistics();
    for (NodeChange change : history.changes()) {
      if (!(change.entry() instanceof Entry.File file)) {
        throw new FileSystemException(path, null, "not a file: it has no versions");
      }
      if (file.version() == version) {
        return tree.open(file, change.path());
      }
      versions.accept(file.version());
    }
    throw new FileSystemException(
        path,
        null,
        "there is no version "
            + version
            + "; it has "
            + versions.getMin()
            + " to "
            + versions.getMax());
  }

  private InputStream openPiece(Entry.File series, String path, long version) throws IOException {
    if (version < 1 || version > series.version()) {
      throw new FileSystemException(
          path, null, "there is no version " + version + "; it has 1 to " + series.version());
    }
    Pieces pieces = tree.pieces(series, path);
    return pieces.open(pieces.numbered(version).piece());
  }

  private PastPath.Located locate(String path, Links links) throws IOException {
    WorkingDirectory root = TreeWorkingDirectory.of(tree);
    Resolution now = links == Links.FOLLOW ? root.lookup(path) : root.lookupNoFollow(path);
    if (now instanceof Resolution.Found found) {
      return living(found);
    }
    Optional<PastPath.Located> past =
        new PastPath(log, tree.txnSeq(), places).find(names(path, root));
    if (past.isEmpty()) {
      // There never was anything: the path of today says best what is the matter with it.
      Entry odd = links == Links.FOLLOW ? root.metadata(path) : root.metadataNoFollow(path);
      throw new IllegalStateException(path + " leads nowhere, and to " + odd);
    }
    return past.get();
  }

  private PastPath.Located living(Resolution.Found found) throws IOException {
    NodeId at = NodeId.ROOT;
    List<String> components = PondPath.parse(found.path()).components();
    for (String component : components.subList(0, Math.max(0, components.size() - 1))) {
      NodeId holder = at;
      at =
          tree.directory(holder)
              .get(new EntryName(component))
              .orElseThrow(() -> new NoSuchFileException(found.path()))
              .child();
      places.know(at, holder);
    }
    NodeId node = found.entry().child();
    if (found.entry() instanceof Entry.Directory && !node.equals(NodeId.ROOT)) {
      places.know(node, found.parent());
    }
    return new PastPath.Located(node, found.parent());
  }

  /** Returns the names of a path that leads nowhere now, links resolved as far as it leads. */
  private static List<EntryName> names(String path, WorkingDirectory root) throws IOException {
    List<String> components = PondPath.parse(path).components();
    for (int known = components.size() - 1; known > 0; known--) {
      String start = "/" + String.join("/", components.subList(0, known));
      if (root.lookup(start) instanceof Resolution.Found found) {
        List<String> resolved = new ArrayList<>(PondPath.parse(found.path()).components());
        resolved.addAll(components.subList(known, components.size()));
        return names(resolved, path);
      }
    }
    return names(components, path);
  }

  private static List<EntryName> names(List<String> components, String path)
      throws FileSystemException {
    List<EntryName> names = new ArrayList<>();
    for (String component : components) {
      if (component.equals("..")) {
        throw new FileSystemException(path, null, "cannot go up from what is no more");
      }
      names.add(new EntryName(component));
    }
    return names;
  }

  private NodeHistory of(PastPath.Located found) throws IOException {
    List<Step> steps = places.timeline(found.node(), found.holder());
    Deque<NodeChange> newestFirst = new ArrayDeque<>();
    Optional<Step> before = Optional.empty();
    for (Step step : steps) {
      newestFirst.addFirst(change(before, step));
      before = Optional.of(step);
    }
    Step last = steps.get(steps.size() - 1);
    Optional<Step> end = last.here() ? places.end(last.directory()) : Optional.of(last);
    if (last.here() && end.isPresent()) {
      newestFirst.addFirst(removal(last, end.get()));
    }
    Optional<String> path = end.isPresent() ? Optional.empty() : Optional.of(path(last));
    return new NodeHistory(found.node(), path, List.copyOf(newestFirst));
  }

  private NodeChange change(Optional<Step> before, Step step) throws IOException {
    if (!step.here()) {
      return removal(before.orElse(step), step);
    }
    Optional<Step> since = before.filter(Step::here);
    if (since.isEmpty()) {
      return change(step, EnumSet.of(Kind.CREATED), Optional.empty());
    }
    EnumSet<Kind> kinds = EnumSet.noneOf(Kind.class);
    Entry old = since.get().entry();
    if (old.version() != step.entry().version()) {
      kinds.add(Kind.WRITTEN);
    }
    boolean sameMode = old.attributes().mode() == step.entry().attributes().mode();
    if (!sameMode || (kinds.isEmpty() && !old.attributes().equals(step.entry().attributes()))) {
      kinds.add(Kind.ATTRIBUTES);
    }
    boolean moved =
        !since.get().directory().equals(step.directory())
            || !since.get().name().equals(step.name());
    if (moved) {
      kinds.add(Kind.MOVED);
    }
    return change(
        step, kinds, moved ? Optional.of(path(since.get(), step.txnSeq() - 1)) : Optional.empty());
  }

  private NodeChange change(Step step, Set<Kind> kinds, Optional<String> movedFrom)
      throws IOException {
    return new NodeChange(
        step.txnSeq(),
        step.timestampMicros(),
        kinds,
        path(step, step.txnSeq()),
        movedFrom,
        step.entry());
  }

  private NodeChange removal(Step last, Step end) throws IOException {
    return new NodeChange(
        end.txnSeq(),
        end.timestampMicros(),
        EnumSet.of(Kind.REMOVED),
        path(last, end.txnSeq() - 1),
        Optional.empty(),
        last.entry());
  }

  private String path(Step step) throws IOException {
    return path(step, tree.txnSeq());
  }

  private String path(Step step, long txnSeq) throws IOException {
    return Places.child(places.path(step.directory(), txnSeq), step.name().value());
  }

  /** The root has no directory that holds it: its own rows tell of it. */
  private NodeHistory ofRoot() throws IOException {
    Deque<NodeChange> newestFirst = new ArrayDeque<>();
    log.replay(
        NodeId.ROOT,
        0,
        tree.txnSeq(),
        event ->
            event
                .event()
                .own()
                .own()
                .ifPresent(
                    own ->
                        newestFirst.addFirst(
                            rootChange(
                                event.txnSeq(),
                                event.timestampMicros(),
                                newestFirst.isEmpty() ? Kind.CREATED : Kind.ATTRIBUTES,
                                own))));
    return new NodeHistory(NodeId.ROOT, Optional.of("/"), List.copyOf(newestFirst));
  }

  private static NodeChange rootChange(long txnSeq, long micros, Kind kind, Attributes own) {
    return new NodeChange(
        txnSeq,
        micros,
        EnumSet.of(kind),
        "/",
        Optional.empty(),
        new Entry.Directory(NodeId.ROOT, own));
  }

  private List<TransactionRow> rows(List<Long> newestFirst) {
    if (newestFirst.isEmpty()) {
      return List.of();
    }
    Set<Long> wanted = Set.copyOf(newestFirst);
    LogFilter range =
        new LogFilter(
            Optional.empty(), newestFirst.get(newestFirst.size() - 1), newestFirst.get(0));
    Deque<TransactionRow> rows = new ArrayDeque<>();
    try (Stream<TransactionRow> all = reader.transactions(range)) {
      all.filter(row -> wanted.contains(row.txnSeq())).forEachOrdered(rows::addFirst);
    }
    return List.copyOf(rows);
  }
}
