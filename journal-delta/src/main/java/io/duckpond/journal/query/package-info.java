/**
 * The read journal of Pekko Persistence Query: start at {@link
 * io.duckpond.journal.query.DeltaReadJournal}.
 */
@NullMarked
package io.duckpond.journal.query;

import org.jspecify.annotations.NullMarked;
