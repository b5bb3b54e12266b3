/** Placeholder. */
@NullMarked
package io.duckpond.query;

import org.jspecify.annotations.NullMarked;
