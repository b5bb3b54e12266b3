/** Tests of the filesystem without blocking. */
@NullMarked
package io.duckpond.async;

import org.jspecify.annotations.NullMarked;
