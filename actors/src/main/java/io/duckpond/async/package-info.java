/**
 * The filesystem without blocking: every call as a {@code CompletionStage}, contents as streams.
 * Start at {@link io.duckpond.async.AsyncWorkingDirectory}.
 */
@NullMarked
package io.duckpond.async;

import org.jspecify.annotations.NullMarked;
