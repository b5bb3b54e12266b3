package io.duckpond.query.parquet;

import io.duckpond.journal.disk.DiskReader;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.page.PageReadStore;
import org.apache.parquet.column.page.PageReader;
import org.apache.parquet.hadoop.metadata.BlockMetaData;
import org.apache.parquet.hadoop.metadata.ColumnChunkMetaData;
import org.apache.parquet.hadoop.metadata.ColumnPath;
import org.apache.parquet.schema.MessageType;

/** The pages of some columns of a row group. */
final class GroupPages implements PageReadStore {
  /** What all columns together read ahead; a row group of that size is read column by column. */
  private static final long READ_AHEAD = Math.min(32L << 20, Runtime.getRuntime().maxMemory() / 16);

  private static final long LEAST_AHEAD = 1 << 16;

  private final long rows;
  private final Map<ColumnPath, PageReader> columns = new HashMap<>();

  GroupPages(DiskReader file, BlockMetaData group, MessageType wanted) {
    this.rows = group.getRowCount();
    Map<ColumnPath, ColumnChunkMetaData> stored = new HashMap<>();
    group.getColumns().forEach(chunk -> stored.put(chunk.getPath(), chunk));
    List<ColumnChunkMetaData> chunks = new ArrayList<>();
    for (ColumnDescriptor column : wanted.getColumns()) {
      ColumnChunkMetaData chunk = stored.get(ColumnPath.get(column.getPath()));
      if (chunk == null) {
        throw new IllegalArgumentException("a row group lacks column " + column);
      }
      chunks.add(chunk);
    }
    long bytes = chunks.stream().mapToLong(ColumnChunkMetaData::getTotalSize).sum();
    long each = Math.max(LEAST_AHEAD, READ_AHEAD / Math.max(1, chunks.size()));
    for (ColumnChunkMetaData chunk : chunks) {
      long ahead = bytes <= READ_AHEAD ? chunk.getTotalSize() : each;
      columns.put(chunk.getPath(), new ChunkPages(file, chunk, (int) ahead));
    }
  }

  @Override
  public PageReader getPageReader(ColumnDescriptor column) {
    PageReader pages = columns.get(ColumnPath.get(column.getPath()));
    if (pages == null) {
      throw new IllegalStateException("column " + column + " was not asked for");
    }
    return pages;
  }

  @Override
  public long getRowCount() {
    return rows;
  }
}
