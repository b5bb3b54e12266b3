package io.duckpond;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.duckpond.harness.Harness;
import io.duckpond.harness.MemoryDisk;
import io.duckpond.journal.disk.Disk;
import io.duckpond.journal.disk.DiskReader;
import io.duckpond.journal.disk.ForwardingDisk;
import io.duckpond.journal.disk.Machine;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** What it takes of the log to read a series whose pieces all came in one transaction. */
class LongSeriesTest {
  private static final Path FOLDER = Path.of("/pond");
  private static final int PIECES = Harness.size(40_000, 100_000);

  /** Counts the bytes that are read of the log's data files. */
  private static final class CountingDisk extends ForwardingDisk {
    private final AtomicLong read = new AtomicLong();

    CountingDisk(Disk disk) {
      super(disk);
    }

    @Override
    public DiskReader open(Path file) throws IOException {
      DiskReader reader = super.open(file);
      return new DiskReader() {
        @Override
        public long size() throws IOException {
          return reader.size();
        }

        @Override
        public int read(ByteBuffer into, long position) throws IOException {
          int count = reader.read(into, position);
          read.addAndGet(file.toString().endsWith(".parquet") ? Math.max(0, count) : 0);
          return count;
        }

        @Override
        public void close() throws IOException {
          reader.close();
        }
      };
    }
  }

  private static String text(int piece) {
    return piece + "\n";
  }

  @Test
  void aSeriesOfAHundredThousandPiecesIsReadInAFewPassesOverTheLog() throws Exception {
    CountingDisk disk = new CountingDisk(new MemoryDisk());
    StringBuilder expected = new StringBuilder();
    try (Pond pond =
        Pond.create(Machine.with(disk), FOLDER, PondSettings.load(), CommitInfo.NONE)) {
      pond.transact(
          root -> {
            for (int piece = 1; piece <= PIECES; piece++) {
              expected.append(text(piece));
              root.append("/s", new ByteArrayInputStream(text(piece).getBytes(UTF_8)));
            }
            return root;
          },
          1);
    }
    try (Pond pond = Pond.open(Machine.with(disk), FOLDER, PondSettings.load())) {
      long bytes = pond.status().bytes();
      disk.read.set(0);

      String all = new String(pond.view().root().readBytes("/s"), UTF_8);

      assertThat(all).isEqualTo(expected.toString());
      long whole = disk.read.getAndSet(0);
      try (InputStream in = pond.view().root().readVersion("/s", PIECES / 3)) {
        assertThat(new String(in.readAllBytes(), UTF_8)).isEqualTo(text(PIECES / 3));
      }
      assertThat(whole).isLessThan(80 * bytes);
      assertThat(disk.read.get()).isLessThan(10 * bytes);
    }
  }
}
