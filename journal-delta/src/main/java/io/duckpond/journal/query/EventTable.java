package io.duckpond.journal.query;

import io.duckpond.journal.arrow.RecordCodec;
import io.duckpond.journal.attachment.EventReader;
import io.duckpond.journal.table.TableVersion;
import java.util.concurrent.CompletionStage;

/** A table that queries read, written by this process or by another. Any thread. */
interface EventTable {

  /** Returns what makes its events of their rows. */
  EventReader events();

  /** Returns the codec of its inner rows. */
  RecordCodec records();

  /** Returns which of its events are deleted. */
  Deletions deletions();

  /** Looks for the newest version. */
  CompletionStage<TableVersion> newest();

  /** Completes with a version not older than any that was seen, or told of by a watch; cheap. */
  CompletionStage<TableVersion> known();

  /**
   * Has {@code changed} run, on any thread, whenever {@link #known} may have something new to show
   * or fails; nothing is missed if this is called before {@link #newest}. Returns what stops that.
   */
  Runnable watch(Runnable changed);
}
