package io.duckpond.transaction;

import io.duckpond.ConflictException;
import io.duckpond.oplog.OplogEntry;
import io.duckpond.path.EntryName;
import io.duckpond.view.TreeView;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What validation says of changes that were asked for by several callers: those that nothing stands
 * in the way of become one transaction, the others are conflicts.
 *
 * @param decision what to write; empty if all are conflicts
 * @param changes the valid ones as one
 * @param refused why the others are not, by their position
 */
record Verdict(
    Optional<Decision> decision, Changes changes, Map<Integer, ConflictException> refused) {

  Verdict {
    refused = Map.copyOf(refused);
  }

  /**
   * Decides on changes against the newest committed tree.
   *
   * @param asked at least one; several only if all change names of one directory and nothing else
   */
  static Verdict on(List<Changes> asked, TreeView committed, String txnId) throws IOException {
    List<Changes> valid = new ArrayList<>(asked.size());
    Map<Integer, ConflictException> refused = new HashMap<>();
    Set<EntryName> taken = new HashSet<>();
    for (int i = 0; i < asked.size(); i++) {
      try {
        Validation.check(asked.get(i), committed);
        if (asked.size() > 1) {
          takeNames(asked.get(i).directories().get(0), taken);
        }
        valid.add(asked.get(i));
      } catch (ConflictException e) {
        refused.put(i, e);
      }
    }
    if (valid.isEmpty()) {
      return new Verdict(Optional.empty(), asked.get(0), refused);
    }
    Changes joined = valid.size() == 1 ? valid.get(0) : joined(valid);
    return new Verdict(Optional.of(Decision.of(joined, committed, txnId)), joined, refused);
  }

  /** Who comes first has the name: it is no longer what the others have seen. */
  private static void takeNames(Changes.OfDirectory directory, Set<EntryName> taken)
      throws ConflictException {
    for (Changes.OfName name : directory.names()) {
      if (taken.contains(name.change().name())) {
        throw Validation.changed(directory.path(), name.change().name());
      }
    }
    directory.names().forEach(name -> taken.add(name.change().name()));
  }

  private static Changes joined(List<Changes> all) {
    List<Changes.OfName> names = new ArrayList<>();
    Changes.OfDirectory first = all.get(0).directories().get(0);
    List<OplogEntry> contents = new ArrayList<>();
    for (Changes each : all) {
      names.addAll(each.directories().get(0).names());
      contents.addAll(each.directories().get(0).contents());
    }
    names.sort(Comparator.comparing(name -> name.change().name()));
    return new Changes(
        all.get(0).pin(),
        List.of(
            new Changes.OfDirectory(
                first.directory(), first.path(), false, names, first.own(), contents)),
        List.of(),
        List.of(),
        all.get(0).staging(),
        all.stream().mapToLong(Changes::operations).sum(),
        all.stream().mapToLong(Changes::bytes).sum());
  }
}
