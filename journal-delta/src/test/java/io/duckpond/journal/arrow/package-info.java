/** Tests of the inner rows' encoding: start at {@link io.duckpond.journal.arrow.RandomRows}. */
@NullMarked
package io.duckpond.journal.arrow;

import org.jspecify.annotations.NullMarked;
