/**
 * A Pekko Persistence plugin on Delta Lake: start at {@link io.duckpond.journal.DeltaJournal}, and
 * for transactions over persistence ids at {@link io.duckpond.journal.GroupCommits}.
 */
@NullMarked
package io.duckpond.journal;

import org.jspecify.annotations.NullMarked;
