package io.duckpond.launcher.render;

import io.duckpond.diff.Difference;
import io.duckpond.node.Entry;
import io.duckpond.node.NodePath;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;

/** Differences of two states as text and as JSON. */
public final class DifferenceLines {
  private DifferenceLines() {}

  /** Returns what became of which path, and what of it changed. */
  public static String line(Difference difference, Names names) {
    String kind = String.format(Locale.ROOT, "%-8s ", word(difference.kind()));
    String from = difference.movedFrom().map(path -> names.show(path) + " -> ").orElse("");
    List<String> changes = changes(difference);
    String what = changes.isEmpty() ? "" : "  (" + String.join(", ", changes) + ")";
    return kind + from + names.show(difference.path()) + what;
  }

  /** Returns the same with both entries. */
  public static JsonObject json(Difference difference) {
    return new JsonObject()
        .put("change", word(difference.kind()))
        .put("path", difference.path())
        .putText("moved_from", difference.movedFrom())
        .putTexts("changes", changes(difference))
        .putObject(
            "before",
            difference
                .before()
                .map(entry -> json(difference.movedFrom().orElse(difference.path()), entry)))
        .putObject("after", difference.after().map(entry -> json(difference.path(), entry)));
  }

  private static JsonObject json(String path, Entry entry) {
    return EntryJson.of(new NodePath(path, entry));
  }

  private static List<String> changes(Difference difference) {
    return new TreeSet<>(difference.changes()).stream().map(DifferenceLines::word).toList();
  }

  private static String word(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT);
  }
}
