package io.duckpond.oplog;

import io.duckpond.journal.arrow.InnerRow;
import io.duckpond.journal.arrow.RowSink;
import io.duckpond.journal.table.RecordKind;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The rows that a commit would write. */
public final class PendingRows {
  private PendingRows() {}

  /**
   * Returns the rows of {@code events}, then the staged ones, without their bytes. Their
   * transaction, sequence numbers and times are 0, for the commit will give them.
   */
  public static List<OplogRow> of(List<DirectoryEvent> events, Staging staging) throws IOException {
    List<OplogRow> rows = new ArrayList<>();
    for (DirectoryEvent event : events) {
      Collector collector = new Collector(event.own().node().hex(), rows);
      event.entries().forEach(entry -> OplogCodec.encode(entry, collector));
    }
    rows.addAll(staging.rows());
    return rows;
  }

  /** Turns the rows of one partition into those that readers see. */
  private record Collector(String partId, List<OplogRow> rows) implements RowSink {
    @Override
    public void event(@Nullable Object... values) {
      add(RecordKind.EVENT, values);
    }

    @Override
    public void attachment(@Nullable Object... values) {
      add(RecordKind.ATTACHMENT, values);
    }

    private void add(RecordKind kind, @Nullable Object[] values) {
      List<@Nullable Object> list = Collections.unmodifiableList(Arrays.asList(values));
      InnerRow row = new InnerRow(partId, list, 0, 0, 0, "", "", List.of(), 0);
      byte[] content = OplogCodec.contentOrNull(row);
      rows.add(StoredRows.row(row, kind, content == null ? new byte[0] : content));
    }
  }
}
