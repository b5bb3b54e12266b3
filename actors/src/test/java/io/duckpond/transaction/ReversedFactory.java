package io.duckpond.transaction;

import io.duckpond.WorkingDirectory;
import io.duckpond.dynamic.Configuration;
import io.duckpond.dynamic.DynamicContext;
import io.duckpond.dynamic.DynamicDirectory;
import io.duckpond.dynamic.DynamicEntry;
import io.duckpond.dynamic.DynamicFactory;
import io.duckpond.dynamic.DynamicNode;
import io.duckpond.node.Entry;
import io.duckpond.path.EntryName;
import java.io.IOException;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** A directory that reverses the names of another: {@code {"of":"/1"}}. The example of the docs. */
public final class ReversedFactory implements DynamicFactory {

  @Override
  public String name() {
    return "reversed";
  }

  @Override
  public DynamicNode create(Configuration configuration, DynamicContext context) {
    return new Reversed(context.directory(), configuration.demandOnly("of").text("of"));
  }

  private record Reversed(WorkingDirectory from, String of) implements DynamicDirectory {
    @Override
    public SortedMap<EntryName, DynamicEntry> entries() throws IOException {
      if (of.equals("!")) {
        throw new IllegalStateException("out of order");
      }
      SortedMap<EntryName, DynamicEntry> entries = new TreeMap<>();
      for (Map.Entry<EntryName, Entry> each : from.list(of).entrySet()) {
        String name = each.getKey().value();
        entries.put(
            new EntryName(new StringBuilder(name).reverse().toString()),
            new DynamicEntry.Node(each.getValue(), of + "/" + name));
      }
      return entries;
    }
  }
}
