package io.duckpond.history;

import io.duckpond.node.Entry;
import io.duckpond.node.NodeId;
import io.duckpond.path.EntryName;

/**
 * What one transaction made of a node's place.
 *
 * @param here whether the node is at that place after it; if not, it is at none
 * @param directory and {@code name}: its place after the transaction, or the one it has lost
 * @param entry what its directory knows of it, or did
 */
record Step(
    long txnSeq,
    long timestampMicros,
    boolean here,
    NodeId directory,
    EntryName name,
    Entry entry) {}
