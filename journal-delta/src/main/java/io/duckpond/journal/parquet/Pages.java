package io.duckpond.journal.parquet;

import io.duckpond.journal.engine.CompactStruct;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.apache.parquet.format.DataPageHeaderV2;
import org.apache.parquet.format.PageHeader;
import org.apache.parquet.format.PageType;
import org.apache.parquet.format.Util;

/** The pages of one {@link Chunk}, from header to header. */
final class Pages {
  /** More than most headers have; those with long values as statistics are read a second time. */
  private static final int HEADER = 1 << 12;

  private static final int LONGEST_HEADER = 16 << 20;

  private final Window file;
  private final Chunk chunk;
  private long position;
  private long values;

  private Pages(Window file, Chunk chunk) {
    this.file = file;
    this.chunk = chunk;
    this.position = chunk.start();
  }

  /** Fails unless the pages fill the chunk, have its values, and are what their checksums say. */
  static void check(Window file, Chunk chunk) throws IOException {
    Pages pages = new Pages(file, chunk);
    while (pages.position < chunk.end()) {
      pages.pass();
    }
    if (pages.values != chunk.values()) {
      throw pages.malformed("has " + pages.values + " values of " + chunk.values());
    }
  }

  private void pass() throws IOException {
    long start = position;
    PageHeader header = header();
    long size = header.getCompressed_page_size();
    if (size < 0 || header.getUncompressed_page_size() < 0 || size > chunk.end() - position) {
      throw malformed("has a page of " + size + " bytes at byte " + start + ", beyond its end");
    }
    if (header.isSetCrc() && file.crc32(position, size) != header.getCrc()) {
      throw malformed("has a page at byte " + start + " that differs from its checksum");
    }
    count(header, start);
    position += size;
  }

  private void count(PageHeader header, long start) throws MalformedParquetException {
    long more = 0;
    boolean fits = true;
    if (header.isSetData_page_header()) {
      more = header.getData_page_header().getNum_values();
    } else if (header.isSetData_page_header_v2()) {
      DataPageHeaderV2 page = header.getData_page_header_v2();
      long levels =
          (long) page.getRepetition_levels_byte_length() + page.getDefinition_levels_byte_length();
      fits =
          page.getRepetition_levels_byte_length() >= 0
              && page.getDefinition_levels_byte_length() >= 0
              && levels <= header.getCompressed_page_size();
      more = page.getNum_values();
    } else if (header.getType() == PageType.DICTIONARY_PAGE) {
      fits = start == chunk.start() && header.isSetDictionary_page_header();
    } else {
      fits = header.getType() == PageType.INDEX_PAGE;
    }
    if (!fits || more < 0 || more > chunk.values() - values) {
      throw malformed("has a page at byte " + start + " that has no place there");
    }
    values += more;
  }

  private PageHeader header() throws IOException {
    try {
      return header(HEADER);
    } catch (MalformedParquetException e) {
      return header(LONGEST_HEADER);
    }
  }

  private PageHeader header(int most) throws IOException {
    ByteBuffer bytes = file.read(position, (int) Math.min(most, chunk.end() - position));
    byte[] struct;
    PageHeader header;
    try {
      struct = new byte[CompactStruct.check(bytes, "it")];
      bytes.get(0, struct);
      header = Util.readPageHeader(new ByteArrayInputStream(struct));
    } catch (IOException | RuntimeException e) {
      throw new MalformedParquetException(
          "column " + chunk.column() + " has no page at byte " + position, e);
    }
    position += struct.length;
    return header;
  }

  private MalformedParquetException malformed(String what) {
    return new MalformedParquetException("column " + chunk.column() + " " + what);
  }
}
