/** One directory: its state, its events and its actor. */
@NullMarked
package io.duckpond.directory;

import org.jspecify.annotations.NullMarked;
