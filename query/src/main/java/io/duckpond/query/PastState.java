package io.duckpond.query;

import io.duckpond.Pond;
import io.duckpond.PondView;
import java.io.IOException;
import java.util.List;

/** A state of a pond as it was, for ever the same: its tree, and its log up to then. */
record PastState(Pond pond, PondView then) implements PondSource {

  @Override
  public PondState state() throws IOException {
    return new PondState(pond.oplog(), then.txnSeq(), then.tree(), List.of());
  }

  @Override
  public PondFiles files() {
    return PondFiles.of(then.tree());
  }
}
