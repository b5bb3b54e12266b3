/** Placeholder. */
@NullMarked
package io.duckpond.launcher;

import org.jspecify.annotations.NullMarked;
