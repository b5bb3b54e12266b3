package io.duckpond.query.parquet;

import static org.assertj.core.api.Assertions.assertThat;

import io.duckpond.journal.disk.DiskReader;
import io.duckpond.query.ParquetSamples;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.junit.jupiter.api.Test;

class TableFileTest {

  /** A file in memory that counts what is read. */
  private static final class Counting implements DiskReader {
    private final byte[] bytes;
    private long read;

    Counting(byte[] bytes) {
      this.bytes = bytes;
    }

    @Override
    public long size() {
      return bytes.length;
    }

    @Override
    public int read(ByteBuffer into, long position) {
      if (position >= bytes.length) {
        return -1;
      }
      int count = (int) Math.min(into.remaining(), bytes.length - position);
      into.put(bytes, (int) position, count);
      read += count;
      return count;
    }

    @Override
    public void close() {}
  }

  @Test
  void onlyTheColumnsThatAreAskedForAreRead() throws Exception {
    Counting file = new Counting(ParquetSamples.wide(20, 20_000));
    TableFile table = TableFile.open(file, "/wide");
    long footer = file.read;

    List<Object> values = new ArrayList<>();
    Iterator<Object[]> rows = table.rows(List.of("c7", "nowhere"));
    rows.forEachRemaining(row -> values.add(row[0]));

    assertThat(values).hasSize(20_000);
    assertThat(footer).isLessThan(file.size() / 20);
    assertThat(file.read - footer).isBetween(file.size() / 25, file.size() / 15);
  }

  @Test
  void rowsAreCountedWithoutReadingThem() throws Exception {
    Counting file = new Counting(ParquetSamples.wide(3, 1_000));
    TableFile table = TableFile.open(file, "/wide");
    long footer = file.read;

    assertThat(table.rowCount()).isEqualTo(1_000);
    assertThat(table.rows(List.of())).toIterable().hasSize(1_000);
    assertThat(file.read).isEqualTo(footer);
  }
}
