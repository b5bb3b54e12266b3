package io.duckpond.launcher.render;

import io.duckpond.node.Entry;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Entries of directories as lines of text. */
public final class EntryLines {
  private static final String RESET = "\033[0m";
  private static final int LEAST_SIZE_WIDTH = 5;

  private final Names names;
  private final boolean colors;
  private final ZoneId zone;

  /** Lines with names shown in the given way. */
  public EntryLines(Names names, boolean colors, ZoneId zone) {
    this.names = names;
    this.colors = colors;
    this.zone = zone;
  }

  /** Returns one name each. */
  public List<String> plain(Map<String, Entry> entries) {
    List<String> lines = new ArrayList<>(entries.size());
    entries.forEach((name, entry) -> lines.add(name(name, entry)));
    return lines;
  }

  /** Returns type, mode, size, version, time and name each, in columns. */
  public List<String> detailed(Map<String, Entry> entries) {
    int sizeWidth = LEAST_SIZE_WIDTH;
    int versionWidth = 1;
    for (Entry entry : entries.values()) {
      sizeWidth = Math.max(sizeWidth, size(entry).length());
      versionWidth = Math.max(versionWidth, Long.toString(entry.version()).length());
    }
    List<String> lines = new ArrayList<>(entries.size());
    for (Map.Entry<String, Entry> named : entries.entrySet()) {
      Entry entry = named.getValue();
      lines.add(
          typeLetter(entry)
              + " "
              + (entry instanceof Entry.Symlink
                  ? " ".repeat(9)
                  : Modes.letters(entry.attributes().mode()))
              + "  "
              + padLeft(size(entry), sizeWidth)
              + "  v"
              + padRight(Long.toString(entry.version()), versionWidth)
              + "  "
              + Times.local(Times.ofNanos(entry.attributes().modifiedNanos()), zone)
              + "  "
              + name(named.getKey(), entry)
              + (entry instanceof Entry.Symlink link ? " -> " + names.show(link.target()) : ""));
    }
    return lines;
  }

  /** Returns a name, coloured by what it is. */
  public String name(String name, Entry entry) {
    String shown = names.show(name);
    if (!colors) {
      return shown;
    }
    if (entry instanceof Entry.Directory) {
      return "\033[1;34m" + shown + RESET;
    }
    if (entry instanceof Entry.Symlink) {
      return "\033[1;36m" + shown + RESET;
    }
    return (entry.attributes().mode() & 0111) == 0 ? shown : "\033[1;32m" + shown + RESET;
  }

  private static String typeLetter(Entry entry) {
    return switch (entry.type()) {
      case DIRECTORY, DYNAMIC_DIRECTORY -> "d";
      case SYMLINK -> "l";
      case FILE, DYNAMIC_FILE -> "-";
      case SERIES -> "s";
      case TABLE -> "t";
      case TABLE_SERIES -> "T";
    };
  }

  private static String size(Entry entry) {
    if (entry instanceof Entry.Computed computed && computed.size().isPresent()) {
      return Long.toString(computed.size().getAsLong());
    }
    return entry instanceof Entry.File file ? Long.toString(file.size()) : "-";
  }

  private static String padLeft(String text, int width) {
    return " ".repeat(Math.max(0, width - text.length())) + text;
  }

  private static String padRight(String text, int width) {
    return text + " ".repeat(Math.max(0, width - text.length()));
  }
}
