package io.duckpond.view;

import io.duckpond.node.NodeId;
import io.duckpond.path.EntryName;

/** Where a directory was last seen: under {@code name} in {@code parent}. A hint: verify it. */
public record Link(NodeId parent, EntryName name) {}
