package io.duckpond.launcher;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.github.luben.zstd.ZstdOutputStream;
import io.duckpond.harness.MemoryDisk;
import io.duckpond.journal.disk.Sha256;
import io.duckpond.journal.table.DataFileNames;
import io.duckpond.journal.table.Flush;
import io.duckpond.journal.table.LogRecord;
import io.duckpond.journal.table.LogTable;
import io.duckpond.journal.table.RecordKind;
import io.duckpond.node.NodeId;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.apache.parquet.format.ColumnMetaData;
import org.apache.parquet.format.FileMetaData;
import org.apache.parquet.format.PageHeader;
import org.apache.parquet.format.RowGroup;
import org.apache.parquet.format.Statistics;
import org.apache.parquet.format.Util;

/**
 * Ponds that somebody of ill will has made: each asks for far more than it holds, or for what no
 * program of today knows. Checksums and chain are right wherever somebody can make them so.
 */
final class HostilePonds {
  private static final Path TABLE = StoredPond.FOLDER.resolve("oplog");
  private static final int PAGE_BYTES = 30_000;

  private final MemoryDisk sound;

  /** From a pond whose newest data file holds {@value PAGE_BYTES} bytes that cannot be packed. */
  HostilePonds(MemoryDisk sound) {
    this.sound = sound;
  }

  /** A change to a page, before it is written where the first of a file's contents stood. */
  private interface PageChange {
    byte[] apply(PageHeader header, byte[] page);
  }

  private static Path entry(long version) {
    return TABLE.resolve(String.format("_delta_log/%020d.json", version));
  }

  private long nextVersion() {
    return sound.files().stream()
        .filter(file -> file.toString().matches(".*/\\d{20}\\.json"))
        .count();
  }

  private Path newestDataFile() throws IOException {
    List<Path> files = DataFileNames.inCommitOrder(sound, TABLE);
    return files.get(files.size() - 1);
  }

  /** A record, well stored and chained, whose Arrow stream is these bytes. */
  MemoryDisk withRecord(RecordKind kind, byte[] content) throws IOException {
    MemoryDisk disk = sound.copy();
    try (LogTable table = LogTable.open(disk, TABLE)) {
      long txn = table.head().txnSeq() + 1;
      long time = table.head().timestampMicros() + 1;
      Sha256 digest = Sha256.of(content);
      boolean event = kind == RecordKind.EVENT;
      long version = event ? 100 : 0;
      String partition = event ? NodeId.ROOT.hex() : "";
      LogRecord record =
          new LogRecord(partition, kind, version, version, txn, txn, time, 1, digest, content);
      table.append(new Flush(List.of(record), List.of(), txn, time));
    }
    return disk;
  }

  /** The next log entry is this text, as another program may write it. */
  MemoryDisk withEntry(String text) {
    MemoryDisk disk = sound.copy();
    disk.put(entry(nextVersion()), text.getBytes(UTF_8));
    return disk;
  }

  /** The file to make a log entry of any size of. */
  Path nextEntry() {
    return StoredPond.FOLDER.relativize(entry(nextVersion()));
  }

  /** A pond that a later program has made one of its own format. */
  MemoryDisk ofFormat(String format) throws IOException {
    String first = new String(sound.bytes(entry(0)), UTF_8);
    String properties =
        first.lines().filter(line -> line.contains("metaData")).findFirst().orElseThrow();
    return withEntry(
        properties.replace(
                "\"io.duckpond.format\":\"1\"", "\"io.duckpond.format\":\"" + format + "\"")
            + "\n");
  }

