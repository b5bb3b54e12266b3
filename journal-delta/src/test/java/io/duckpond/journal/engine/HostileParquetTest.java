package io.duckpond.journal.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.duckpond.harness.Harness;
import io.duckpond.harness.MemoryDisk;
import io.duckpond.journal.disk.JournalException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.apache.parquet.format.ColumnChunk;
import org.apache.parquet.format.ColumnMetaData;
import org.apache.parquet.format.CompressionCodec;
import org.apache.parquet.format.Encoding;
import org.apache.parquet.format.FieldRepetitionType;
import org.apache.parquet.format.FileMetaData;
import org.apache.parquet.format.RowGroup;
import org.apache.parquet.format.SchemaElement;
import org.apache.parquet.format.Type;
import org.apache.parquet.format.Util;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Files that ask for more than they hold: each is refused at once, in little memory. */
@Timeout(60)
final class HostileParquetTest {
  private static final Path FILE = Path.of("/hostile.parquet");
  private static final byte[] MAGIC = {'P', 'A', 'R', '1'};

  private final MemoryDisk disk = new MemoryDisk();

  private static byte[] footer(long chunkOffset, long chunkSize) throws IOException {
    SchemaElement root = new SchemaElement("root").setNum_children(1);
    SchemaElement leaf =
        new SchemaElement("a").setType(Type.INT64).setRepetition_type(FieldRepetitionType.REQUIRED);
    ColumnMetaData column =
        new ColumnMetaData(
            Type.INT64,
            List.of(Encoding.PLAIN),
            List.of("a"),
            CompressionCodec.ZSTD,
            1,
            chunkSize,
            chunkSize,
            chunkOffset);
    ColumnChunk chunk = new ColumnChunk(chunkOffset).setMeta_data(column);
    FileMetaData meta =
        new FileMetaData(
            1, List.of(root, leaf), 1, List.of(new RowGroup(List.of(chunk), chunkSize, 1)));
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    Util.writeFileMetaData(meta, bytes);
    return bytes.toByteArray();
  }

  private static byte[] file(byte[] footer, int statedLength) {
    ByteBuffer file = ByteBuffer.allocate(4 + 100 + footer.length + 8);
    file.put(MAGIC).position(104);
    file.put(footer).order(ByteOrder.LITTLE_ENDIAN).putInt(statedLength).put(MAGIC);
    return file.array();
  }

  /** Opens a file and reads all of it; returns what was thrown. */
  private Throwable refusalOf(byte[] bytes) {
    disk.put(FILE, bytes);
    try (ParquetFileReader reader = ParquetFiles.open(DiskInput.open(disk, FILE))) {
      while (reader.readNextRowGroup() != null) {
        // whatever it can give
      }
      return new AssertionError("nothing was refused");
    } catch (IOException | RuntimeException e) {
      return e;
    }
  }

  @Test
  void columnThatIsLongerThanTheFileOrBeginsBeyondItIsRefused() throws Exception {
    for (long[] place :
        new long[][] {{4, 1L << 40}, {1L << 50, 8}, {-9, 8}, {4, -1}, {4, 1 << 20}}) {
      byte[] footer = footer(place[0], place[1]);

      assertThat(refusalOf(file(footer, footer.length))).isInstanceOf(Exception.class);
    }
  }

  @Test
  void footerOfAnAbsurdLengthIsRefused() throws Exception {
    byte[] footer = footer(4, 8);

    for (int length : new int[] {Integer.MAX_VALUE, -1, 0, 1, footer.length + 105, 1 << 27}) {
      assertThat(refusalOf(file(footer, length))).isInstanceOf(Exception.class);
    }
  }

  @Test
  void listThatIsLongerThanItsBytesIsRefusedBeforeItIsMade() {
    // field 2, a list of structs, two thousand million of them
    byte[] footer = {0x15, 0x02, 0x19, (byte) 0xFC, (byte) 0xFF, (byte) 0xFF, (byte) 0xFF, 0x7F, 0};

    assertThat(refusalOf(file(footer, footer.length)))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("elements");
  }

  @Test
  void pageThatWouldUnpackToMoreThanThereIsMemoryIsRefused() {
    assertThatThrownBy(() -> ParquetBounds.requireFits(1L << 40, "the bytes of a page"))
        .isInstanceOf(JournalException.class)
        .hasMessageContaining("more memory");
  }

  @Test
  void noChangedByteOfAFooterCrashesOrHangs() throws Exception {
    Harness harness = Harness.named("fuzz-parquet-footer");
    Random random = new Random(harness.seed());
    byte[] sound = footer(4, 90);
    long end = System.nanoTime() + Duration.ofSeconds(Harness.size(3, 60)).toNanos();
    List<String> other = new ArrayList<>();

    for (int step = 0; System.nanoTime() < end; step++) {
      byte[] footer = sound.clone();
      for (int change = random.nextInt(4); change >= 0; change--) {
        footer[random.nextInt(footer.length)] = (byte) random.nextInt(256);
      }
      Throwable refusal;
      try {
        refusal = refusalOf(file(footer, footer.length));
      } catch (OutOfMemoryError | StackOverflowError e) {
        refusal = e;
        other.add(harness.at(step) + ": " + e);
      }
      harness.count(refusal instanceof Exception ? "refused" : "read", 1);
    }

    harness.report();
    assertThat(other).isEmpty();
  }
}
