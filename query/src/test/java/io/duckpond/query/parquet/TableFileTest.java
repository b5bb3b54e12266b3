package io.duckpond.query.parquet;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.collect.ImmutableRangeSet;
import com.google.common.collect.Range;
import io.duckpond.journal.disk.DiskReader;
import io.duckpond.query.ParquetSamples;
import java.math.BigDecimal;
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
    Iterator<Object[]> rows = table.rows(List.of("c7", "nowhere"), List.of());
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
    assertThat(table.rows(List.of(), List.of())).toIterable().hasSize(1_000);
    assertThat(file.read).isEqualTo(footer);
  }

  @Test
  void rowGroupsWithoutWhatIsSoughtAreNotRead() throws Exception {
    Counting file = new Counting(ParquetSamples.counting(10, 1_000));
    TableFile table = TableFile.open(file, "/counting");
    long footer = file.read;
    Range<BigDecimal> some = Range.closed(new BigDecimal(4_500), new BigDecimal(4_600));

    List<Object> values = new ArrayList<>();
    table
        .rows(List.of("n"), List.of(new Sought.Numbers("n", ImmutableRangeSet.of(some))))
        .forEachRemaining(row -> values.add(row[0]));

    assertThat(values).hasSize(1_000).contains(4_500L, 4_600L);
    assertThat(file.read - footer).isLessThan(file.size() / 9);
  }
}
