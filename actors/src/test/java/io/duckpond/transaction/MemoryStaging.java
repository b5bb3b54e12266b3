package io.duckpond.transaction;

import io.duckpond.node.ContentLocator;
import io.duckpond.node.NodeId;
import io.duckpond.oplog.OplogEntry;
import io.duckpond.oplog.OplogRow;
import io.duckpond.oplog.Staging;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Staging that keeps its rows in memory, one row a place. */
final class MemoryStaging implements Staging {

  final Map<ContentLocator.Logged, OplogEntry.SmallFile> rows = new LinkedHashMap<>();
  boolean closed;

  @Override
  public ContentLocator.Logged stage(String partId, OplogEntry.SmallFile row) {
    ContentLocator.Logged place = new ContentLocator.Logged("staged", rows.size() + 1);
    rows.put(place, row);
    return place;
  }

  @Override
  public OplogEntry.SmallFile read(ContentLocator.Logged place, NodeId node, long version) {
    OplogEntry.SmallFile row = rows.get(place);
    if (row == null || !row.node().equals(node) || row.version() != version) {
      throw new IllegalStateException("nothing staged for " + node + " at " + place);
    }
    return row;
  }

  @Override
  public Mark mark() {
    return new Mark(0, rows.size(), rows.size());
  }

  @Override
  public void rewind(Mark mark) {
    rows.keySet().removeIf(place -> place.seqNr() > mark.rows());
  }

  @Override
  public long count() {
    return rows.size();
  }

  @Override
  public List<OplogRow> rows() {
    throw new IllegalStateException("no test here looks at rows");
  }

  @Override
  public void finish() {}

  @Override
  public void demandThere() {}

  @Override
  public void close() {
    closed = true;
  }
}
