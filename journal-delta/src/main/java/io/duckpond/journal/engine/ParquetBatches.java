package io.duckpond.journal.engine;

import io.delta.kernel.data.ColumnarBatch;
import io.delta.kernel.defaults.internal.parquet.ParquetFileReader.BatchReadSupport;
import io.delta.kernel.defaults.internal.parquet.ParquetFileReader.RowRecordCollector;
import io.delta.kernel.engine.FileReadResult;
import io.delta.kernel.exceptions.KernelEngineException;
import io.delta.kernel.types.StructType;
import io.delta.kernel.utils.CloseableIterator;
import io.delta.kernel.utils.FileStatus;
import io.duckpond.journal.disk.DamageException;
import io.duckpond.journal.disk.Disk;
import io.duckpond.journal.disk.JournalException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.NoSuchElementException;
import org.apache.parquet.column.page.PageReadStore;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.hadoop.api.InitContext;
import org.apache.parquet.io.ColumnIOFactory;
import org.apache.parquet.io.RecordReader;
import org.apache.parquet.schema.MessageType;
import org.jspecify.annotations.Nullable;

/** The rows of Parquet files as the kernel's batches, file after file. For one thread. */
final class ParquetBatches implements CloseableIterator<FileReadResult> {
  private static final int BATCH = 1024;

  private final Disk disk;
  private final CloseableIterator<FileStatus> files;
  private final StructType schema;
  private @Nullable OpenFile current;

  ParquetBatches(Disk disk, CloseableIterator<FileStatus> files, StructType schema) {
    this.disk = disk;
    this.files = files;
    this.schema = schema;
  }

  @Override
  public boolean hasNext() {
    while (true) {
      OpenFile open = current;
      if (open == null) {
        if (!files.hasNext()) {
          return false;
        }
        current = openNext(files.next().getPath());
      } else if (open.hasNext()) {
        return true;
      } else {
        current = null;
        open.close();
      }
    }
  }

  private OpenFile openNext(String path) {
    DiskInput input;
    try {
      input = DiskInput.open(disk, Path.of(path));
    } catch (IOException e) {
      throw new KernelEngineException("cannot read " + path, e);
    }
    try {
      return new OpenFile(path, input, ParquetFiles.open(input));
    } catch (IOException | RuntimeException e) {
      throw failure(path, input, e);
    }
  }

  @Override
  public FileReadResult next() {
    boolean more = hasNext();
    OpenFile open = current;
    if (!more || open == null) {
      throw new NoSuchElementException();
    }
    return new FileReadResult(open.nextBatch(), open.path);
  }

  /** Tells apart a disk that cannot read, and bytes that were read but are no Parquet of ours. */
  private static RuntimeException failure(String path, DiskInput input, Exception e) {
    if (input.failure().isPresent()) {
      return new KernelEngineException("cannot read " + path, input.failure().get());
    }
    if (e instanceof JournalException failure) {
      return failure;
    }
    return new DamageException(
        path + " is damaged: expected readable Parquet, found otherwise: " + e.getMessage(), e);
  }

  @Override
  public void close() throws IOException {
    try (files) {
      if (current != null) {
        current.close();
      }
    }
  }

  private final class OpenFile {
    private final String path;
    private final DiskInput input;
    private final ParquetFileReader reader;
    private final MessageType requested;
    private final RowRecordCollector collector;
    private @Nullable RecordReader<Object> rows;
    private long rowsLeft;
    private long rowIndex;

    OpenFile(String path, DiskInput input, ParquetFileReader reader) {
      this.path = path;
      this.input = input;
      this.reader = reader;
      MessageType fileSchema = reader.getFileMetaData().getSchema();
      this.requested =
          new BatchReadSupport(BATCH, schema)
              .init(new InitContext(ParquetFiles.CONFIGURATION, Map.of(), fileSchema))
              .getRequestedSchema();
      this.collector = new RowRecordCollector(BATCH, schema, requested);
      reader.setRequestedSchema(requested);
    }

    boolean hasNext() {
      try {
        while (rowsLeft == 0) {
          PageReadStore pages = reader.readNextRowGroup();
          if (pages == null) {
            return false;
          }
          rowsLeft = pages.getRowCount();
          rows =
              new ColumnIOFactory(reader.getFileMetaData().getCreatedBy())
                  .getColumnIO(requested, reader.getFileMetaData().getSchema())
                  .getRecordReader(pages, collector);
        }
        return true;
      } catch (IOException | RuntimeException e) {
        throw failure(path, input, e);
      }
    }

    ColumnarBatch nextBatch() {
      try {
        return readBatch();
      } catch (DamageException | KernelEngineException e) {
        throw e;
      } catch (RuntimeException e) {
        throw failure(path, input, e);
      }
    }

    private ColumnarBatch readBatch() {
      int size = 0;
      while (size < BATCH && hasNext()) {
        if (rows != null) {
          rows.read();
        }
        collector.finalizeCurrentRow(rowIndex++);
        rowsLeft--;
        size++;
      }
      return collector.getDataAsColumnarBatch(size);
    }

    void close() {
      try {
        reader.close();
      } catch (IOException e) {
        throw new KernelEngineException("cannot close " + path, e);
      }
    }
  }
}
