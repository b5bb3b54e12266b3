package io.duckpond.dynamic;

import io.duckpond.WorkingDirectory;
import io.duckpond.glob.Glob;
import io.duckpond.glob.GlobMatch;
import io.duckpond.node.Entry;
import io.duckpond.path.EntryName;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A directory of what a glob finds: {@code
 * {"pattern":"/logs/*.txt","name":"{1}.log","separator":"_"}}.
 *
 * <p>A match is called as {@code name} says, where {@code {1}} is its first capture and {@code {0}}
 * its own name; without it, as its captures joined by {@code separator}. What has no name so, or
 * one that another match before it has, is left out. Links are shown as what they lead to.
 */
public final class GlobFactory implements DynamicFactory {

  @Override
  public String name() {
    return "glob";
  }

  @Override
  public DynamicNode create(Configuration configuration, DynamicContext context) {
    configuration.demandOnly("pattern", "name", "separator");
    String pattern = configuration.text("pattern");
    String name = configuration.optionalText("name").orElse("");
    String separator = configuration.optionalText("separator").orElse("_");
    try {
      Glob.parse(pattern);
    } catch (FileSystemException e) {
      throw new IllegalArgumentException(e.getMessage(), e);
    }
    return new Found(context.directory(), pattern, name, separator);
  }

  private record Found(WorkingDirectory from, String pattern, String name, String separator)
      implements DynamicDirectory {

    @Override
    public SortedMap<EntryName, DynamicEntry> entries() throws IOException {
      SortedMap<EntryName, DynamicEntry> entries = new TreeMap<>();
      from.visit(pattern, match -> add(match, entries));
      return entries;
    }

    private void add(GlobMatch match, SortedMap<EntryName, DynamicEntry> entries)
        throws IOException {
      String shown = nameOf(match);
      if (!EntryName.problemOf(shown).isEmpty()) {
        return;
      }
      if (!(match.entry() instanceof Entry.Symlink)) {
        entries.putIfAbsent(
            new EntryName(shown), new DynamicEntry.Node(match.entry(), match.path()));
      } else if (from.lookup(match.path()) instanceof io.duckpond.path.Resolution.Found found) {
        entries.putIfAbsent(
            new EntryName(shown), new DynamicEntry.Node(found.entry(), found.path()));
      }
    }

    private String nameOf(GlobMatch match) {
      String own = match.node().basename();
      if (name.isEmpty()) {
        return match.captures().isEmpty() ? own : String.join(separator, match.captures());
      }
      StringBuilder shown = new StringBuilder();
      int at = 0;
      while (at < name.length()) {
        int close = name.charAt(at) == '{' ? name.indexOf('}', at) : -1;
        String number = close < 0 ? "" : name.substring(at + 1, close);
        if (!number.matches("[0-9]{1,4}")) {
          shown.append(name.charAt(at++));
          continue;
        }
        int capture = Integer.parseInt(number);
        if (capture <= match.captures().size()) {
          shown.append(capture == 0 ? own : match.captures().get(capture - 1));
        }
        at = close + 1;
      }
      return shown.toString();
    }
  }
}
