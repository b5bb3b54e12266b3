package io.duckpond.journal.arrow;

/**
 * A column that an {@link EventCodec} adds between {@code part_id} and the envelope.
 *
 * @param nullable whether a row may leave it null
 */
public record CodecColumn(String name, Type type, boolean nullable) {

  /** The Arrow types that a codec may use; rows hold String, byte[], Integer and Long. */
  public enum Type {
    UTF8,
    BINARY,
    INT32,
    INT64
  }
}
