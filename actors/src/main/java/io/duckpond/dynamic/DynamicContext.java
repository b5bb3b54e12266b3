package io.duckpond.dynamic;

import io.duckpond.WorkingDirectory;

/**
 * What a dynamic node may look at.
 *
 * @param directory the directory that holds the node, of the very state that is being read; it
 *     cannot be changed through it. Its root is that of the reader, so that no node leads out of a
 *     {@code chroot}.
 */
public record DynamicContext(WorkingDirectory directory) {}
