package io.duckpond.journal.parquet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.duckpond.harness.Garble;
import io.duckpond.harness.Harness;
import io.duckpond.harness.MemoryDisk;
import io.duckpond.harness.ParquetFixture;
import io.duckpond.journal.disk.DiskReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.apache.parquet.format.ColumnChunk;
import org.apache.parquet.format.ColumnMetaData;
import org.apache.parquet.format.CompressionCodec;
import org.apache.parquet.format.DictionaryPageHeader;
import org.apache.parquet.format.Encoding;
import org.apache.parquet.format.FieldRepetitionType;
import org.apache.parquet.format.FileMetaData;
import org.apache.parquet.format.PageHeader;
import org.apache.parquet.format.PageType;
import org.apache.parquet.format.RowGroup;
import org.apache.parquet.format.SchemaElement;
import org.apache.parquet.format.Type;
import org.apache.parquet.format.Util;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Whether bytes are Parquet that can be read, and what is in it. */
@Timeout(60)
final class ParquetInspectionTest {
  private static final Path FILE = Path.of("/t.parquet");
  private static final byte[] MAGIC = {'P', 'A', 'R', '1'};
  private static final String SCHEMA =
      "message t {required int64 id; optional binary name (STRING); optional double size;}";

  private final MemoryDisk disk = new MemoryDisk();

  private ParquetTable inspect(byte[] bytes) throws IOException {
    disk.put(FILE, bytes);
    try (DiskReader reader = disk.open(FILE)) {
      return ParquetInspection.inspect(reader);
    }
  }

  private void assertRefused(byte[] bytes, String why) {
    assertThatThrownBy(() -> inspect(bytes))
        .isInstanceOf(MalformedParquetException.class)
        .hasMessageContaining(why);
  }

  @Test
  void whatIsSaidOfAFileIsOneLineWhateverItsColumnsAreCalled() {
    assertThat(new MalformedParquetException("column '\n1\u001b[2J' is odd"))
        .hasMessage("column '\\u000a1\\u001b[2J' is odd");
  }

  @Test
  void namesTheColumnsAndCountsTheRows() throws Exception {
    ParquetTable table = inspect(ParquetFixture.file(SCHEMA, 5000, 1500));

    assertThat(table.rows()).isEqualTo(5000);
    assertThat(table.columns())
        .containsExactly(
            new ParquetColumn("id", "int64"),
            new ParquetColumn("name", "binary (string)"),
            new ParquetColumn("size", "double"));
  }

  @Test
  void typesAreEqualWhetherOrNotThereMayBeNulls() throws Exception {
    String required =
        "message a {required int32 d (DATE); required group g {required int64 x;}"
            + " required fixed_len_byte_array(16) u; required group l (LIST)"
            + " {repeated group list {required int32 element;}}}";
    String optional = required.replace("required", "optional");

    List<ParquetColumn> columns = inspect(ParquetFixture.file(required, 0)).columns();

    assertThat(inspect(ParquetFixture.file(optional, 0)).columns()).isEqualTo(columns);
    assertThat(columns)
        .extracting(ParquetColumn::type)
        .containsExactly(
            "int32 (date)",
            "group {int64 x}",
            "fixed_len_byte_array(16)",
            "group (list) {repeated group {int32 element} list}");
  }

  @Test
  void whatIsNoParquetIsRefusedByWhatIsWrong() {
    byte[] sound = ParquetFixture.file(SCHEMA, 100);
    byte[] encrypted = sound.clone();
    encrypted[3] = 'E';

    assertRefused(new byte[0], "there are no bytes");
    assertRefused(MAGIC, "too short");
    assertRefused("a,b\n1,2\n3,4\n".getBytes(StandardCharsets.UTF_8), "PAR1");
    assertRefused(Arrays.copyOf(sound, sound.length - 1), "it may be cut off");
    assertRefused(Arrays.copyOfRange(sound, 1, sound.length), "does not begin with PAR1");
    assertRefused(encrypted, "encrypted");
  }

