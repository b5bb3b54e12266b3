package io.duckpond.journal.engine;

import io.delta.kernel.data.ColumnVector;
import io.delta.kernel.data.ColumnarBatch;
import io.delta.kernel.data.FilteredColumnarBatch;
import io.delta.kernel.engine.FileReadResult;
import io.delta.kernel.engine.ParquetHandler;
import io.delta.kernel.expressions.Column;
import io.delta.kernel.expressions.Predicate;
import io.delta.kernel.internal.util.Utils;
import io.delta.kernel.statistics.DataFileStatistics;
import io.delta.kernel.types.StructType;
import io.delta.kernel.utils.CloseableIterator;
import io.delta.kernel.utils.DataFileStatus;
import io.delta.kernel.utils.FileStatus;
import io.duckpond.journal.disk.Disk;
import io.duckpond.journal.disk.DiskEntry;
import io.duckpond.journal.disk.Machine;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.io.ColumnIOFactory;
import org.apache.parquet.io.api.RecordConsumer;
import org.apache.parquet.schema.MessageType;

/** The kernel's own Parquet files: checkpoints. Any thread. */
final class DiskParquetHandler implements ParquetHandler {
  private static final long ROW_GROUP_BYTES = 32L << 20;

  private final Machine machine;
  private final Disk disk;

  DiskParquetHandler(Machine machine) {
    this.machine = machine;
    this.disk = machine.disk();
  }

  /** Reads whole files: {@code predicate} is only a hint, and log files are read whole anyway. */
  @Override
  public CloseableIterator<FileReadResult> readParquetFiles(
      CloseableIterator<FileStatus> files, StructType schema, Optional<Predicate> predicate) {
    return new ParquetBatches(disk, files, schema);
  }

  @Override
  public CloseableIterator<DataFileStatus> writeParquetFiles(
      String directory, CloseableIterator<FilteredColumnarBatch> batches, List<Column> statistics)
      throws IOException {
    Path file = Path.of(directory).resolve(machine.uuid() + ".parquet");
    long rows = publish(file, batches);
    DiskEntry entry = disk.stat(file).orElseThrow(() -> new FileNotFoundException(file.toString()));
    DataFileStatus status =
        new DataFileStatus(
            file.toString(),
            entry.size(),
            entry.modifiedNanos() / 1_000_000,
            Optional.of(
                new DataFileStatistics(rows, Map.of(), Map.of(), Map.of(), Optional.empty())));
    return Utils.singletonCloseableIterator(status);
  }

  @Override
  public void writeParquetFileAtomically(
      String file, CloseableIterator<FilteredColumnarBatch> batches) throws IOException {
    publish(Path.of(file), batches);
  }

  /** Writes a file, reads all of it back, and only then gives it its name. */
  private long publish(Path file, CloseableIterator<FilteredColumnarBatch> batches)
      throws IOException {
    Path temporary = DurableFiles.temporaryFor(machine, file);
    long rows = writeVerified(temporary, batches);
    try {
      disk.link(temporary, file);
      disk.delete(temporary);
      disk.syncDirectory(DurableFiles.parentOf(file));
      return rows;
    } catch (IOException | RuntimeException e) {
      DurableFiles.discard(disk, temporary, e);
      throw e;
    }
  }

  /** Writes a file durably and reads all of it back; if that fails, removes it. */
  long writeVerified(Path file, CloseableIterator<FilteredColumnarBatch> batches)
      throws IOException {
    try (batches) {
      long rows = write(file, batches);
      verify(file, rows);
      return rows;
    } catch (IOException | RuntimeException e) {
      DurableFiles.discard(disk, file, e);
      throw e;
    }
  }

  private long write(Path file, CloseableIterator<FilteredColumnarBatch> batches)
      throws IOException {
    long rows = 0;
    try (DiskOutput out = DiskOutput.create(disk, file)) {
      Optional<ParquetFileBuilder> started = Optional.empty();
      try {
        while (batches.hasNext()) {
          FilteredColumnarBatch batch = batches.next();
          if (started.isEmpty()) {
            MessageType schema = BatchColumns.schema(batch.getData().getSchema());
            started =
                Optional.of(
                    new ParquetFileBuilder(out, schema, ParquetFileBuilder.properties().build()));
          }
          rows += write(started.get(), batch);
        }
        started.orElseThrow(() -> new IOException("no rows for " + file)).finish();
      } finally {
        started.ifPresent(ParquetFileBuilder::close);
      }
      out.sync();
    }
    return rows;
  }

  private static long write(ParquetFileBuilder builder, FilteredColumnarBatch batch)
      throws IOException {
    ColumnarBatch data = batch.getData();
    StructType struct = data.getSchema();
    MessageType schema = BatchColumns.schema(struct);
    Optional<ColumnVector> selection = batch.getSelectionVector();
    RecordConsumer to =
        new ColumnIOFactory().getColumnIO(schema).getRecordWriter(builder.columns());
    long rows = 0;
    for (int row = 0; row < data.getSize(); row++) {
      if (selection.isPresent()
          && (selection.get().isNullAt(row) || !selection.get().getBoolean(row))) {
        continue;
      }
      to.startMessage();
      for (int i = 0; i < struct.length(); i++) {
        BatchColumns.writeField(to, struct.at(i).getName(), i, data.getColumnVector(i), row);
      }
      to.endMessage();
      rows++;
    }
    to.flush();
    builder.addRows(rows);
    if (builder.columns().getBufferedSize() > ROW_GROUP_BYTES) {
      builder.endRowGroup();
    }
    return rows;
  }

  private void verify(Path file, long rows) throws IOException {
    try (ParquetFileReader reader = ParquetFiles.open(DiskInput.open(disk, file))) {
      if (reader.getRecordCount() != rows) {
        throw new IOException(
            file + " has " + reader.getRecordCount() + " rows after writing " + rows);
      }
      for (var pages = reader.readNextRowGroup();
          pages != null;
          pages = reader.readNextRowGroup()) {
        for (var column : reader.getFileMetaData().getSchema().getColumns()) {
          var pageReader = pages.getPageReader(column);
          pageReader.readDictionaryPage();
          while (pageReader.readPage() != null) {
            // reading verifies the checksum and unpacks
          }
        }
      }
    }
  }
}
