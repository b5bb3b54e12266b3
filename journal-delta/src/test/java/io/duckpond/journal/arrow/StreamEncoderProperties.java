package io.duckpond.journal.arrow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.ipc.ArrowStreamReader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What is written without Arrow's vectors is what Arrow writes. */
class StreamEncoderProperties {
  private static final long LIMIT = 64 << 20;

  static LongStream seeds() {
    return LongStream.range(0, 300);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void writesTheBytesThatArrowsWriterWrites(long seed) {
    List<InnerRow> rows = new ArrayList<>(new RandomRows(seed).rows());
    rows.add(rowWithoutNumbers(new Random(seed)));

    byte[] direct;
    byte[] arrows;
    try (RecordCodec codec = new RecordCodec(RandomRows.COLUMNS, LIMIT);
        VectorStreams vectors = new VectorStreams(RecordCodec.schema(RandomRows.COLUMNS))) {
      direct = codec.encode(rows);
      arrows = vectors.encode(RandomRows.COLUMNS, rows);
    }

    assertThat(direct).isEqualTo(arrows);
  }

  /** A row as staged files have them: its numbers are null. */
  private static InnerRow rowWithoutNumbers(Random random) {
    List<InnerRow> more = new ArrayList<>();
    while (more.isEmpty()) {
      more.addAll(new RandomRows(random.nextLong()).rows());
    }
    InnerRow row = more.get(0);
    return new InnerRow(
        row.partId(), row.values(), 0, 0, 0, row.writer(), row.manifest(), row.tags(), 0);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void arrowReadsTheStream(long seed) throws IOException {
    List<InnerRow> rows = new RandomRows(seed).rows();

    byte[] direct;
    try (RecordCodec codec = new RecordCodec(RandomRows.COLUMNS, LIMIT)) {
      direct = codec.encode(rows);
    }

    try (BufferAllocator allocator = new RootAllocator();
        ArrowStreamReader reader =
            new ArrowStreamReader(new ByteArrayInputStream(direct), allocator)) {
      assertThat(reader.loadNextBatch()).isTrue();
      assertThat(reader.getVectorSchemaRoot().getRowCount()).isEqualTo(rows.size());
      for (int i = 0; i < rows.size(); i++) {
        assertThat(reader.getVectorSchemaRoot().getVector(RecordCodec.PART_ID).getObject(i))
            .hasToString(rows.get(i).partId());
        assertThat(reader.getVectorSchemaRoot().getVector("content").getObject(i))
            .isEqualTo(rows.get(i).values().get(2));
        assertThat(reader.getVectorSchemaRoot().getVector("size").getObject(i))
            .isEqualTo(rows.get(i).values().get(4));
        assertThat(reader.getVectorSchemaRoot().getVector(RecordCodec.TXN_INDEX).getObject(i))
            .isEqualTo(rows.get(i).txnIndex());
        assertThat((List<?>) reader.getVectorSchemaRoot().getVector(RecordCodec.TAGS).getObject(i))
            .extracting(Object::toString)
            .isEqualTo(rows.get(i).tags());
      }
      assertThat(reader.loadNextBatch()).isFalse();
    }
  }

  @Test
  void refusesAStreamThatIsTooLong() {
    List<InnerRow> rows = new ArrayList<>();
    for (int seed = 0; seed < 100; seed++) {
      rows.addAll(new RandomRows(seed).rows());
    }

    try (RecordCodec codec = new RecordCodec(RandomRows.COLUMNS, 10_000)) {
      assertThatThrownBy(() -> codec.encode(rows))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("at most [10000] are allowed");
    }
  }
}
