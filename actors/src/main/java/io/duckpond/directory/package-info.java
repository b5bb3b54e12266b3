/** One directory: its state and its actor. Start at {@link io.duckpond.directory.Directory}. */
@NullMarked
package io.duckpond.directory;

import org.jspecify.annotations.NullMarked;
