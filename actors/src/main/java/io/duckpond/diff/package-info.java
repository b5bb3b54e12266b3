/** What differs between two trees: start at {@link io.duckpond.diff.TreeDiff}. */
@NullMarked
package io.duckpond.diff;

import org.jspecify.annotations.NullMarked;
