package io.duckpond.query.parquet;

import io.duckpond.journal.disk.DiskReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import org.apache.parquet.hadoop.metadata.BlockMetaData;
import org.apache.parquet.hadoop.metadata.ParquetMetadata;
import org.apache.parquet.io.ColumnIOFactory;
import org.apache.parquet.io.MessageColumnIO;
import org.apache.parquet.io.RecordReader;
import org.apache.parquet.io.api.GroupConverter;
import org.apache.parquet.io.api.RecordMaterializer;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.Type;
import org.jspecify.annotations.Nullable;

/** The rows of a Parquet file, group by group, each a new array. For one thread. */
public final class TableRows implements Iterator<@Nullable Object[]> {
  private final DiskReader bytes;
  private final String path;
  private final Iterator<BlockMetaData> groups;
  private final MessageType wanted;

  /** Of each field of {@code wanted}, in its order, the place of its value in a row. */
  private final int[] places;

  private final int width;
  private final MessageColumnIO columns;
  private @Nullable RecordReader<@Nullable Object[]> reader;
  private long left;

  TableRows(
      DiskReader bytes,
      String path,
      ParquetMetadata footer,
      List<String> names,
      List<Sought> sought) {
    this.bytes = bytes;
    this.path = path;
    this.groups =
        footer.getBlocks().stream().filter(group -> Sought.isIn(group, sought)).iterator();
    MessageType schema = footer.getFileMetaData().getSchema();
    List<Type> there = new ArrayList<>();
    List<Integer> at = new ArrayList<>();
    for (int i = 0; i < names.size(); i++) {
      if (schema.containsField(names.get(i))) {
        there.add(schema.getType(names.get(i)));
        at.add(i);
      }
    }
    this.wanted = new MessageType(schema.getName(), there);
    this.places = at.stream().mapToInt(Integer::intValue).toArray();
    this.width = names.size();
    this.columns =
        new ColumnIOFactory(footer.getFileMetaData().getCreatedBy()).getColumnIO(wanted, schema);
  }

  @Override
  public boolean hasNext() {
    while (left == 0) {
      if (!groups.hasNext()) {
        return false;
      }
      open(groups.next());
    }
    return true;
  }

  private void open(BlockMetaData group) {
    left = group.getRowCount();
    if (places.length == 0 || left == 0) {
      return; // only the number of rows is of interest
    }
    try {
      reader = columns.getRecordReader(new GroupPages(bytes, group, wanted), new Row(wanted));
    } catch (RuntimeException e) {
      throw unreadable(e);
    }
  }

  @Override
  public @Nullable Object[] next() {
    if (!hasNext()) {
      throw new NoSuchElementException();
    }
    left--;
    @Nullable Object[] row = new @Nullable Object[width];
    RecordReader<@Nullable Object[]> records = reader;
    if (records == null) {
      return row;
    }
    try {
      @Nullable Object[] values = records.read();
      for (int i = 0; i < places.length; i++) {
        row[places[i]] = values[i];
      }
      return row;
    } catch (RuntimeException e) {
      throw unreadable(e);
    }
  }

  private UncheckedIOException unreadable(RuntimeException e) {
    IOException meaning = TableFile.meaning(e, path);
    return new UncheckedIOException(meaning);
  }

  /** Puts a row together. */
  private static final class Row extends RecordMaterializer<@Nullable Object[]> {
    private final GroupConverter root;
    private @Nullable Object[] current = {};

    Row(MessageType schema) {
      this.root = new FieldsConverter(new Fields(schema, true), row -> current = row);
    }

    @Override
    public @Nullable Object[] getCurrentRecord() {
      return current;
    }

    @Override
    public GroupConverter getRootConverter() {
      return root;
    }
  }
}
