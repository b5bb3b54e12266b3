package io.duckpond.journal;

import io.duckpond.journal.arrow.EventCodec;
import io.duckpond.journal.table.LogTable;
import org.apache.pekko.actor.setup.Setup;

/**
 * Gives a system's delta journal an already open table and a codec, instead of those its
 * configuration names. The table is not closed by the journal.
 */
public final class DeltaJournalSetup extends Setup {
  private final LogTable table;
  private final EventCodec codec;

  public DeltaJournalSetup(LogTable table, EventCodec codec) {
    this.table = table;
    this.codec = codec;
  }

  /** Returns the table that the journal writes. */
  public LogTable table() {
    return table;
  }

  /** Returns the codec of its events. */
  public EventCodec codec() {
    return codec;
  }
}
