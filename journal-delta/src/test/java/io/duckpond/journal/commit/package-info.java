/** Tests of the commit queue: start at {@link io.duckpond.journal.commit.CommitQueueTest}. */
@NullMarked
package io.duckpond.journal.commit;

import org.jspecify.annotations.NullMarked;
