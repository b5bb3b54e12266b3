/** Names and paths as values: start at {@link io.duckpond.path.PondPath}. */
@NullMarked
package io.duckpond.path;

import org.jspecify.annotations.NullMarked;
