package io.duckpond.journal;

import io.duckpond.journal.arrow.EventCodec;
import io.duckpond.journal.disk.Machine;
import io.duckpond.journal.table.LogTable;
import java.time.Clock;
import org.apache.pekko.actor.setup.Setup;

/**
 * Gives a system's delta journal an already open table and a codec, instead of those its
 * configuration names. The table is not closed by the journal, which takes no lock either.
 */
public final class DeltaJournalSetup extends Setup {
  private final LogTable table;
  private final EventCodec codec;
  private final Clock clock;

  /** A table that no one else appends to, under the time of this machine. */
  public DeltaJournalSetup(LogTable table, EventCodec codec) {
    this(table, codec, Machine.real().clock());
  }

  /** A table that no one else appends to, under a time of the caller's. */
  public DeltaJournalSetup(LogTable table, EventCodec codec, Clock clock) {
    this.table = table;
    this.codec = codec;
    this.clock = clock;
  }

  /** Returns the table that the journal writes. */
  public LogTable table() {
    return table;
  }

  /** Returns the codec of its events. */
  public EventCodec codec() {
    return codec;
  }

  /** Returns the clock that transactions are stamped by. */
  public Clock clock() {
    return clock;
  }
}
