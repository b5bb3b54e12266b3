package io.duckpond.simulation;

import io.duckpond.WorkingDirectory;
import io.duckpond.node.Entry;
import io.duckpond.path.EntryName;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import org.apache.pekko.util.ByteString;

/** Compares a pond's tree with the model's: names, kinds, attributes, versions, targets, bytes. */
final class ModelComparison {
  private final WorkingDirectory root;
  private final ModelTree model;
  private final List<String> differences = new ArrayList<>();

  private ModelComparison(WorkingDirectory root, ModelTree model) {
    this.root = root;
    this.model = model;
  }

  /** Reads everything; throws an {@link AssertionError} that says what is different. */
  static void require(WorkingDirectory root, ModelTree model, String what) throws IOException {
    List<String> differences = differences(root, model);
    if (!differences.isEmpty()) {
      throw new AssertionError(what + ": " + String.join("; ", differences));
    }
  }

  /** Reads everything, and returns what is different. */
  static List<String> differences(WorkingDirectory root, ModelTree model) throws IOException {
    ModelComparison comparison = new ModelComparison(root, model);
    comparison.compare(ModelTree.ROOT, "/");
    return comparison.differences;
  }

  private void compare(long directory, String path) throws IOException {
    SortedMap<String, ModelEntry> expected = model.names(directory);
    SortedMap<EntryName, Entry> found = root.list(path);
    for (EntryName name : found.keySet()) {
      if (!expected.containsKey(name.value())) {
        differences.add(path + name + " is there and should not be");
      }
    }
    for (var each : expected.entrySet()) {
      String below = path + each.getKey();
      Entry entry = found.get(new EntryName(each.getKey()));
      if (entry == null) {
        differences.add(below + " is missing");
      } else if (!alike(entry, each.getValue(), below)) {
        differences.add(below + " is " + entry + " and should be " + each.getValue());
      } else if (each.getValue() instanceof ModelEntry.Directory child) {
        compare(child.node(), below + "/");
      }
    }
  }

  private boolean alike(Entry entry, ModelEntry expected, String path) throws IOException {
    if (entry.attributes().modifiedNanos() != expected.modified()) {
      return false;
    }
    if (expected instanceof ModelEntry.Directory) {
      return entry instanceof Entry.Directory;
    }
    if (expected instanceof ModelEntry.Link link) {
      return entry instanceof Entry.Symlink found && found.target().equals(link.target());
    }
    ModelEntry.File file = (ModelEntry.File) expected;
    return entry instanceof Entry.File found
        && found.version() == file.version()
        && found.size() == file.bytes().size()
        && ByteString.fromArray(root.readBytes(path)).equals(file.bytes());
  }
}
