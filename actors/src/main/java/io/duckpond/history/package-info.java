/** What became of nodes, out of the log: start at {@link io.duckpond.history.History}. */
@NullMarked
package io.duckpond.history;

import org.jspecify.annotations.NullMarked;
