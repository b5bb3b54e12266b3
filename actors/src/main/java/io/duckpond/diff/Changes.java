package io.duckpond.diff;

import io.duckpond.diff.Difference.Change;
import io.duckpond.node.Entry;
import java.util.EnumSet;
import java.util.Set;

/** Compares what two entries say of their nodes; versions and ids are no difference. */
final class Changes {
  private Changes() {}

  static Set<Change> between(Entry before, Entry after) {
    EnumSet<Change> changes = EnumSet.noneOf(Change.class);
    if (before.type() != after.type()) {
      changes.add(Change.TYPE);
    } else if (before instanceof Entry.File one && after instanceof Entry.File other) {
      if (!one.sha256().equals(other.sha256()) || one.size() != other.size()) {
        changes.add(Change.CONTENT);
      }
    } else if (before instanceof Entry.Symlink one && after instanceof Entry.Symlink other) {
      if (!one.target().equals(other.target())) {
        changes.add(Change.TARGET);
      }
    }
    if (before.attributes().mode() != after.attributes().mode()) {
      changes.add(Change.MODE);
    }
    if (before.attributes().modifiedNanos() != after.attributes().modifiedNanos()) {
      changes.add(Change.MODIFIED);
    }
    return changes;
  }
}
