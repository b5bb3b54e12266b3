package io.duckpond.oplog;

import io.duckpond.journal.disk.Sha256;
import io.duckpond.journal.table.LogRecord;
import io.duckpond.node.NodeId;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Which versions of which few nodes a record has rows of, for records that were decoded once: one
 * event may fill many records, as a long series does, and each of its rows is looked for in all of
 * them. A record is known by the digest of its bytes, wherever it stands. Any thread.
 */
final class RecordOutlines {
  private static final int KEPT = 4096;

  /** Of more nodes than this it is only known that there are rows. */
  private static final int NODES = 8;

  private final Map<Sha256, Map<Holder, Span>> outlines =
      new LinkedHashMap<>(16, 0.75f, /* accessOrder= */ true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Sha256, Map<Holder, Span>> eldest) {
          return size() > KEPT;
        }
      };

  private record Holder(NodeId node, FileRowCache.Kind kind) {}

  private record Span(long first, long last) {
    Span with(long version) {
      return new Span(Math.min(first, version), Math.max(last, version));
    }
  }

  /** Learns the rows of a record. */
  void add(LogRecord record, Collection<FileRowCache.Key> rows) {
    Map<Holder, Span> outline = new HashMap<>();
    for (FileRowCache.Key row : rows) {
      Span one = new Span(row.version(), row.version());
      outline.merge(
          new Holder(row.node(), row.kind()), one, (span, same) -> span.with(row.version()));
      if (outline.size() > NODES) {
        return;
      }
    }
    synchronized (outlines) {
      outlines.put(record.sha256(), outline);
    }
  }

  /** Returns false only if a record surely has no such row. */
  boolean mayHold(LogRecord record, FileRowCache.Key row) {
    synchronized (outlines) {
      Map<Holder, Span> outline = outlines.get(record.sha256());
      if (outline == null) {
        return true;
      }
      Span span = outline.get(new Holder(row.node(), row.kind()));
      return span != null && span.first() <= row.version() && row.version() <= span.last();
    }
  }
}
