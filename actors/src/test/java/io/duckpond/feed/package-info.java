/** Tests of the change feed. */
@NullMarked
package io.duckpond.feed;

import org.jspecify.annotations.NullMarked;
