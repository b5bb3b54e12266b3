package io.duckpond.protocol;

/**
 * What goes from one JVM to another: bound to Pekko's {@code jackson-cbor} in this module's {@code
 * reference.conf}. Components may be added; a reader of an older version passes over them.
 */
public interface PondMessage {}
