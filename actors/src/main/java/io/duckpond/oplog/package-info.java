/**
 * The log's rows and the one place that knows the journal: start at {@link
 * io.duckpond.oplog.OplogEntry} for what is stored, {@link io.duckpond.oplog.Oplog} for how it is
 * reached.
 */
@NullMarked
package io.duckpond.oplog;

import org.jspecify.annotations.NullMarked;
