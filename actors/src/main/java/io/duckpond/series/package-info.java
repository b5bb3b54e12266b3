/**
 * Series: from their rows in the log to their bytes. Start at {@link io.duckpond.series.Pieces}.
 */
@NullMarked
package io.duckpond.series;

import org.jspecify.annotations.NullMarked;