  /** The newest data file says this of the length of its footer. */
  MemoryDisk withFooterOf(int length) throws IOException {
    MemoryDisk disk = sound.copy();
    byte[] bytes = disk.bytes(newestDataFile());
    ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).putInt(bytes.length - 8, length);
    disk.put(newestDataFile(), bytes);
    return disk;
  }

  /** A page says that it unpacks to so many bytes. */
  MemoryDisk withPageOf(int unpacked) throws IOException {
    return withPage(
        (header, page) -> {
          header.setUncompressed_page_size(unpacked);
          return page;
        });
  }

  /** A page unpacks to 500 MiB, whatever it says. */
  MemoryDisk withBomb() throws IOException {
    byte[] bomb = bomb();
    return withPage(
        (header, page) -> {
          header.setCompressed_page_size(bomb.length);
          return bomb;
        });
  }

  private static byte[] bomb() throws IOException {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (ZstdOutputStream out = new ZstdOutputStream(packed)) {
      byte[] zeros = new byte[1 << 20];
      for (int i = 0; i < 500; i++) {
        out.write(zeros);
      }
    }
    return packed.toByteArray();
  }

  /** A page packed so that its frame, too, says that it unpacks to so many bytes. */
  MemoryDisk withFrameOf(int unpacked) throws IOException {
    // Magic number, a header with eight bytes of size, one last block of one byte repeated.
    ByteBuffer bytes = ByteBuffer.allocate(17).order(ByteOrder.LITTLE_ENDIAN);
    bytes.putInt(0xFD2FB528).put((byte) 0xE0).putLong(unpacked).putInt(3 | 1 << 3);
    byte[] frame = bytes.array();
    return withPage(
        (header, page) -> {
          header.setUncompressed_page_size(unpacked);
          header.setCompressed_page_size(frame.length);
          return frame;
        });
  }

  /** A page header has a value that says it has so many bytes. */
  MemoryDisk withHeaderOf(int length) throws IOException {
    byte[] mark = HexFormat.of().parseHex("0102030405060708");
    MemoryDisk disk =
        withPage(
            (header, page) -> {
              header.getData_page_header().setStatistics(new Statistics().setMax_value(mark));
              return page;
            });
    byte[] bytes = disk.bytes(newestDataFile());
    int at = indexOf(bytes, mark) - 1; // the length before it, in one byte
    byte[] varint = new byte[5];
    for (int i = 0; i < 5; i++) {
      varint[i] = (byte) (length >>> 7 * i & 0x7F | (i < 4 ? 0x80 : 0));
    }
    System.arraycopy(varint, 0, bytes, at, varint.length);
    disk.put(newestDataFile(), bytes);
    return disk;
  }

  private static int indexOf(byte[] bytes, byte[] wanted) {
    for (int at = 0; at + wanted.length <= bytes.length; at++) {
      if (Arrays.equals(bytes, at, at + wanted.length, wanted, 0, wanted.length)) {
        return at;
      }
    }
    throw new IllegalStateException("not there");
  }

  /** The largest page of the newest data file, without its checksum, changed. */
  private MemoryDisk withPage(PageChange change) throws IOException {
    MemoryDisk disk = sound.copy();
    byte[] bytes = disk.bytes(newestDataFile());
    int start = contentStart(bytes);
    ByteArrayInputStream in = new ByteArrayInputStream(bytes, start, bytes.length - start);
    PageHeader header = Util.readPageHeader(in);
    byte[] page = in.readNBytes(header.getCompressed_page_size());
    if (page.length < PAGE_BYTES) {
      throw new IllegalStateException("a page of " + page.length + " bytes");
    }
    header.unsetCrc();
    byte[] changed = change.apply(header, page);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    Util.writePageHeader(header, out);
    // What follows the page in its column must stay where it is.
    int room = page.length - 64;
    out.write(changed, 0, Math.min(changed.length, room));
    System.arraycopy(out.toByteArray(), 0, bytes, start, out.size());
    disk.put(newestDataFile(), bytes);
    return disk;
  }

  /** Returns where the column of contents begins. */
  private static int contentStart(byte[] file) throws IOException {
    ByteBuffer suffix = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
    int length = suffix.getInt(file.length - 8);
    FileMetaData footer =
        Util.readFileMetaData(new ByteArrayInputStream(file, file.length - 8 - length, length));
    long start = 0;
    long largest = 0;
    for (RowGroup group : footer.getRow_groups()) {
      ColumnMetaData column = group.getColumns().get(group.getColumnsSize() - 1).getMeta_data();
      if (column.getTotal_compressed_size() > largest) {
        largest = column.getTotal_compressed_size();
        start = column.getData_page_offset();
      }
    }
    return Math.toIntExact(start);
  }
}
