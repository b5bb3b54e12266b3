/**
 * Committed states for readers: start at {@link io.duckpond.view.Tree}; {@link
 * io.duckpond.view.CommittedStates} is where they are published.
 */
@NullMarked
package io.duckpond.view;

import org.jspecify.annotations.NullMarked;
