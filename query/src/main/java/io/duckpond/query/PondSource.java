package io.duckpond.query;

import java.io.IOException;

/** Where statements get what they read; asked once for every execution of one. */
@FunctionalInterface
interface PondSource {

  /** Returns the newest state. */
  PondState state() throws IOException;
}
