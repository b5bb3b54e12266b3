/** Committed states for readers: start at {@link io.duckpond.view.Tree}. */
@NullMarked
package io.duckpond.view;

import org.jspecify.annotations.NullMarked;
