package io.duckpond.check;

import io.duckpond.Finding;
import io.duckpond.journal.disk.Sha256;
import io.duckpond.node.ContentLocator;
import io.duckpond.node.Entry;
import io.duckpond.node.NodeId;
import io.duckpond.node.Piece;
import io.duckpond.oplog.LogCheck;
import io.duckpond.oplog.OplogEntry;
import io.duckpond.view.Published;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;

/**
 * Which paths of the newest tree suffer from damage to a file of the pond. Of each damage only the
 * first few are kept, in the order of the walk.
 */
final class Affected implements TreeCheck.References {
  private static final int MOST = 20;

  private final List<LogCheck.DamagedPart> parts;
  private final Set<Sha256> damagedContents;
  private final RowIndex rows;
  private final SeriesIndex series;
  private final boolean rowsKnown;
  private final Predicate<ContentLocator.Logged> events;
  private final Map<String, List<String>> bySubject = new HashMap<>();
  private final Map<Sha256, List<String>> byContent = new HashMap<>();
  private final List<Lost> unexplained = new ArrayList<>();

  /** A reference that leads nowhere, though no damaged file explains it. */
  record Lost(String path, String expected) {}

  /**
   * For a walk.
   *
   * @param rowsKnown whether {@code rows} has all that could be read, so that what it has not is
   *     not there
   * @param events says whether an event could be read
   */
  Affected(
      List<LogCheck.DamagedPart> parts,
      Set<Sha256> damagedContents,
      RowIndex rows,
      SeriesIndex series,
      boolean rowsKnown,
      Predicate<ContentLocator.Logged> events) {
    this.parts = parts;
    this.damagedContents = damagedContents;
    this.rows = rows;
    this.series = series;
    this.rowsKnown = rowsKnown;
    this.events = events;
  }

  @Override
  public void file(String path, Entry.File file, ContentLocator.Logged place) {
    row(path, file, place);
    if (file.type().isSeries()) {
      for (OplogEntry.LargeFile large : series.large(file)) {
        content(large.sha256(), path + " (piece " + large.version() + ")");
      }
      if (rowsKnown) {
        pieces(path, file);
      }
    } else {
      content(file.sha256(), path + " (version " + file.version() + ")");
    }
  }

  private void content(Sha256 sha256, String named) {
    if (damagedContents.contains(sha256)) {
      add(byContent.computeIfAbsent(sha256, content -> new ArrayList<>()), named);
    }
  }

  /** Looks for every piece of a series: first for a row that lists it, then for its bytes. */
  private void pieces(String path, Entry.File file) {
    long expected = 1;
    for (Piece piece : series.pieces(file)) {
      unlisted(path, expected, piece.version() - 1);
      expected = piece.version() + 1;
      ContentLocator.Logged place = (ContentLocator.Logged) piece.place();
      boolean there = rows.has(place, file.child(), piece.version(), piece.sha256());
      if (!there && !blame(place, path + " (piece " + piece.version() + ")")) {
        unexplained.add(
            new Lost(
                path,
                String.format(
                    "piece %d of %d bytes in partition %s, sequence number %d",
                    piece.version(), piece.size(), place.partId(), place.seqNr())));
      }
    }
    unlisted(path, expected, file.version());
  }

  private void unlisted(String path, long from, long to) {
    if (from > to) {
      return;
    }
    // Which file held a row that nothing tells of, nobody knows.
    parts.forEach(part -> add(part, "perhaps " + path + " (pieces " + from + " to " + to + ")"));
    if (parts.isEmpty()) {
      unexplained.add(new Lost(path, "rows that list pieces " + from + " to " + to));
    }
  }

  private void row(String path, Entry.File file, ContentLocator.Logged place) {
    String named = path + " (version " + file.version() + ")";
    if (rows.has(place, file.child(), file.version(), file.sha256())) {
      return;
    }
    // Unless every byte is read, a row counts as there if the event of its commit is.
    boolean readable = !rowsKnown && events.test(place);
    boolean explained = readable || blame(place, named);
    if (rowsKnown && !explained) {
      unexplained.add(
          new Lost(
              path,
              String.format(
                  "version %d of %d bytes in partition %s, sequence number %d",
                  file.version(), file.size(), place.partId(), place.seqNr())));
    }
  }

  @Override
  public void lost(String path, NodeId directory) {
    if (!blame(new ContentLocator.Logged(directory.hex(), 1), path)) {
      unexplained.add(new Lost(path, "events of directory " + directory));
    }
  }

  /** Blames the parts that held events of directories. */
  void directories(Map<NodeId, Published> directories, Paths paths) {
    Map<String, Long> lastEvents = new TreeMap<>();
    if (!parts.isEmpty()) {
      directories.forEach((id, state) -> lastEvents.put(id.hex(), state.state().seqNr()));
    }
    for (LogCheck.DamagedPart part : parts) {
      if (part.partitions().isPresent()) {
        part.partitions().get().forEach(id -> add(part, named(id, paths)));
      } else {
        for (Map.Entry<String, Long> last : lastEvents.entrySet()) {
          if (part.mayHold(new ContentLocator.Logged(last.getKey(), last.getValue() + 1))) {
            add(part, "perhaps " + named(last.getKey(), paths));
          }
        }
      }
    }
  }

  static String named(String partId, Paths paths) {
    try {
      return paths.of(NodeId.parse(partId)).orElse("directory " + partId);
    } catch (IllegalArgumentException e) {
      return "directory " + partId;
    }
  }

  private void add(LogCheck.DamagedPart part, String path) {
    add(bySubject.computeIfAbsent(part.subject(), subject -> new ArrayList<>()), path);
  }

  private boolean blame(ContentLocator.Logged place, String path) {
    boolean any = false;
    for (LogCheck.DamagedPart part : parts) {
      if (part.mayHold(place)) {
        any = true;
        add(part, path);
      }
    }
    return any;
  }

  private static void add(List<String> paths, String path) {
    if (paths.contains(path)) {
      return;
    }
    if (paths.size() < MOST) {
      paths.add(path);
    } else if (paths.size() == MOST) {
      paths.add("and more");
    }
  }

  List<Lost> unexplained() {
    return unexplained;
  }

  /** Returns a finding with the paths that its subject's damage affects. */
  Finding complete(Finding finding) {
    List<String> paths = bySubject.getOrDefault(finding.subject(), List.of());
    return finding.damage() && !paths.isEmpty() ? finding.affecting(paths) : finding;
  }

  /** Returns a finding with the paths whose content is damaged. */
  Finding complete(Finding finding, Sha256 content, String otherwise) {
    return finding.affecting(byContent.getOrDefault(content, List.of(otherwise)));
  }
}
