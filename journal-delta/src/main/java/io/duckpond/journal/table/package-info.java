/**
 * The Delta table of records, free of Pekko: start at {@link io.duckpond.journal.table.LogTable}.
 */
@NullMarked
package io.duckpond.journal.table;

import org.jspecify.annotations.NullMarked;
