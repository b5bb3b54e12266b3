/**
 * The filesystem library: start at {@link io.duckpond.Pond}.
 *
 * <p>Reads go through {@link io.duckpond.PondView}, changes through {@link
 * io.duckpond.Transaction}.
 */
@NullMarked
package io.duckpond;

import org.jspecify.annotations.NullMarked;
