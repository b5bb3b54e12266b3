/** Tests of checks and repairs: start at {@link io.duckpond.journal.check.Scene}. */
@NullMarked
package io.duckpond.journal.check;

import org.jspecify.annotations.NullMarked;
