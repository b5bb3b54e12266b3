package io.duckpond.view;

import io.duckpond.directory.DirectoryState;
import org.jspecify.annotations.Nullable;

/** What mutants of this package call instead. */
public final class ViewSubstitutes {
  private ViewSubstitutes() {}

  /** For a new state after another: puts it in the place of that one, for all who look at it. */
  public static Published inPlace(
      @Nullable Published before,
      long txnSeq,
      long timestampMicros,
      DirectoryState state,
      long oldestPin) {
    return before == null
        ? Published.loaded(txnSeq, timestampMicros, state)
        : Published.loaded(before.txnSeq(), before.timestampMicros(), state);
  }
}
