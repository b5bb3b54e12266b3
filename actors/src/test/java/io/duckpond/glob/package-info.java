/** Tests of the folder of large globs. */
@NullMarked
package io.duckpond.glob;

import org.jspecify.annotations.NullMarked;
