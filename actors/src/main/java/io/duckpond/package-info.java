/** Placeholder. */
@NullMarked
package io.duckpond;

import org.jspecify.annotations.NullMarked;
