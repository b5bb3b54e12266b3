/** Tests of the plugins: start at {@link io.duckpond.journal.DeltaJournalSpec}, Pekko's own. */
@NullMarked
package io.duckpond.journal;

import org.jspecify.annotations.NullMarked;
