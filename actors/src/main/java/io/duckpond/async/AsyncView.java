package io.duckpond.async;

/**
 * A committed state of a pond, for ever the same. Any thread.
 *
 * @param txnSeq the number of the transaction that it shows
 * @param root refuses every change
 */
public record AsyncView(long txnSeq, AsyncWorkingDirectory root) {}
