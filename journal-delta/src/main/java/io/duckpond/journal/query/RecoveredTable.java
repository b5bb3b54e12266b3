package io.duckpond.journal.query;

import io.duckpond.journal.arrow.InnerRow;
import io.duckpond.journal.arrow.RecordCodec;
import io.duckpond.journal.recovery.RecoverySource;
import io.duckpond.journal.table.TableVersion;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.persistence.PersistentRepr;

/** A table as its recovery needs it. */
record RecoveredTable(EventTable table, Envelopes envelopes) implements RecoverySource {

  @Override
  public RecordCodec records() {
    return table.records();
  }

  @Override
  public List<PersistentRepr> events(List<InnerRow> rows) {
    return envelopes.persistent(rows);
  }

  @Override
  public CompletionStage<TableVersion> newest() {
    return table.newest();
  }
}
