package io.duckpond.journal.disk;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;

/** Writes a file of this machine. */
final class ChannelWriter implements DiskWriter {
  private final Path file;
  private final FileChannel channel;
  private long position;

  ChannelWriter(Path file, FileChannel channel) {
    this.file = file;
    this.channel = channel;
  }

  @Override
  public void write(ByteBuffer bytes) throws IOException {
    try {
      while (bytes.hasRemaining()) {
        position += channel.write(bytes);
      }
    } catch (IOException e) {
      throw OpenFiles.named(file, e);
    }
  }

  @Override
  public long position() {
    return position;
  }

  @Override
  public void sync() throws IOException {
    try {
      channel.force(true);
    } catch (IOException e) {
      throw OpenFiles.named(file, e);
    }
  }

  @Override
  public void close() throws IOException {
    try {
      channel.close();
    } catch (IOException e) {
      throw OpenFiles.named(file, e);
    }
  }
}
