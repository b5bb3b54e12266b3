package io.duckpond.query.parquet;

import io.duckpond.journal.disk.DiskReader;
import io.duckpond.journal.disk.JournalException;
import java.io.IOException;
import java.util.zip.CRC32;
import org.apache.parquet.bytes.BytesInput;
import org.apache.parquet.column.Encoding;
import org.apache.parquet.column.page.DataPage;
import org.apache.parquet.column.page.DataPageV1;
import org.apache.parquet.column.page.DataPageV2;
import org.apache.parquet.column.page.DictionaryPage;
import org.apache.parquet.column.page.PageReader;
import org.apache.parquet.column.statistics.Statistics;
import org.apache.parquet.format.DataPageHeader;
import org.apache.parquet.format.DataPageHeaderV2;
import org.apache.parquet.format.DictionaryPageHeader;
import org.apache.parquet.format.PageHeader;
import org.apache.parquet.format.Util;
import org.apache.parquet.hadoop.metadata.ColumnChunkMetaData;
import org.apache.parquet.io.ParquetDecodingException;
import org.jspecify.annotations.Nullable;

/**
 * The pages of a column of a row group, each read when it is asked for: no more than one is in
 * memory, and what is read ahead. Its numbers come from the file and are not believed.
 */
final class ChunkPages implements PageReader {
  private static final long LARGEST_PAGE = Math.min(1L << 30, Runtime.getRuntime().maxMemory() / 4);

  /** What a page says of its values is of no use to those who read them all. */
  private static final @Nullable Statistics<?> NO_STATISTICS = null;

  private final ColumnChunkMetaData chunk;
  private final ChunkInput in;
  private @Nullable PageHeader ahead;
  private long values;

  /** {@code readAhead} is the most bytes to hold beside a page. */
  ChunkPages(DiskReader file, ColumnChunkMetaData chunk, int readAhead) {
    this.chunk = chunk;
    long start = chunk.getStartingPos();
    this.in = new ChunkInput(file, start, start + chunk.getTotalSize(), readAhead);
  }

  @Override
  public long getTotalValueCount() {
    return chunk.getValueCount();
  }

  @Override
  public @Nullable DictionaryPage readDictionaryPage() {
    try {
      PageHeader header = in.left() > 0 ? Util.readPageHeader(in) : null;
      if (header == null || !header.isSetDictionary_page_header()) {
        ahead = header;
        return null;
      }
      DictionaryPageHeader dictionary = header.getDictionary_page_header();
      byte[] bytes = unpack(header, content(header), 0, header.getUncompressed_page_size());
      return new DictionaryPage(
          BytesInput.from(bytes),
          bytes.length,
          dictionary.getNum_values(),
          encoding(dictionary.getEncoding()));
    } catch (IOException e) {
      throw malformed(e);
    }
  }

  @Override
  public @Nullable DataPage readPage() {
    try {
      while (values < chunk.getValueCount()) {
        PageHeader held = ahead;
        PageHeader header = held == null ? Util.readPageHeader(in) : held;
        ahead = null;
        byte[] content = content(header);
        if (header.isSetData_page_header()) {
          return page(header, header.getData_page_header(), content);
        } else if (header.isSetData_page_header_v2()) {
          return page(header, header.getData_page_header_v2(), content);
        }
      }
      return null;
    } catch (IOException e) {
      throw malformed(e);
    }
  }

  private DataPage page(PageHeader header, DataPageHeader data, byte[] content) throws IOException {
    count(data.getNum_values());
    byte[] bytes = unpack(header, content, 0, header.getUncompressed_page_size());
    return new DataPageV1(
        BytesInput.from(bytes),
        data.getNum_values(),
        bytes.length,
        NO_STATISTICS,
        encoding(data.getRepetition_level_encoding()),
        encoding(data.getDefinition_level_encoding()),
        encoding(data.getEncoding()));
  }

  private DataPage page(PageHeader header, DataPageHeaderV2 data, byte[] content)
      throws IOException {
    count(data.getNum_values());
    int repetition = data.getRepetition_levels_byte_length();
    int levels = repetition + data.getDefinition_levels_byte_length();
    if (repetition < 0 || levels < repetition || levels > content.length) {
      throw new IOException("a page whose levels do not lie in it");
    }
    int plain = header.getUncompressed_page_size() - levels;
    boolean packed = !data.isSetIs_compressed() || data.isIs_compressed();
    BytesInput values =
        packed && content.length > levels
            ? BytesInput.from(unpack(header, content, levels, plain))
            : BytesInput.from(content, levels, content.length - levels);
    return DataPageV2.uncompressed(
        data.getNum_rows(),
        data.getNum_nulls(),
        data.getNum_values(),
        BytesInput.from(content, 0, repetition),
        BytesInput.from(content, repetition, levels - repetition),
        encoding(data.getEncoding()),
        values,
        NO_STATISTICS);
  }

  private void count(int more) throws IOException {
    if (more < 0 || more > chunk.getValueCount() - values) {
      throw new IOException("a page of " + more + " values, more than its column has");
    }
    values += more;
  }

  private byte[] content(PageHeader header) throws IOException {
    demandFits(header.getCompressed_page_size());
    byte[] content = in.take(header.getCompressed_page_size());
    if (header.isSetCrc()) {
      CRC32 crc = new CRC32();
      crc.update(content);
      if ((int) crc.getValue() != header.getCrc()) {
        throw new IOException("a page differs from its checksum");
      }
    }
    return content;
  }

  private byte[] unpack(PageHeader header, byte[] content, int from, int size) throws IOException {
    demandFits(size);
    return PageCodecs.unpack(chunk.getCodec(), content, from, size);
  }

  private static void demandFits(int size) throws IOException {
    if (size < 0) {
      throw new IOException("a page of " + size + " bytes");
    }
    if (size > LARGEST_PAGE) {
      throw JournalException.notStored(
          "a Parquet page of "
              + size
              + " bytes needs more memory than this JVM has to spare; if the file is to be trusted,"
              + " give it more",
          new IllegalArgumentException("page"));
    }
  }

  private static Encoding encoding(org.apache.parquet.format.Encoding stored) {
    return Encoding.valueOf(stored.name());
  }

  private ParquetDecodingException malformed(IOException cause) {
    return new ParquetDecodingException(
        "column '" + chunk.getPath().toDotString() + "': " + cause.getMessage(), cause);
  }
}
