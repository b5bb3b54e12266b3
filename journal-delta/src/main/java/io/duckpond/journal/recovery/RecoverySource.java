package io.duckpond.journal.recovery;

import io.duckpond.journal.arrow.InnerRow;
import io.duckpond.journal.arrow.RecordCodec;
import io.duckpond.journal.table.TableVersion;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.persistence.PersistentRepr;

/** The table that a recovery reads, and what becomes of its rows. Any thread. */
public interface RecoverySource {

  /** Returns the codec of its inner rows. */
  RecordCodec records();

  /** Returns what the rows of one stored event stand for, in their order. */
  List<PersistentRepr> events(List<InnerRow> rows);

  /** Looks for the newest version. */
  CompletionStage<TableVersion> newest();
}
