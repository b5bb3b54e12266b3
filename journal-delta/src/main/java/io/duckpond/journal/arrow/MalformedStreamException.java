package io.duckpond.journal.arrow;

/** Bytes that are no stream of ours; turned into damage where the record's place is known. */
final class MalformedStreamException extends RuntimeException {
  MalformedStreamException(String message) {
    super(message);
  }
}
