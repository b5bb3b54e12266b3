package io.duckpond.query;

import io.duckpond.Pond;
import io.duckpond.PondView;
import java.io.IOException;
import java.util.List;

/** The newest committed state of a pond, afresh for every statement. */
record CommittedState(Pond pond) implements PondSource {

  @Override
  public PondState state() throws IOException {
    // The view first: the log may then know of more, but never of less.
    PondView view = pond.view();
    return new PondState(pond.oplog(), view.txnSeq(), view.tree(), List.of());
  }

  @Override
  public PondFiles files() throws IOException {
    return PondFiles.of(pond.view().tree());
  }
}
