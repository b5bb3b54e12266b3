package io.duckpond.journal.attachment;

import io.duckpond.journal.arrow.Blob;
import io.duckpond.journal.arrow.CodecColumn;
import io.duckpond.journal.arrow.EventCodec;
import io.duckpond.journal.arrow.InnerRow;
import io.duckpond.journal.arrow.RowSink;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Texts, {@code a+b} as two rows, in a codec of an application's own that takes attachments. */
public final class NotesCodec implements EventCodec {
  @Override
  public List<CodecColumn> columns() {
    return List.of(
        new CodecColumn("text", CodecColumn.Type.UTF8, false),
        new CodecColumn("bytes", CodecColumn.Type.BINARY, true));
  }

  @Override
  public void encode(Object event, RowSink sink) {
    for (String text : ((String) event).split("\\+", -1)) {
      sink.event(text, null);
    }
  }

  @Override
  public Object decode(List<InnerRow> rows) {
    return String.join("+", rows.stream().map(row -> (String) row.values().get(0)).toList());
  }

  @Override
  public @Nullable Object[] blobRow(Blob blob) {
    return new @Nullable Object[] {blob.label(), blob.bytes()};
  }

  @Override
  public Optional<Blob> blob(InnerRow row) {
    return row.values().get(1) instanceof byte[] bytes
        ? Optional.of(new Blob((String) row.values().get(0), bytes))
        : Optional.empty();
  }
}
