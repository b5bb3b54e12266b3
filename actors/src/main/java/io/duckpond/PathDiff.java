package io.duckpond;

import io.duckpond.diff.Difference;
import io.duckpond.diff.Item;
import io.duckpond.path.Resolution;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** Chooses differences by a path, which may lead elsewhere in each state, or nowhere in one. */
final class PathDiff {
  private PathDiff() {}

  static List<Difference> of(List<Difference> all, PondView before, PondView after, String path)
      throws IOException {
    Optional<String> old = resolved(before, path);
    Optional<String> now = resolved(after, path);
    if (old.isEmpty() && now.isEmpty()) {
      after.root().metadataNoFollow(path); // says in its words why it leads nowhere
    }
    return all.stream()
        .filter(
            found ->
                isWithin(old, found.before().map(entry -> found.movedFrom().orElse(found.path())))
                    || isWithin(now, found.after().map(entry -> found.path())))
        .toList();
  }

  private static boolean isWithin(Optional<String> top, Optional<String> path) {
    return top.isPresent() && path.isPresent() && Item.isWithin(path.get(), top.get());
  }

  private static Optional<String> resolved(PondView view, String path) throws IOException {
    return view.root().lookupNoFollow(path) instanceof Resolution.Found found
        ? Optional.of(found.path())
        : Optional.empty();
  }
}
