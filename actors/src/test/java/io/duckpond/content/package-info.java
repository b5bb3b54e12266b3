/** Tests of the folder of large contents. */
@NullMarked
package io.duckpond.content;

import org.jspecify.annotations.NullMarked;
