/**
 * Globs: finding nodes by patterns of their paths. Start at {@link io.duckpond.glob.Glob}; the
 * dialect stands in {@code docs/globs.md}.
 */
@NullMarked
package io.duckpond.glob;

import org.jspecify.annotations.NullMarked;
