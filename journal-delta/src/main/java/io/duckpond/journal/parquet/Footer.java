package io.duckpond.journal.parquet;

import io.duckpond.journal.disk.JournalException;
import io.duckpond.journal.engine.CompactStruct;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.apache.parquet.format.FileMetaData;
import org.apache.parquet.format.Util;

/**
 * The footer of a Parquet file.
 *
 * @param start where it begins: all data lie before
 */
record Footer(FileMetaData content, long start) {
  static final int MAGIC_BYTES = 4;

  private static final int SUFFIX = Integer.BYTES + MAGIC_BYTES;
  private static final int MAGIC = magic('P', 'A', 'R', '1');
  private static final int ENCRYPTED = magic('P', 'A', 'R', 'E');
  private static final long LARGEST = 64L << 20;

  /** Three bytes of a footer can be an object of a hundred. */
  private static final long MOST_AT_ONCE = Math.min(LARGEST, Runtime.getRuntime().maxMemory() / 64);

  private static int magic(char... letters) {
    return letters[0] | letters[1] << 8 | letters[2] << 16 | letters[3] << 24;
  }

  static Footer of(Window file) throws IOException {
    long size = file.size();
    if (size < MAGIC_BYTES + SUFFIX) {
      throw new MalformedParquetException(
          size == 0 ? "there are no bytes" : "a file of " + size + " bytes is too short");
    }
    int first = file.read(0, MAGIC_BYTES).order(ByteOrder.LITTLE_ENDIAN).getInt(0);
    ByteBuffer suffix = file.read(size - SUFFIX, SUFFIX).order(ByteOrder.LITTLE_ENDIAN);
    int last = suffix.getInt(Integer.BYTES);
    if (first == ENCRYPTED || last == ENCRYPTED) {
      throw new MalformedParquetException("it is encrypted");
    }
    if (first != MAGIC) {
      throw new MalformedParquetException("it does not begin with PAR1");
    }
    if (last != MAGIC) {
      throw new MalformedParquetException("it does not end with PAR1: it may be cut off");
    }
    long length = Integer.toUnsignedLong(suffix.getInt(0));
    if (length > size - SUFFIX - MAGIC_BYTES || length > LARGEST) {
      throw new MalformedParquetException(
          "its footer cannot take " + length + " of its " + size + " bytes");
    }
    if (length > MOST_AT_ONCE) {
      throw JournalException.notStored(
          "a Parquet footer of " + length + " bytes needs more memory than this JVM has to spare",
          new IllegalArgumentException("footer"));
    }
    long start = size - SUFFIX - length;
    return new Footer(parse(file.read(start, (int) length)), start);
  }

  private static FileMetaData parse(ByteBuffer bytes) throws MalformedParquetException {
    try {
      int length = CompactStruct.check(bytes, "it");
      byte[] struct = new byte[length];
      bytes.get(0, struct);
      return Util.readFileMetaData(new ByteArrayInputStream(struct));
    } catch (IOException | RuntimeException e) {
      throw new MalformedParquetException("its footer is none: " + e.getMessage(), e);
    }
  }
}
