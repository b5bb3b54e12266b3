package io.duckpond.journal.benchmark;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import org.rocksdb.Options;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.WriteOptions;

/** A RocksDB each of whose writes is durable when it returns; its writers are threads. */
final class SyncedRocksDb implements AutoCloseable {
  private final Options options = new Options().setCreateIfMissing(true);
  private final WriteOptions synced = new WriteOptions().setSync(true);
  private final long[] written;
  private final RocksDB rocks;

  SyncedRocksDb(int writers) throws IOException, RocksDBException {
    Path directory = Scratch.directory("rocksdb");
    this.rocks = RocksDB.open(options, directory.toString());
    this.written = new long[writers];
  }

  /** Returns the events that became durable in a second, with a thread for each writer. */
  double eventsPerSecond(Duration time) throws Exception {
    return Writers.threadsEventsPerSecond(written.length, time, this::put);
  }

  private void put(int writer, long event) throws RocksDBException {
    ByteBuffer key = ByteBuffer.allocate(16).putLong(writer).putLong(++written[writer]);
    rocks.put(synced, key.array(), Payloads.of(event));
  }

  @Override
  public void close() {
    rocks.close();
    synced.close();
    options.close();
  }
}
