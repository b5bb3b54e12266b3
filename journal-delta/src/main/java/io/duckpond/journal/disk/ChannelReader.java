package io.duckpond.journal.disk;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;

/** Reads a file of this machine. */
final class ChannelReader implements DiskReader {
  private final Path file;
  private final FileChannel channel;

  ChannelReader(Path file, FileChannel channel) {
    this.file = file;
    this.channel = channel;
  }

  @Override
  public long size() throws IOException {
    try {
      return channel.size();
    } catch (IOException e) {
      throw OpenFiles.named(file, e);
    }
  }

  @Override
  public int read(ByteBuffer into, long position) throws IOException {
    try {
      return channel.read(into, position);
    } catch (IOException e) {
      throw OpenFiles.named(file, e);
    }
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
