package io.duckpond.transaction;

import io.duckpond.node.NodeId;
import io.duckpond.path.EntryName;

/** A name in a directory. */
record Place(NodeId directory, EntryName name) {}
