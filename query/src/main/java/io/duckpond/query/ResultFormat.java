package io.duckpond.query;

/** How results are written. All are UTF-8; instants are UTC. */
public enum ResultFormat {
  /** Aligned columns for people: control characters escaped, bytes shortened. */
  TABLE,
  /** RFC 4180 with a header line; null is empty, an empty text is {@code ""}; bytes in hex. */
  CSV,
  /** One array of objects; bytes in hex, numbers as numbers. */
  JSON,
  /** One object a line. */
  NDJSON
}
