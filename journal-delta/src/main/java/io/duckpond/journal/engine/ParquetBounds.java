package io.duckpond.journal.engine;

import io.duckpond.journal.disk.JournalException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.hadoop.metadata.BlockMetaData;
import org.apache.parquet.hadoop.metadata.ColumnChunkMetaData;
import org.apache.parquet.internal.hadoop.metadata.IndexReference;
import org.jspecify.annotations.Nullable;

/**
 * What a Parquet file may ask of those who read it. Its numbers come from the file, and Parquet's
 * reader believes them: it allocates what a footer or a page says it will fill.
 */
final class ParquetBounds {
  private static final int SUFFIX = 8;
  private static final long LARGEST_FOOTER = 64L << 20;

  /** A page, or all pages of a column of a row group, in the memory of this JVM. */
  private static final long MOST_AT_ONCE =
      Math.min(Integer.MAX_VALUE - 64, Runtime.getRuntime().maxMemory() / 4);

  private ParquetBounds() {}

  /** Checks the footer before anything is made of it. What is no Parquet at all is let pass. */
  static void checkFooter(DiskInput input) throws IOException {
    long length = input.getLength();
    if (length < SUFFIX) {
      return;
    }
    ByteBuffer suffix = read(input, length - SUFFIX, SUFFIX).order(ByteOrder.LITTLE_ENDIAN);
    long footer = suffix.getInt(0);
    if (footer < 0 || footer > length - SUFFIX) {
      return; // Parquet's reader says so
    }
    if (footer > LARGEST_FOOTER) {
      throw new IOException("a footer of " + footer + " bytes");
    }
    int unused =
        CompactStruct.check(read(input, length - SUFFIX - footer, (int) footer), "the footer");
  }

  /** Checks that all that the footer speaks of lies in the file. */
  static void checkChunks(DiskInput input, ParquetFileReader reader, boolean indexes)
      throws IOException {
    for (BlockMetaData block : reader.getFooter().getBlocks()) {
      for (ColumnChunkMetaData column : block.getColumns()) {
        requireInside(input, column.getStartingPos(), column.getTotalSize(), "a column");
        requireFits(column.getTotalSize(), "the pages of a column");
        if (indexes) {
          checkIndex(input, column.getColumnIndexReference());
          checkIndex(input, column.getOffsetIndexReference());
        }
      }
    }
  }

  private static void checkIndex(DiskInput input, @Nullable IndexReference index)
      throws IOException {
    if (index != null) {
      requireInside(input, index.getOffset(), index.getLength(), "an index");
      if (index.getLength() > LARGEST_FOOTER) {
        throw new IOException("an index of " + index.getLength() + " bytes");
      }
      int unused =
          CompactStruct.check(read(input, index.getOffset(), index.getLength()), "an index");
    }
  }

  private static void requireInside(DiskInput input, long start, long size, String what)
      throws IOException {
    if (start < 0 || size < 0 || start > input.getLength() - size) {
      throw new IOException(
          what
              + " of "
              + size
              + " bytes at byte "
              + start
              + " of a file of "
              + input.getLength()
              + " bytes");
    }
  }

  /** Fails with a {@link JournalException} if so many bytes would fill the memory of this JVM. */
  static void requireFits(long size, String what) {
    if (size > MOST_AT_ONCE) {
      throw JournalException.notStored(
          what
              + " take "
              + size
              + " bytes, more than the "
              + MOST_AT_ONCE
              + " that this JVM has to spare; if the file is to be trusted, give it more memory",
          new IllegalArgumentException(what));
    }
  }

  private static ByteBuffer read(DiskInput input, long start, int length) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(length);
    DiskInput.Stream stream = input.newStream();
    stream.seek(start);
    stream.readFully(bytes);
    return bytes.flip();
  }
}
