/**
 * All events of a table, partition by partition, in one scan: start at {@link
 * io.duckpond.journal.recovery.BulkRecovery}, which a read journal offers as {@code recoverAll}.
 */
@NullMarked
package io.duckpond.journal.recovery;

import org.jspecify.annotations.NullMarked;
