package io.duckpond.journal.benchmark;

import static java.nio.file.StandardOpenOption.CREATE_NEW;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * What the disk itself takes for a durable commit of two files: a data file and its directory, a
 * log entry under a temporary name, its name, the log's directory. Nothing is computed.
 */
final class RawFloor {
  /** What a commit of one event writes. */
  private static final int DATA_BYTES = 2_600;

  private static final int ENTRY_BYTES = 2_000;

  private final Path directory;
  private final Path log;
  private long commits;

  RawFloor() throws IOException {
    this.directory = Scratch.directory("floor");
    this.log = Files.createDirectory(directory.resolve("log"));
  }

  void commit() throws IOException {
    long version = commits++;
    write(directory.resolve("data-" + version), DATA_BYTES);
    sync(directory);
    Path temporary = log.resolve("entry-" + version + ".tmp");
    write(temporary, ENTRY_BYTES);
    Files.createLink(log.resolve("entry-" + version), temporary);
    Files.delete(temporary);
    sync(log);
  }

  private static void write(Path file, int bytes) throws IOException {
    try (FileChannel channel = FileChannel.open(file, CREATE_NEW, WRITE)) {
      channel.write(ByteBuffer.allocate(bytes));
      channel.force(true);
    }
  }

  private static void sync(Path directory) throws IOException {
    try (FileChannel channel = FileChannel.open(directory, READ)) {
      channel.force(true);
    }
  }
}
