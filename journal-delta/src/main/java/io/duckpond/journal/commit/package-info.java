/**
 * From waiting transactions to one Delta commit: start at {@link
 * io.duckpond.journal.commit.CommitQueue}.
 */
@NullMarked
package io.duckpond.journal.commit;

import org.jspecify.annotations.NullMarked;
