package io.duckpond.journal.arrow;

import static io.duckpond.journal.arrow.RandomRows.record;
import static io.duckpond.journal.arrow.RandomRows.shown;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.management.ThreadMXBean;
import io.duckpond.harness.Garble;
import io.duckpond.harness.Harness;
import io.duckpond.journal.disk.DamageException;
import io.duckpond.journal.table.LogRecord;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class RecordCodecProperties {
  private static final long LIMIT = 64 << 20;
  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  private static long allocated() {
    return THREADS.getCurrentThreadAllocatedBytes();
  }

  static LongStream seeds() {
    return new Random().longs(20);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void whatIsEncodedIsDecoded(long seed) {
    List<InnerRow> rows = new RandomRows(seed).rows();

    try (RecordCodec codec = new RecordCodec(RandomRows.COLUMNS, LIMIT)) {
      byte[] content = codec.encode(rows);
      List<InnerRow> decoded = new ArrayList<>();
      codec.decode(record(rows.size(), content), decoded::add);

      assertThat(shown(decoded)).isEqualTo(shown(rows));
      assertThat(rows.stream().mapToLong(codec::check).sum() + 8192)
          .as("an estimate that is never too low")
          .isGreaterThanOrEqualTo(content.length);
    }
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void everyCutIsDamage(long seed) {
    Random random = new Random(seed);
    List<InnerRow> rows = new RandomRows(seed).rows();

    try (RecordCodec codec = new RecordCodec(RandomRows.COLUMNS, LIMIT)) {
      byte[] content = codec.encode(rows);
      for (int i = 0; i < 200; i++) {
        byte[] cut = Arrays.copyOf(content, random.nextInt(content.length));
        LogRecord record = record(rows.size(), cut);

        assertThatThrownBy(() -> codec.decode(record, row -> {}))
            .isInstanceOf(DamageException.class)
            .hasMessageContaining("partition [p] transaction [5]");
      }
    }
  }

  // A flipped bit may leave a readable stream of other values (the record's hash is what catches
  // that); it must never lead to any other failure, nor to more memory than the record's size
  // accounts for.
  @ParameterizedTest
  @MethodSource("seeds")
  void noFlippedBitsDoWorseThanDamage(long seed) {
    Random random = new Random(seed);
    List<InnerRow> rows = new RandomRows(seed).rows();

    try (RecordCodec codec = new RecordCodec(RandomRows.COLUMNS, LIMIT)) {
      byte[] content = codec.encode(rows);
      for (int i = 0; i < 2_000; i++) {
        byte[] bad = content.clone();
        for (int flips = 1 + random.nextInt(4); flips > 0; flips--) {
          bad[random.nextInt(bad.length)] ^= (byte) (1 << random.nextInt(8));
        }
        List<InnerRow> decoded = new ArrayList<>();
        int expected = rows.size();
        long before = allocated();
        try {
          codec.decode(record(rows.size(), bad), decoded::add);
        } catch (DamageException e) {
          expected = 0;
        }
        // Read before anything is asserted: assertions allocate, the first of them megabytes.
        long took = allocated() - before;
        assertThat(decoded).hasSize(expected);
        assertThat(took).isLessThan((1L << 20) + 64L * bad.length);
      }
    }
  }

  @Test
  void garbageIsDamageInLittleMemory() {
    Harness harness = Harness.named("fuzz-arrow-stream");
    Random random = new Random(harness.seed());
    long end = System.nanoTime() + Duration.ofSeconds(Harness.size(3, 60)).toNanos();
    List<InnerRow> rows = List.of();
    byte[] content = {};

    try (RecordCodec codec = new RecordCodec(RandomRows.COLUMNS, LIMIT)) {
      for (int step = 0; System.nanoTime() < end; step++) {
        if (step % 100 == 0) {
          rows = new RandomRows(random.nextLong()).rows();
          content = codec.encode(rows);
        }
        byte[] bad = Garble.bytes(random, content);
        long before = allocated();
        try {
          codec.decode(record(rows.size(), bad), row -> {});
          harness.count("decoded", 1);
        } catch (DamageException e) {
          harness.count("refused", 1);
        } catch (RuntimeException | StackOverflowError | OutOfMemoryError e) {
          throw new AssertionError(harness.at(step), e);
        }
        long took = allocated() - before;
        assertThat(took).as(harness.at(step)).isLessThan((1L << 20) + 64L * bad.length);
      }
    }

    assertThat(harness.counted("refused")).as(harness.report()).isPositive();
  }
}
