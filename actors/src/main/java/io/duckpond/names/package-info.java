/** Entries by name, many and compact: start at {@link io.duckpond.names.NameMap}. */
@NullMarked
package io.duckpond.names;

import org.jspecify.annotations.NullMarked;
