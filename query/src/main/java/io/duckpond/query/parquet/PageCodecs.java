package io.duckpond.query.parquet;

import com.github.luben.zstd.Zstd;
import io.airlift.compress.lz4.Lz4Decompressor;
import io.airlift.compress.snappy.SnappyDecompressor;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.GZIPInputStream;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;

/** Unpacks pages, without Hadoop's codecs; never to more bytes than were announced. */
final class PageCodecs {
  private PageCodecs() {}

  /** Returns the {@code size} bytes that {@code packed} from {@code from} on are. */
  static byte[] unpack(CompressionCodecName codec, byte[] packed, int from, int size)
      throws IOException {
    int length = packed.length - from;
    byte[] plain = new byte[size];
    int found =
        switch (codec) {
          case UNCOMPRESSED -> {
            System.arraycopy(packed, from, plain, 0, Math.min(size, length));
            yield length;
          }
          case SNAPPY -> new SnappyDecompressor().decompress(packed, from, length, plain, 0, size);
          case LZ4_RAW -> new Lz4Decompressor().decompress(packed, from, length, plain, 0, size);
          case ZSTD -> zstd(packed, from, plain);
          case GZIP -> gzip(packed, from, plain);
          case LZO, BROTLI, LZ4 ->
              throw new IOException(
                  "it is compressed with "
                      + codec
                      + "; read can be snappy, gzip, zstd, lz4_raw and what is not compressed");
        };
    if (found != size) {
      throw new IOException("a page of " + size + " bytes unpacked to " + found);
    }
    return plain;
  }

  private static int zstd(byte[] packed, int from, byte[] plain) throws IOException {
    long found =
        Zstd.decompressByteArray(plain, 0, plain.length, packed, from, packed.length - from);
    if (Zstd.isError(found)) {
      throw new IOException("a page is no Zstandard: " + Zstd.getErrorName(found));
    }
    return (int) found;
  }

  private static int gzip(byte[] packed, int from, byte[] plain) throws IOException {
    try (InputStream in =
        new GZIPInputStream(new ByteArrayInputStream(packed, from, packed.length - from))) {
      int found = in.readNBytes(plain, 0, plain.length);
      return in.read() < 0 ? found : found + 1;
    }
  }
}
