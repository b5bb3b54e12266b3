package io.duckpond.query;

import io.duckpond.Pond;
import io.duckpond.PondView;
import io.duckpond.oplog.OplogReader;
import java.io.IOException;
import java.util.List;

/** The newest committed state of a pond, afresh for every statement. */
record CommittedState(Pond pond) implements PondSource {

  @Override
  public PondState state() throws IOException {
    OplogReader log = pond.oplog();
    PondView view = pond.view();
    // Whichever was read first, both show the pond as of the view.
    return new PondState(log, view.txnSeq(), view.tree(), List.of());
  }
}
