package io.duckpond.dynamic;

import java.io.IOException;
import java.io.InputStream;

/** A file whose bytes are computed. */
@FunctionalInterface
public non-sealed interface DynamicFile extends DynamicNode {

  /** Returns the bytes; the reader closes it. */
  InputStream open() throws IOException;
}
