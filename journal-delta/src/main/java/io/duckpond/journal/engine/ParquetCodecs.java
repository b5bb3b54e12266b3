package io.duckpond.journal.engine;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdCompressCtx;
import com.github.luben.zstd.ZstdDecompressCtx;
import com.github.luben.zstd.util.Native;
import io.duckpond.journal.disk.JournalException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.apache.parquet.bytes.BytesInput;
import org.apache.parquet.bytes.HeapByteBufferAllocator;
import org.apache.parquet.compression.CompressionCodecFactory;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;

/**
 * Zstandard, and no compression, for Parquet pages; without Hadoop's codecs. One instance for one
 * writer or one reader, and its thread.
 */
final class ParquetCodecs implements CompressionCodecFactory {
  private static final int LEVEL = 3;
  // A page's size comes from the file. Our largest pages hold one event.
  private static final long LARGEST_PAGE = 1L << 30;

  private final Compressor compressor;
  private final Decompressor decompressor;

  ParquetCodecs() {
    requireLibrary();
    compressor = new Compressor();
    decompressor = new Decompressor();
  }

  /** What it is loaded from is unpacked first, and a temporary folder can be full or read-only. */
  private static void requireLibrary() {
    try {
      Native.load();
    } catch (LinkageError e) {
      throw JournalException.notStored(
          "the library for Zstandard cannot be loaded: "
              + e.getMessage()
              + "; -Djava.io.tmpdir=DIR names another folder for it",
          e);
    }
  }

  @Override
  public BytesInputCompressor getCompressor(CompressionCodecName codec) {
    return codec == CompressionCodecName.ZSTD ? compressor : new Uncompressed(supported(codec));
  }

  @Override
  public BytesInputDecompressor getDecompressor(CompressionCodecName codec) {
    return codec == CompressionCodecName.ZSTD ? decompressor : new Uncompressed(supported(codec));
  }

  private static CompressionCodecName supported(CompressionCodecName codec) {
    if (codec != CompressionCodecName.UNCOMPRESSED) {
      throw new UnsupportedOperationException("Parquet codec " + codec);
    }
    return codec;
  }

  /** Returns the bytes in an array, copied only if they are not in one. */
  private static ByteBuffer inArray(BytesInput bytes) throws IOException {
    ByteBuffer buffer = bytes.toByteBuffer(HeapByteBufferAllocator.getInstance(), freed -> {});
    return buffer.hasArray() ? buffer : ByteBuffer.allocate(buffer.remaining()).put(buffer).flip();
  }

  @Override
  public void release() {
    compressor.release();
    decompressor.release();
  }

  private static final class Compressor implements BytesInputCompressor {
    private final ZstdCompressCtx context = new ZstdCompressCtx().setLevel(LEVEL);

    @Override
    public BytesInput compress(BytesInput bytes) throws IOException {
      ByteBuffer plain = inArray(bytes);
      byte[] packed = new byte[Math.toIntExact(Zstd.compressBound(plain.remaining()))];
      int length =
          context.compressByteArray(
              packed,
              0,
              packed.length,
              plain.array(),
              plain.arrayOffset() + plain.position(),
              plain.remaining());
      return BytesInput.from(Arrays.copyOf(packed, length));
    }

    @Override
    public CompressionCodecName getCodecName() {
      return CompressionCodecName.ZSTD;
    }

    @Override
    public void release() {
      context.close();
    }
  }

  private static final class Decompressor implements BytesInputDecompressor {
    private final ZstdDecompressCtx context = new ZstdDecompressCtx();

    @Override
    public BytesInput decompress(BytesInput bytes, int size) throws IOException {
      return BytesInput.from(decompress(inArray(bytes), size));
    }

    private byte[] decompress(ByteBuffer packed, int size) throws IOException {
      int start = packed.arrayOffset() + packed.position();
      long stated = Zstd.getFrameContentSize(packed.array(), start, packed.remaining());
      if (size < 0 || size > LARGEST_PAGE || (stated > 0 && stated != size)) {
        throw new IOException("a page of " + size + " bytes whose frame says " + stated);
      }
      ParquetBounds.requireFits(size, "the bytes of a page");
      byte[] plain = new byte[size];
      int length =
          context.decompressByteArray(plain, 0, size, packed.array(), start, packed.remaining());
      if (length != size) {
        throw new IOException("a page of " + size + " bytes unpacked to " + length);
      }
      return plain;
    }

    @Override
    public void decompress(ByteBuffer from, int compressedSize, ByteBuffer into, int size)
        throws IOException {
      ByteBuffer packed = ByteBuffer.allocate(compressedSize);
      packed.put(from.duplicate().limit(from.position() + compressedSize)).flip();
      from.position(from.position() + compressedSize);
      into.put(decompress(packed, size));
    }

    @Override
    public void release() {
      context.close();
    }
  }

  private record Uncompressed(CompressionCodecName codec)
      implements BytesInputCompressor, BytesInputDecompressor {

    @Override
    public BytesInput compress(BytesInput bytes) {
      return bytes;
    }

    @Override
    public CompressionCodecName getCodecName() {
      return codec;
    }

    @Override
    public BytesInput decompress(BytesInput bytes, int size) {
      return bytes;
    }

    @Override
    public void decompress(ByteBuffer from, int compressedSize, ByteBuffer into, int size) {
      into.put(from.duplicate().limit(from.position() + size));
      from.position(from.position() + compressedSize);
    }

    @Override
    public void release() {}
  }
}
