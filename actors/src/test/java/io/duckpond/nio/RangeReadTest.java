package io.duckpond.nio;

import static org.assertj.core.api.Assertions.assertThat;

import io.duckpond.CommitInfo;
import io.duckpond.Pond;
import io.duckpond.PondSettings;
import io.duckpond.WorkingDirectory;
import io.duckpond.harness.MemoryDisk;
import io.duckpond.journal.disk.Disk;
import io.duckpond.journal.disk.DiskReader;
import io.duckpond.journal.disk.ForwardingDisk;
import io.duckpond.journal.disk.Machine;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.FileSystem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** How many bytes of {@code contents/} a read of a few of them takes from the disk. */
class RangeReadTest {
  private static final Path FOLDER = Path.of("/pond");
  private static final int MIB = 1 << 20;

  /** Not a multiple of the blocks that contents are checked by. */
  private static final long SIZE = 48L * MIB + 12_345;

  /** The digests of 49 blocks, 32 bytes each. */
  private static final long DIGESTS = 49 * 32;

  private final CountingDisk disk = new CountingDisk(new MemoryDisk());
  private Pond pond;

  /** Counts the bytes that are read of large contents. */
  private static final class CountingDisk extends ForwardingDisk {
    private final AtomicLong read = new AtomicLong();

    CountingDisk(Disk disk) {
      super(disk);
    }

    @Override
    public DiskReader open(Path file) throws IOException {
      DiskReader reader = super.open(file);
      boolean counts = file.startsWith(FOLDER.resolve("contents"));
      return new DiskReader() {
        @Override
        public long size() throws IOException {
          return reader.size();
        }

        @Override
        public int read(ByteBuffer into, long position) throws IOException {
          int count = reader.read(into, position);
          read.addAndGet(counts ? Math.max(0, count) : 0);
          return count;
        }

        @Override
        public void close() throws IOException {
          reader.close();
        }
      };
    }
  }

  @BeforeEach
  void create() throws IOException {
    pond = Pond.create(Machine.with(disk), FOLDER, PondSettings.load(), CommitInfo.NONE);
    pond.transact(root -> root.write("/file", bytes(0, SIZE)), 1);
    pond.transact(
        root -> {
          for (long from = 0; from < SIZE; from += 3 * MIB) {
            root.append("/series", bytes(from, Math.min(SIZE, from + 3 * MIB)));
          }
          return root;
        },
        1);
    pond.close();
    pond = Pond.open(Machine.with(disk), FOLDER, PondSettings.load());
    disk.read.set(0);
  }

  @AfterEach
  void close() {
    pond.close();
  }

  /** Bytes that tell where they are. */
  private static byte at(long position) {
    return (byte) (position * 0x9e3779b97f4a7c15L >>> 40);
  }

  private static InputStream bytes(long from, long to) {
    return new InputStream() {
      private long next = from;

      @Override
      public int read() {
        return next < to ? at(next++) & 0xff : -1;
      }

      @Override
      public int read(byte[] into, int offset, int length) {
        int count = (int) Math.min(length, to - next);
        for (int i = 0; i < count; i++) {
          into[offset + i] = at(next++);
        }
        return count == 0 && length > 0 ? -1 : count;
      }
    };
  }

  private static byte[] expected(long from, long to) throws IOException {
    return bytes(from, to).readAllBytes();
  }

  private long taken() {
    return disk.read.getAndSet(0);
  }

  @Test
  void theLastMegabyteOfAFileTakesTheBlocksThatItLiesIn() throws IOException {
    WorkingDirectory root = pond.view().root();

    try (InputStream in = root.readRange("/file", SIZE - MIB, SIZE)) {
      assertThat(in.readAllBytes()).isEqualTo(expected(SIZE - MIB, SIZE));
    }
    assertThat(taken()).isEqualTo(MIB + 12_345 + DIGESTS);

    try (InputStream in = root.read("/file")) { // as the command's cat --range does it
      assertThat(in.skip(SIZE - MIB)).isEqualTo(SIZE - MIB);
      assertThat(in.readNBytes(MIB)).isEqualTo(expected(SIZE - MIB, SIZE));
    }
    assertThat(taken()).isEqualTo(MIB + 12_345 + DIGESTS);

    try (InputStream in = root.readRange("/file", 47L * MIB, 48L * MIB)) {
      assertThat(in.readAllBytes()).isEqualTo(expected(47L * MIB, 48L * MIB));
    }
    assertThat(taken()).isEqualTo(MIB + DIGESTS);

    try (InputStream in = root.readRange("/file", SIZE - 1, SIZE)) {
      assertThat(in.readAllBytes()).isEqualTo(expected(SIZE - 1, SIZE));
    }
    assertThat(taken()).isEqualTo(12_345 + DIGESTS);

    try (InputStream in = root.readRange("/file", SIZE, Long.MAX_VALUE)) {
      assertThat(in.readAllBytes()).isEmpty();
    }
    assertThat(taken()).isEqualTo(DIGESTS);
  }

  @Test
  void theLastMegabyteOfASeriesTakesTheBlocksOfItsLastPieces() throws IOException {
    WorkingDirectory root = pond.view().root();

    try (InputStream in = root.readRange("/series", SIZE - MIB, SIZE)) {
      assertThat(in.readAllBytes()).isEqualTo(expected(SIZE - MIB, SIZE));
    }

    // The last piece of 12,345 bytes is in the log; the one before has three blocks.
    assertThat(taken()).isEqualTo(MIB + 3 * 32);
  }

  @Test
  void aChannelTakesTheBlocksThatItIsAskedFor() throws IOException {
    try (FileSystem fileSystem = PondFileSystems.of(pond)) {
      ByteBuffer buffer = ByteBuffer.allocate(MIB);
      try (FileChannel channel = FileChannel.open(fileSystem.getPath("/file"))) {
        assertThat(channel.read(buffer, SIZE - MIB)).isEqualTo(MIB);
        assertThat(buffer.array()).isEqualTo(expected(SIZE - MIB, SIZE));
        assertThat(taken()).isEqualTo(MIB + 12_345 + DIGESTS);

        assertThat(channel.read(buffer.clear().limit(10), SIZE - 10)).isEqualTo(10);
        assertThat(taken()).isZero(); // it is at hand

        assertThat(channel.read(buffer.clear().limit(10), 20L * MIB + 5)).isEqualTo(10);
        assertThat(taken()).isEqualTo(MIB + DIGESTS);
      }
      try (SeekableByteChannel channel = Files.newByteChannel(fileSystem.getPath("/series"))) {
        channel.position(SIZE - MIB);
        while (channel.read(buffer.clear()) >= 0) {
          assertThat(channel.position()).isLessThanOrEqualTo(SIZE);
        }
        assertThat(taken()).isEqualTo(MIB + 3 * 32);
      }
    }
  }
}
