package io.duckpond.launcher.render;

import io.duckpond.history.NodeChange;
import io.duckpond.history.NodeHistory;
import io.duckpond.node.Entry;
import io.duckpond.node.NodePath;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;

/** The life of a node as text and as JSON, newest first. */
public final class HistoryLines {
  private static final int SHORT_DIGEST = 12;

  private final Names names;
  private final ZoneId zone;

  /** Lines with names shown in the given way, and times in the given zone. */
  public HistoryLines(Names names, ZoneId zone) {
    this.names = names;
    this.zone = zone;
  }

  /** Returns version, transaction, time, size, digest and what happened of each, in columns. */
  public List<String> lines(NodeHistory history) {
    List<List<String>> rows = new ArrayList<>();
    String subject = history.path().orElse(history.newest().path());
    for (NodeChange change : history.changes()) {
      Entry.File file = change.entry() instanceof Entry.File bytes ? bytes : null;
      rows.add(
          List.of(
              "v" + change.entry().version(),
              "transaction " + change.txnSeq(),
              Times.local(Times.ofMicros(change.timestampMicros()), zone),
              file == null ? "-" : Long.toString(file.size()),
              file == null ? "-" : String.valueOf(file.sha256()).substring(0, SHORT_DIGEST),
              what(change, subject)));
    }
    return Columns.of(rows, 3);
  }

  private String what(NodeChange change, String subject) {
    List<String> parts = new ArrayList<>();
    for (NodeChange.Kind kind : new TreeSet<>(change.kinds())) {
      parts.add(
          switch (kind) {
            case MOVED -> "moved from " + names.show(change.movedFrom().orElse("?"));
            case ATTRIBUTES -> "mode " + Modes.letters(change.entry().attributes().mode());
            case CREATED, WRITTEN, REMOVED -> word(kind);
          });
    }
    String path = change.path().equals(subject) ? "" : " as " + names.show(change.path());
    String target =
        change.entry() instanceof Entry.Symlink link ? " -> " + names.show(link.target()) : "";
    return String.join(", ", parts) + path + target;
  }

  /** Returns one change as JSON. */
  public static JsonObject json(NodeChange change) {
    JsonObject object =
        new JsonObject()
            .put("txn_seq", change.txnSeq())
            .put("timestamp", Times.ofMicros(change.timestampMicros()))
            .putTexts(
                "changes", new TreeSet<>(change.kinds()).stream().map(HistoryLines::word).toList())
            .putText("moved_from", change.movedFrom());
    return EntryJson.put(object, new NodePath(change.path(), change.entry()));
  }

  private static String word(NodeChange.Kind kind) {
    return kind.name().toLowerCase(Locale.ROOT);
  }
}