  @Test
  void everyTruncationIsRefused() {
    byte[] sound = ParquetFixture.file(SCHEMA, 50);

    for (int length = 0; length < sound.length; length++) {
      byte[] cut = Arrays.copyOf(sound, length);
      assertThatThrownBy(() -> inspect(cut)).isInstanceOf(MalformedParquetException.class);
    }
  }

  @Test
  void anOutlineIsOfTheFooterAlone() throws Exception {
    byte[] bytes = ParquetFixture.file(SCHEMA, 5000);
    ParquetTable sound = inspect(bytes);
    Arrays.fill(bytes, MAGIC.length, 100, (byte) -1);

    disk.put(FILE, bytes);
    try (DiskReader reader = disk.open(FILE)) {
      assertThat(ParquetInspection.outline(reader)).isEqualTo(sound);
    }
    assertThatThrownBy(() -> inspect(bytes)).isInstanceOf(MalformedParquetException.class);
    disk.put(FILE, Arrays.copyOf(bytes, bytes.length - 1));
    try (DiskReader reader = disk.open(FILE)) {
      assertThatThrownBy(() -> ParquetInspection.outline(reader)).hasMessageContaining("cut off");
    }
  }

  @Test
  void footersOfAbsurdLengthsAreRefused() {
    byte[] sound = ParquetFixture.file(SCHEMA, 50);

    for (int length : new int[] {Integer.MAX_VALUE, -1, Integer.MIN_VALUE, 0, 1, sound.length}) {
      byte[] absurd = sound.clone();
      ByteBuffer.wrap(absurd).order(ByteOrder.LITTLE_ENDIAN).putInt(absurd.length - 8, length);
      assertRefused(absurd, "footer");
    }
  }

  @Test
  void aFlippedBitOfAPageIsFoundByItsChecksum() {
    byte[] sound = ParquetFixture.file("message t {required int64 id;}", 2000);
    sound[sound.length / 3] ^= 4;

    assertRefused(sound, "differs from its checksum");
  }

  private static SchemaElement group(String name, int children) {
    return new SchemaElement(name)
        .setNum_children(children)
        .setRepetition_type(FieldRepetitionType.OPTIONAL);
  }

  private static SchemaElement leaf(String name) {
    return new SchemaElement(name)
        .setType(Type.INT64)
        .setRepetition_type(FieldRepetitionType.REQUIRED);
  }

  private static ColumnChunk chunk(String name, long offset, long size) {
    ColumnMetaData meta =
        new ColumnMetaData(
            Type.INT64,
            List.of(Encoding.PLAIN),
            List.of(name),
            CompressionCodec.UNCOMPRESSED,
            1,
            size,
            size,
            offset);
    return new ColumnChunk(offset).setMeta_data(meta);
  }

  private static byte[] file(List<SchemaElement> schema, ColumnChunk... chunks) throws IOException {
    return file(schema, Math.min(1, chunks.length), chunks);
  }

  private static byte[] file(List<SchemaElement> schema, int rows, ColumnChunk... chunks)
      throws IOException {
    List<RowGroup> groups =
        chunks.length == 0 ? List.of() : List.of(new RowGroup(List.of(chunks), 8, rows));
    ByteArrayOutputStream footer = new ByteArrayOutputStream();
    Util.writeFileMetaData(new FileMetaData(1, schema, rows, groups), footer);
    ByteBuffer file = ByteBuffer.allocate(4 + 100 + footer.size() + 8);
    file.put(MAGIC).position(104);
    file.put(footer.toByteArray()).order(ByteOrder.LITTLE_ENDIAN).putInt(footer.size()).put(MAGIC);
    return file.array();
  }

