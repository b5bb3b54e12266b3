/**
 * Nodes that are computed when they are read: start at {@link io.duckpond.dynamic.DynamicFactory},
 * which is what a library adds; {@code docs/dynamic.md} shows how.
 */
@NullMarked
package io.duckpond.dynamic;

import org.jspecify.annotations.NullMarked;
