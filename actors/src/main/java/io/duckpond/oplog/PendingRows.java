package io.duckpond.oplog;

import io.duckpond.journal.arrow.InnerRow;
import io.duckpond.journal.arrow.RowSink;
import io.duckpond.journal.table.RecordKind;
import io.duckpond.node.ContentLocator;
import io.duckpond.node.Entry;
import io.duckpond.transaction.Changes;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The rows that a commit of changes would write. */
public final class PendingRows {
  private PendingRows() {}

  /**
   * Returns the rows of {@code changes}, staged ones (without their bytes) last. Their transaction,
   * sequence numbers and times are 0, for the commit will give them.
   */
  public static List<OplogRow> of(Changes changes) throws IOException {
    List<OplogRow> rows = new ArrayList<>();
    for (Changes.OfDirectory directory : changes.directories()) {
      String partId = directory.directory().hex();
      Collector collector = new Collector(partId, rows);
      List<DirectoryEntry> names =
          directory.names().stream().map(name -> placed(name.change(), partId)).toList();
      OplogCodec.encode(
          new OplogEntry.DirectoryChanged(directory.directory(), names, directory.own()),
          collector);
      directory.contents().forEach(content -> OplogCodec.encode(content, collector));
    }
    rows.addAll(changes.staging().rows());
    return rows;
  }

  /** A content that has no place yet will have one in the directory's own partition. */
  private static DirectoryEntry placed(DirectoryEntry change, String partId) {
    if (!(change.entry() instanceof Entry.File file)
        || file.content() != ContentLocator.Pending.PENDING) {
      return change;
    }
    Entry placed = file.withContent(new ContentLocator.Logged(partId, 0));
    if (change instanceof DirectoryEntry.MovedIn in) {
      return new DirectoryEntry.MovedIn(in.name(), placed, in.from(), in.fromName());
    }
    if (change instanceof DirectoryEntry.MovedOut out) {
      return new DirectoryEntry.MovedOut(out.name(), placed, out.to(), out.toName());
    }
    return change instanceof DirectoryEntry.Put
        ? new DirectoryEntry.Put(change.name(), placed)
        : new DirectoryEntry.Remove(change.name(), placed);
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
