package io.duckpond;

import io.duckpond.journal.disk.Disk;
import io.duckpond.journal.disk.DiskReader;
import io.duckpond.journal.disk.DiskWriter;
import io.duckpond.journal.disk.ForwardingDisk;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/** Counts the bytes that are written, by what for, and what is read of data files. */
final class MeteredDisk extends ForwardingDisk {
  private static final String UPKEEP_THREADS = "delta-upkeep";

  private final AtomicLong byCommits = new AtomicLong();
  private final AtomicLong bySnapshots = new AtomicLong();
  private final AtomicLong byUpkeep = new AtomicLong();
  private final AtomicLong read = new AtomicLong();
  private final Set<Path> opened = ConcurrentHashMap.newKeySet();

  MeteredDisk(Disk disk) {
    super(disk);
  }

  /** Starts counting from 0. */
  void forget() {
    byCommits.set(0);
    bySnapshots.set(0);
    byUpkeep.set(0);
    read.set(0);
    opened.clear();
  }

  /** Returns the bytes written, but for those of snapshots and of upkeep. */
  long writtenByCommits() {
    return byCommits.get();
  }

  long writtenBySnapshots() {
    return bySnapshots.get();
  }

  /** Returns the bytes of what was written before, merged beside the commits. */
  long writtenByUpkeep() {
    return byUpkeep.get();
  }

  /** Returns the bytes read of data files. */
  long read() {
    return read.get();
  }

  /** Returns the data files that were opened. */
  Set<Path> opened() {
    return Set.copyOf(opened);
  }

  private AtomicLong writtenTo(Path file) {
    if (file.toString().contains("/snapshots")) {
      return bySnapshots;
    }
    return Thread.currentThread().getName().startsWith(UPKEEP_THREADS) ? byUpkeep : byCommits;
  }

  private static boolean isData(Path file) {
    return file.toString().endsWith(".parquet");
  }

  @Override
  public DiskWriter create(Path file) throws IOException {
    DiskWriter writer = super.create(file);
    return new DiskWriter() {
      @Override
      public void write(ByteBuffer bytes) throws IOException {
        writtenTo(file).addAndGet(bytes.remaining());
        writer.write(bytes);
      }

      @Override
      public long position() {
        return writer.position();
      }

      @Override
      public void sync() throws IOException {
        writer.sync();
      }

      @Override
      public void close() throws IOException {
        writer.close();
      }
    };
  }

  @Override
  public DiskReader open(Path file) throws IOException {
    DiskReader reader = super.open(file);
    if (!isData(file)) {
      return reader;
    }
    opened.add(file);
    return new DiskReader() {
      @Override
      public long size() throws IOException {
        return reader.size();
      }

      @Override
      public int read(ByteBuffer into, long position) throws IOException {
        int count = reader.read(into, position);
        read.addAndGet(Math.max(count, 0));
        return count;
      }

      @Override
      public void close() throws IOException {
        reader.close();
      }
    };
  }
}
