package io.duckpond.transaction;

import io.duckpond.node.Entry;
import java.io.IOException;
import java.util.Optional;

/** What may be appended to, and what may be written. */
final class Appending {
  private Appending() {}

  /** Refuses to append to what is there and is no series. */
  static void demandSeries(Workspace workspace, Site site) throws IOException {
    Optional<Entry> held = workspace.directory(site.place().directory()).get(site.place().name());
    if (held.isPresent() && !held.get().type().isSeries()) {
      throw Refusals.because(
          site.shown(),
          "is a " + held.get().type().storedName() + ", to which nothing is appended");
    }
  }

  /** Refuses to write over a series. */
  static void demandNone(Workspace workspace, Site site) throws IOException {
    Optional<Entry> held = workspace.directory(site.place().directory()).get(site.place().name());
    if (held.isPresent() && held.get().type().isSeries()) {
      throw Refusals.because(
          site.shown(),
          "is a " + held.get().type().storedName() + ": it is not written but appended to");
    }
  }
}
