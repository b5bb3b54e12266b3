package io.duckpond.journal;

/**
 * An event that is part of a transaction over several persistence ids. The journal holds it until
 * all {@code participants} of {@code txnId} are there; then they become durable in one commit, or
 * none does.
 *
 * @param txnId names the transaction; unique for ever
 * @param participants how many persists and contributions make it complete, at least 1
 * @param event what is stored
 */
public record Grouped(String txnId, int participants, Object event) {}
