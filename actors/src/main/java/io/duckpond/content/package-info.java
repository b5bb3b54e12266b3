/** Bytes of files: start at {@link io.duckpond.content.ContentStore}. */
@NullMarked
package io.duckpond.content;

import org.jspecify.annotations.NullMarked;
