package io.duckpond.query;

import io.duckpond.oplog.OplogRow;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A row of {@code oplog_entries} while its columns are asked for; the costly ones on demand. */
final class EntryRow {

  private final OplogRow row;
  private final boolean pending;
  private final Function<OplogRow, @Nullable String> paths;
  private @Nullable Metadata metadata;

  EntryRow(OplogRow row, boolean pending, Function<OplogRow, @Nullable String> paths) {
    this.row = row;
    this.pending = pending;
    this.paths = paths;
  }

  OplogRow row() {
    return row;
  }

  Metadata metadata() {
    if (metadata == null) {
      metadata = Metadata.parse(row.metadata());
    }
    return metadata;
  }

  @Nullable String path() {
    return paths.apply(row);
  }

  /** Returns a number of the envelope; null if the row is pending, or has none. */
  @Nullable Long numbered(long number) {
    return pending || number == 0 ? null : number;
  }
}
