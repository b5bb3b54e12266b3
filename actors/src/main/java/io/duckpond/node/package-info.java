/**
 * What a tree is made of: start at {@link io.duckpond.node.Entry}, and at {@link
 * io.duckpond.node.NodePath} for an entry and where it was found.
 */
@NullMarked
package io.duckpond.node;

import org.jspecify.annotations.NullMarked;
