package io.duckpond.journal.commit;

import io.duckpond.journal.arrow.CodecColumn;
import io.duckpond.journal.arrow.EventCodec;
import io.duckpond.journal.arrow.InnerRow;
import io.duckpond.journal.arrow.RowSink;
import java.util.List;

/**
 * Texts: {@code refused} is refused, {@code a+b+c} becomes three rows, and what follows a {@code |}
 * attachments.
 */
public final class TextCodec implements EventCodec {
  @Override
  public List<CodecColumn> columns() {
    return List.of(new CodecColumn("text", CodecColumn.Type.UTF8, false));
  }

  @Override
  public void encode(Object event, RowSink sink) {
    String[] parts = ((String) event).split("\\|", -1);
    if (parts[0].equals("refused")) {
      throw new IllegalArgumentException("refused by the codec");
    }
    for (String text : parts[0].split("\\+", -1)) {
      sink.event(text);
    }
    for (int i = 1; i < parts.length; i++) {
      sink.attachment(parts[i]);
    }
  }

  @Override
  public Object decode(List<InnerRow> rows) {
    return String.join("+", rows.stream().map(row -> (String) row.values().get(0)).toList());
  }
}
