package io.duckpond.journal.arrow;

/**
 * Bytes that stand in a row of their own, beside the rows of an event.
 *
 * @param label what they are, in the words of who stored them; not empty
 * @param bytes owned by this
 */
@SuppressWarnings("ArrayRecordComponent") // handed through at once, never compared
public record Blob(String label, byte[] bytes) {}
