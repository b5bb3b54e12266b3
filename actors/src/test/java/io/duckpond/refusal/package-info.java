/**
 * Tests of all that the library refuses: by class, path and reason. Start at {@link
 * io.duckpond.refusal.RefusalsTest}.
 */
@NullMarked
package io.duckpond.refusal;

import org.jspecify.annotations.NullMarked;
