/** Tests of ponds by messages. */
@NullMarked
package io.duckpond.protocol;

import org.jspecify.annotations.NullMarked;
