package io.duckpond.query;

import io.duckpond.Pond;
import java.io.IOException;

/** Where statements get what they read; asked once for every execution of one. */
@FunctionalInterface
interface PondSource {

  /** Returns the newest state. */
  PondState state() throws IOException;

  /** Returns the files of the newest state, for those who need no more of it. */
  default PondFiles files() throws IOException {
    return state().files();
  }

  /** Returns the pond whose states these are, and which knows the earlier ones. */
  default Pond pond() {
    throw new IllegalStateException("there is no pond behind this source");
  }
}
