/** Inner rows as Arrow IPC streams: start at {@link io.duckpond.journal.arrow.RecordCodec}. */
@NullMarked
package io.duckpond.journal.arrow;

import org.jspecify.annotations.NullMarked;
