/** Tests of histories. */
@NullMarked
package io.duckpond.history;

import org.jspecify.annotations.NullMarked;
