package io.duckpond.journal.query;

import io.duckpond.journal.table.TableVersion;
import java.io.IOException;
import java.util.List;

/**
 * Reads what a query hands out, a bounded piece at a time; remembers how far it has come, unless it
 * fails. For one thread at a time; blocks on the disk.
 */
interface ChunkReader<T> {

  /** Whether there is more to be read. */
  enum Progress {
    /** There may be, in the same version. */
    MORE,
    /** There is not, up to the transaction that was asked for. */
    CAUGHT_UP,
    /** There will never be. */
    ENDED
  }

  /** A piece; it may be empty though there is more. */
  record Chunk<T>(List<T> elements, Progress progress) {}

  /** Reads on in a version, not beyond transaction {@code toTxnSeq}. */
  Chunk<T> read(TableVersion version, long toTxnSeq) throws IOException;
}