  @Test
  void columnsThatDoNotLieInTheFileOrLieUponEachOtherAreRefused() throws Exception {
    List<SchemaElement> one = List.of(new SchemaElement("t").setNum_children(1), leaf("a"));
    List<SchemaElement> two =
        List.of(new SchemaElement("t").setNum_children(2), leaf("a"), leaf("b"));

    for (long[] place :
        new long[][] {{4, 1L << 40}, {1L << 62, 8}, {-9, 8}, {4, -1}, {4, 101}, {0, 8}}) {
      assertRefused(file(one, chunk("a", place[0], place[1])), "does not lie in it");
    }
    assertRefused(file(two, chunk("a", 4, 50), chunk("b", 53, 9)), "lie upon each other");
    assertRefused(file(one, chunk("b", 4, 50)), "is another in a row group");
    assertRefused(file(two, chunk("a", 4, 50)), "1 columns, the schema 2");
    assertRefused(file(one, chunk("a", 4, 100)), "column 'a' has");
  }

  @Test
  void aColumnWithoutValuesMayBeADictionaryAlone() throws Exception {
    ByteArrayOutputStream page = new ByteArrayOutputStream();
    Util.writePageHeader(
        new PageHeader(PageType.DICTIONARY_PAGE, 0, 0)
            .setDictionary_page_header(new DictionaryPageHeader(0, Encoding.PLAIN)),
        page);
    ColumnChunk chunk = chunk("a", 0, page.size());
    chunk.getMeta_data().setNum_values(0).setDictionary_page_offset(4);
    byte[] bytes = file(List.of(new SchemaElement("t").setNum_children(1), leaf("a")), 0, chunk);
    System.arraycopy(page.toByteArray(), 0, bytes, 4, page.size());

    assertThat(inspect(bytes).rows()).isZero();
    bytes[4] = 0;
    assertRefused(bytes, "column 'a' has no page at byte 4");
  }

  @Test
  void schemasThatAreNoTreesAreRefusedHoweverDeep() throws Exception {
    List<SchemaElement> deep = new ArrayList<>(List.of(new SchemaElement("t").setNum_children(1)));
    for (int i = 0; i < 50_000; i++) {
      deep.add(group("g", 1));
    }
    deep.add(leaf("a"));

    assertRefused(file(deep), "nested too deeply");
    assertRefused(file(List.of()), "no schema");
    assertRefused(file(List.of(new SchemaElement("t"), leaf("a"))), "goes on behind its end");
    assertRefused(
        file(List.of(new SchemaElement("t").setNum_children(2), group("g", 1), leaf("a"))),
        "ends too early");
    assertRefused(
        file(List.of(new SchemaElement("t").setNum_children(Integer.MAX_VALUE), leaf("a"))),
        "speaks of");
    assertRefused(
        file(List.of(new SchemaElement("t").setNum_children(2), leaf("a"), leaf("a"))),
        "two columns 'a'");
  }

  @Test
  void noGarbledFileDoesMoreThanBeRefused() {
    Harness harness = Harness.named("fuzz-parquet-inspection");
    byte[] sound = ParquetFixture.file(SCHEMA, 300, 100);
    long end = System.nanoTime() + Duration.ofSeconds(Harness.size(2, 60)).toNanos();
    List<String> other = new ArrayList<>();

    for (int step = 0; System.nanoTime() < end; step++) {
      Random random = harness.random(step);
      byte[] bytes = Garble.bytes(random, sound);
      if (random.nextBoolean()) {
        // Most of what can mislead is at the end.
        bytes = sound.clone();
        bytes[bytes.length - 1 - random.nextInt(900)] = (byte) random.nextInt();
      }
      try {
        harness.count(inspect(bytes).columns().isEmpty() ? "empty" : "read", 1);
      } catch (MalformedParquetException e) {
        harness.count("refused", 1);
      } catch (IOException | RuntimeException | OutOfMemoryError | StackOverflowError e) {
        other.add(harness.at(step) + ": " + e);
      }
    }

    assertThat(other).isEmpty();
    assertThat(harness.counted("refused")).isPositive();
    assertThat(harness.counted("read")).isPositive();
  }
}
