package io.duckpond.query.parquet;

import io.duckpond.journal.disk.DiskReader;
import java.io.IOException;
import org.apache.parquet.io.DelegatingSeekableInputStream;
import org.apache.parquet.io.InputFile;
import org.apache.parquet.io.SeekableInputStream;

/** A file as Parquet's reader of footers wants it. */
final class FooterInput implements InputFile {
  private static final int READ_AHEAD = 1 << 16;

  private final DiskReader file;
  private final long length;

  FooterInput(DiskReader file) throws IOException {
    this.file = file;
    this.length = file.size();
  }

  @Override
  public long getLength() {
    return length;
  }

  @Override
  public SeekableInputStream newStream() {
    return new Stream(new Seeking(file, length));
  }

  /** A stream that goes on reading where it is told to. */
  private static final class Seeking extends java.io.InputStream {
    private final DiskReader file;
    private final long length;
    private ChunkInput in;

    Seeking(DiskReader file, long length) {
      this.file = file;
      this.length = length;
      this.in = new ChunkInput(file, 0, length, READ_AHEAD);
    }

    void seek(long position) {
      in = new ChunkInput(file, position, length, READ_AHEAD);
    }

    long position() {
      return length - in.left();
    }

    @Override
    public int read() {
      return in.read();
    }

    @Override
    public int read(byte[] into, int from, int count) throws IOException {
      return in.read(into, from, count);
    }
  }

  private static final class Stream extends DelegatingSeekableInputStream {
    private final Seeking bytes;

    Stream(Seeking bytes) {
      super(bytes);
      this.bytes = bytes;
    }

    @Override
    public long getPos() {
      return bytes.position();
    }

    @Override
    public void seek(long position) {
      bytes.seek(position);
    }
  }
}
