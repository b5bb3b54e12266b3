package io.duckpond.journal.table;

import static io.duckpond.journal.table.Records.event;
import static io.duckpond.journal.table.Records.everything;
import static io.duckpond.journal.table.Records.flush;
import static io.duckpond.journal.table.Records.read;
import static io.duckpond.journal.table.Records.transaction;
import static io.duckpond.journal.table.TableRecovery.TABLE;
import static org.assertj.core.api.Assertions.assertThat;

import io.duckpond.harness.MemoryDisk;
import io.duckpond.journal.disk.DamageException;
import io.duckpond.journal.disk.Disk;
import io.duckpond.journal.disk.DiskWriter;
import io.duckpond.journal.disk.ForwardingDisk;
import io.duckpond.journal.disk.Machine;
import io.duckpond.journal.disk.Sha256;
import io.duckpond.journal.engine.LogEntry;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * Small trials of what a table makes of stored bytes that are not what was written. Each takes the
 * seed of all that is random in it, and ends in an {@link AssertionError} if damage goes unseen.
 */
final class DamageTrials {
  private static final int FLIPS = 200;
  private static final int CHECKPOINTS = 10;
  private static final long LAST = 3;

  private DamageTrials() {}

  /** No flipped bit of the newest log entry, to which no other is chained, goes unseen. */
  static void flippedEntry(long seed) throws IOException {
    MemoryDisk disk = new MemoryDisk();
    append(disk, seed, 0);
    flip(disk, LogEntry.pathOf(TABLE, LAST), new Random(seed));
  }

  /** No flipped bit of a small data file goes unseen. */
  static void flippedDataFile(long seed) throws IOException {
    MemoryDisk disk = new MemoryDisk();
    append(disk, seed, 0);
    flip(disk, dataFiles(disk).get(1), new Random(seed));
  }

  /** A record whose content is not what its hash says is not handed out. */
  static void wrongRecord(long seed) throws IOException {
    MemoryDisk disk = new MemoryDisk();
    try (LogTable table = LogTable.create(machine(disk, seed), TABLE, Map.of())) {
      LogRecord right = event("p", 1, 1);
      table.append(
          flush(
              1,
              new LogRecord(
                  right.partId(),
                  right.kind(),
                  right.firstVersion(),
                  right.version(),
                  right.firstTxnSeq(),
                  right.txnSeq(),
                  right.timestampMicros(),
                  right.count(),
                  Sha256.of(new byte[] {1}),
                  right.content()),
              transaction(1)));
    }
    assertReported(disk, "a record with another's hash");
  }

  /** An entry of another history, in every respect sound but for its place, is not taken. */
  static void entryOfAFork(long seed) throws IOException {
    MemoryDisk disk = new MemoryDisk();
    append(disk, seed, 0);
    MemoryDisk fork = new MemoryDisk();
    append(fork, seed, 7);
    Path middle = LogEntry.pathOf(TABLE, LAST - 1);
    assertThat(dataFiles(fork)).isEqualTo(dataFiles(disk));
    assertThat(fork.bytes(middle)).isNotEqualTo(disk.bytes(middle));

    disk.put(middle, fork.bytes(middle));

    assertReported(disk, "an entry of a fork");
  }

  /** A checkpoint that does not read back as what was committed never gets its name. */
  static void rottenCheckpoint(long seed) throws IOException {
    for (int i = 0; i < CHECKPOINTS; i++) {
      MemoryDisk disk = new MemoryDisk();
      Machine machine = machine(new RottenDisk(disk, new Random(seed + i)), seed + i);
      try (LogTable table =
          LogTable.create(machine, TABLE, Map.of(LogTable.CHECKPOINT_INTERVAL, "3"))) {
        for (long txn = 1; txn <= LAST; txn++) {
          table.append(flush(txn, event("p", txn, txn), transaction(txn)));
        }
      }

      boolean named = disk.files().stream().anyMatch(DamageTrials::isCheckpoint);
      LoadedTable found = LoadedTable.newest(machine(disk, seed), TABLE);
      assertThat(found.passedOver()).as("a named checkpoint cannot be read").isFalse();
      assertThat(found.loaded().checkpoint() > 0).isEqualTo(named);
    }
  }

  private static boolean isCheckpoint(Path file) {
    return file.getFileName().toString().endsWith(".checkpoint.parquet");
  }

  private static Machine machine(Disk disk, long seed) {
    return new Machine(disk, TableRecovery.CLOCK, new Random(seed), new LaterThreads());
  }

  /** Makes a table; {@code micros} is how much later its second transaction is. */
  private static void append(MemoryDisk disk, long seed, long micros) throws IOException {
    try (LogTable table = LogTable.create(machine(disk, seed), TABLE, Map.of())) {
      for (long txn = 1; txn <= LAST; txn++) {
        List<LogRecord> records = List.of(event("p", txn, txn), transaction(txn));
        long time = txn * 1000 + (txn == 2 ? micros : 0);
        table.append(new Flush(records, List.of(), txn, time));
      }
    }
  }

  private static List<Path> dataFiles(MemoryDisk disk) {
    return disk.files().stream().filter(file -> TABLE.equals(file.getParent())).toList();
  }

  private static void flip(MemoryDisk disk, Path file, Random random) throws IOException {
    byte[] bytes = disk.bytes(file);
    for (int i = 0; i < FLIPS; i++) {
      int at = random.nextInt(bytes.length);
      int bit = random.nextInt(8);
      byte[] flipped = bytes.clone();
      flipped[at] ^= (byte) (1 << bit);
      disk.put(file, flipped);
      assertReported(disk, file + " with bit " + bit + " of byte " + at + " flipped");
    }
  }

  private static void assertReported(MemoryDisk disk, String what) throws IOException {
    try (LogTable table = LogTable.open(machine(disk, 1), TABLE)) {
      List<LogRecord> records = read(table.head(), everything());
      throw new AssertionError(what + " goes unseen: " + Records.names(records));
    } catch (DamageException e) {
      assertThat(e).hasMessageContaining(" is damaged");
    }
  }

  /** A disk that stores some bytes of a checkpoint wrongly, and says nothing. */
  private static final class RottenDisk extends ForwardingDisk {
    private final Random random;

    RottenDisk(Disk disk, Random random) {
      super(disk);
      this.random = random;
    }

    @Override
    public DiskWriter create(Path file) throws IOException {
      DiskWriter writer = super.create(file);
      return file.getFileName().toString().contains(".checkpoint.parquet.")
          ? new RottenWriter(writer, random)
          : writer;
    }
  }

  private record RottenWriter(DiskWriter writer, Random random) implements DiskWriter {
    @Override
    public void write(ByteBuffer bytes) throws IOException {
      byte[] rotten = new byte[bytes.remaining()];
      bytes.get(rotten);
      int from = random.nextInt(rotten.length);
      for (int i = from; i < Math.min(from + 32, rotten.length); i++) {
        rotten[i] ^= (byte) 0xff;
      }
      writer.write(ByteBuffer.wrap(rotten));
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
  }
}
